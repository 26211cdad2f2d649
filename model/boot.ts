/**
 * A kernel and a scenario make a protocol: the cells of a world, what each offers, what each
 * observes. Nothing is decided here.
 */
import { initialTransition, type AnyStateMachine } from 'xstate';
import type { Kernel } from './kernel.ts';
import { cleanupObserves, type CleanupContext } from './machines/cleanup.machine.ts';
import { consistencyContext, consistencyObserves } from './machines/consistency.machine.ts';
import { entryContext, entryObserves } from './machines/entry.machine.ts';
import { evictionContext, requesterMachine } from './machines/eviction.machine.ts';
import { fileContext } from './machines/file.machine.ts';
import {
  fateContext,
  fateMachine,
  lastWriteContext,
  lastWriteMachine,
  positionContext,
  pagesContext,
  pagesMachine,
  positionMachine,
  usesContext,
  usesMachine,
} from './machines/ghosts.machine.ts';
import { handleContext } from './machines/handle.machine.ts';
import { homeCallContext, homeCallObserves } from './machines/home-call.machine.ts';
import { faultsMachine, hostObserves, type HostContext } from './machines/host.machine.ts';
import {
  memoryContext,
  memoryObserves,
  swapContext,
  swapMachine,
} from './machines/memory.machine.ts';
import {
  processContext,
  processObserves,
  type ProcessContext,
} from './machines/process.machine.ts';
import { recallContext, recallObserves } from './machines/recall.machine.ts';
import { releaseContext, releaseObserves } from './machines/release.machine.ts';
import { serviceContext } from './machines/service.events.ts';
import { serviceObserves } from './machines/service.machine.ts';
import { shadowContext } from './machines/shadow.machine.ts';
import { sourceContext } from './machines/source.events.ts';
import { streamContext } from './machines/stream.machine.ts';
import { targetContext } from './machines/target.events.ts';
import { threadContext, type Remaining, type ThreadContext } from './machines/thread.events.ts';
import { visitorsContext, visitorsMachine } from './machines/visitors.machine.ts';
import { evictionObserves, visitorsObserves } from './observations/eviction.ts';
import {
  fateObserves,
  lastWriteObserves,
  pagesObserves,
  usesObserves,
} from './observations/ghosts.ts';
import { sourceObserves } from './observations/source.ts';
import { targetObserves } from './observations/target.ts';
import { threadObserves } from './observations/thread.ts';
import type { Call, ProcessSpec, Program, Scenario } from './scenarios/scenario.ts';
import type { Event, Json, Local, Observes } from './vocabulary/cell.ts';
import { cell, streamSlot, type Host, type Stream } from './vocabulary/ids.ts';

export type Cell = {
  readonly name: string;
  readonly machine: AnyStateMachine;
  readonly initial: Local;
  readonly offers: (local: Local) => readonly Event[];
  readonly observes: Observes;
};

export type SpriteProtocol = {
  readonly name: string;
  readonly cells: readonly Cell[];
  readonly faults: ReadonlySet<string>;
  /** Event types that random walks take seldom, because little can happen after them. */
  readonly seldom: ReadonlySet<string>;
};

/** Events that programs, owners and faults choose; all others the kernels do of themselves. */
export const chosen: ReadonlySet<string> = new Set([
  'open',
  'close',
  'read',
  'write',
  'stat',
  'unlink',
  'fork',
  'wait',
  'exit',
  'holdSignals',
  'writePage',
  'readPage',
  'remoteExec',
  'requested',
  'aborted',
  'ownerReturned',
  'crashes',
  'reboots',
  'replyLost',
  'writeBack',
]);

type Part = {
  readonly state?: string;
  readonly offers?: Offers;
  readonly observes?: Observes;
};

/** Events a cell may take of itself, by the name of its state. */
type Offers = { readonly [state: string]: (context: Json) => readonly Event[] };

export function boot(kernel: Kernel, scenario: Scenario): SpriteProtocol {
  const { hosts, files, processes } = scenario;
  const names = processes.map(({ name }) => name);
  const unborn = processes.flatMap(({ name, home }) => (home === null ? [name] : []));
  const streams = streamsOf(scenario);
  return {
    name: scenario.name,
    faults: new Set(['crashes', 'reboots', 'replyLost', 'aborted', 'ownerReturned']),
    seldom: new Set(['exit', 'crashes']),
    cells: [
      ...processes.map((spec) => threadPart(kernel, scenario, spec)),
      ...processes.map((spec) => sourcePart(kernel, scenario, spec)),
      ...names.map((process) =>
        part(cell.target(process), kernel.target, targetContext(process), {
          observes: targetObserves(process, scenario.refusing ?? []),
          offers: targetOffers(scenario),
        }),
      ),
      ...names.map((process) =>
        part(cell.homeCall(process), kernel.homeCall, homeCallContext(process), {
          observes: homeCallObserves(process, hosts, unborn),
          offers: {
            arrived: just('served'),
            repeated: just('served'),
            ...(mayLoseReplies(scenario) ? { replied: just('replyLost') } : {}),
          },
        }),
      ),
      ...names.map((process) => part(cell.requester(process), requesterMachine, { process })),
      ...names.map((process) =>
        part(cell.fate(process), fateMachine, fateContext, {
          observes: fateObserves(process, names),
        }),
      ),
      ...names.map((process) =>
        part(cell.service(process), kernel.service, serviceContext(process), {
          observes: serviceObserves(process),
          offers: {
            arrived: just('served'),
            holding: just('served'),
            closing: just('served'),
            reopening: just('served'),
            checking: just('checked'),
            calling: just('releaseTaken'),
            accounting: just('served'),
          },
        }),
      ),
      ...names.map((process) =>
        part(cell.release(process), kernel.release, releaseContext(process), {
          observes: releaseObserves(process),
          offers: { sent: just('served') },
        }),
      ),
      ...files.flatMap((file) =>
        hosts.map((host) =>
          part(cell.recall(file, host), kernel.recall, recallContext(file, host), {
            observes: recallObserves(file, host, names),
            offers: {
              sent: just('served'),
              answered: just('taken'),
              stale: just('failed'),
              unanswered: just('failed'),
            },
          }),
        ),
      ),
      ...names.flatMap((process) =>
        hosts.map((host) => processPart(kernel, scenario, process, host)),
      ),
      ...memoryParts(kernel, scenario),
      ...streams.flatMap((stream) =>
        hosts.map((host) => part(cell.stream(stream, host), kernel.stream, streamContext(host))),
      ),
      ...streams.map((stream) => part(cell.shadow(stream), kernel.shadow, shadowContext)),
      ...files.flatMap((file) =>
        hosts.map((host) =>
          part(cell.handle(file, host), kernel.handle, handleContext(file, host), {
            offers: scenario.delayedWrites === true ? { ready: just('writeBack') } : {},
          }),
        ),
      ),
      ...files.map((file) => part(cell.file(file), kernel.file, fileContext)),
      ...files.flatMap((file) =>
        hosts.map((host) =>
          part(cell.entry(file, host), kernel.entry, entryContext(file, host), {
            observes: entryObserves(file, host),
          }),
        ),
      ),
      ...files.map((file) =>
        part(cell.consistency(file), kernel.consistency, consistencyContext(file), {
          observes: consistencyObserves(file, hosts),
        }),
      ),
      ...files.map((file) =>
        part(cell.lastWrite(file), lastWriteMachine, lastWriteContext, {
          observes: lastWriteObserves(file),
        }),
      ),
      ...files.map((file) =>
        part(cell.uses(file), usesMachine, usesContext, {
          observes: usesObserves(file, hosts),
        }),
      ),
      ...streams.map((stream) => part(cell.position(stream), positionMachine, positionContext)),
      ...hostParts(kernel, scenario),
    ],
  };
}

/** The stream slots of a scenario: one for each descriptor that some program opens. */
export function streamsOf({ processes, descriptors }: Scenario): readonly Stream[] {
  return processes.flatMap(({ name, program }) =>
    Array.from({ length: descriptors }, (_, descriptor) => descriptor)
      .filter((descriptor) => mayOpen(program, descriptor))
      .map((descriptor) => streamSlot(name, descriptor)),
  );
}

function mayOpen(program: Program, descriptor: number): boolean {
  if ('anyCalls' in program) return (program.anyCalls.open ?? 0) > 0;
  return program.script.some((each) => each.call === 'open' && each.descriptor === descriptor);
}

function threadPart(kernel: Kernel, scenario: Scenario, spec: ProcessSpec): Cell {
  const { name, home, program } = spec;
  const context = { ...threadContext(name, allOf(program)), host: home };
  const user = (held: Json): readonly Event[] => {
    const { remaining, isKilled } = held as ThreadContext;
    return isKilled ? [{ type: 'died' }] : callsLeft(scenario, spec, remaining).map(callEvent);
  };
  const descriptors = Array.from({ length: scenario.descriptors }, (_, index) => index);
  const parents = scenario.processes.map((each) => each.name);
  const mayMissReply = mayLoseReplies(scenario) ? [{ type: 'replyMissed' }] : [];
  const awaitingHome = (): readonly Event[] => [{ type: 'homeReplied' }, ...mayMissReply];
  return part(cell.thread(name), kernel.thread, context, {
    ...(home === null ? {} : { state: 'user' }),
    observes: threadObserves(name, scenario.hosts, parents, (scenario.pages ?? 0) > 0),
    offers: {
      user,
      opening: just('replyTaken'),
      closing: just('replyTaken'),
      exiting: () => [
        ...descriptors.map((descriptor) => ({ type: 'closeOnExit', descriptor })),
        { type: 'finished' },
      ],
      forking: awaitingHome,
      waiting: awaitingHome,
      leaving: awaitingHome,
    },
  });
}

function sourcePart(kernel: Kernel, scenario: Scenario, { name, migrations }: ProcessSpec): Cell {
  const requests = (held: Json): readonly Event[] =>
    (held as { readonly left: number }).left > 0
      ? (migrations?.to ?? []).map((to) => ({ type: 'requested', to }))
      : [];
  return part(cell.source(name), kernel.source, sourceContext(name, migrations?.times ?? 0), {
    observes: sourceObserves(name, kernel.modules, (scenario.pages ?? 0) > 0),
    offers: {
      idle: requests,
      asking: just('replyTaken'),
      pending: (held) => [{ type: 'trapped' }, ...requests(held)],
      sizing: () => [
        ...Array.from({ length: scenario.pages ?? 0 }, (_, page) => ({
          type: 'pageFlushed',
          page,
        })),
        { type: 'encapsulated' },
        ...(scenario.faults?.aborts === true ? [{ type: 'aborted' }] : []),
      ],
      transferring: (held) => [{ type: 'replyTaken' }, ...requests(held)],
      askingElsewhere: just('replyTaken'),
      resuming: just('replyTaken'),
      switching: just('switched'),
    },
  });
}

function processPart(kernel: Kernel, scenario: Scenario, process: string, host: Host): Cell {
  const spec = scenario.processes.find(({ name }) => name === process);
  const startsHere = spec?.home === host;
  const context: ProcessContext = startsHere
    ? {
        ...processContext(process, host),
        home: host,
        descriptors: Array.from({ length: scenario.descriptors }, () => null),
      }
    : processContext(process, host);
  const offers: Offers =
    scenario.faults?.crashes === undefined
      ? { zombie: just('orphaned') }
      : {
          zombie: just('orphaned'),
          migrated: just('peerCrashNoticed'),
          running: (held) =>
            (held as ProcessContext).peer === null ? [] : [{ type: 'peerCrashNoticed' }],
        };
  return part(cell.process(process, host), kernel.process, context, {
    ...(startsHere ? { state: 'running' } : {}),
    observes: processObserves(process, host),
    offers,
  });
}

/** The memory of every process on every host, where the scenario has any. */
function memoryParts(kernel: Kernel, { processes, hosts, pages = 0 }: Scenario): readonly Cell[] {
  if (pages === 0) return [];
  return processes.flatMap(({ name }) => [
    ...hosts.map((host) =>
      part(cell.memory(name, host), kernel.memory, memoryContext(name, host, pages), {
        observes: memoryObserves(host),
      }),
    ),
    part(cell.swap(name), swapMachine, swapContext(pages)),
    part(cell.pages(name), pagesMachine, pagesContext(pages), { observes: pagesObserves() }),
  ]);
}

/** Hosts and their clean-up. */
function hostParts(kernel: Kernel, scenario: Scenario): readonly Cell[] {
  const { hosts, files, processes, faults, evictions } = scenario;
  const crashes = faults?.crashes;
  const evictionsOf = (host: Host): number =>
    evictions?.of.includes(host) === true ? evictions.times : 0;
  const streams = streamsOf(scenario);
  const names = processes.map(({ name }) => name);
  const hasPages = (scenario.pages ?? 0) > 0;
  const hostContext = (host: Host): HostContext => ({
    host,
    boot: 0,
    processes: names,
    streams,
    files,
    hasPages,
  });
  return [
    part('faults', faultsMachine, {
      crashes: crashes?.times ?? 0,
      losses: faults?.lostReplies ?? 0,
    }),
    ...hosts.flatMap((host) => {
      const cleanup: CleanupContext = { host, files, streams, index: 0 };
      return [
        part(cell.host(host), kernel.host, hostContext(host), {
          observes: hostObserves(host, files),
          offers:
            crashes?.of.includes(host) === true
              ? { up: just('crashes'), ...(faults?.reboots === true ? reboots : {}) }
              : {},
        }),
        part(cell.eviction(host), kernel.eviction, evictionContext(host, evictionsOf(host)), {
          observes: evictionObserves(host, names),
          offers: {
            idle: (held) =>
              (held as { readonly left: number }).left > 0 ? [{ type: 'ownerReturned' }] : [],
          },
        }),
        ...(evictionsOf(host) === 0
          ? []
          : [
              part(cell.visitors(host), visitorsMachine, visitorsContext, {
                observes: visitorsObserves(host, names),
              }),
            ]),
        part(cell.cleanup(host), kernel.cleanup, cleanup, {
          observes: cleanupObserves(host, names),
          offers: { cleaning: just('cleaned') },
        }),
      ];
    }),
  ];
}

const reboots: Offers = { down: just('reboots') };

function mayLoseReplies({ faults }: Scenario): boolean {
  return (faults?.lostReplies ?? 0) > 0;
}

function targetOffers(scenario: Scenario): Offers {
  const noticed = scenario.faults?.crashes === undefined ? [] : [{ type: 'noticed' }];
  const lost = mayLoseReplies(scenario) ? [{ type: 'replyLost' }] : [];
  return {
    asked: just('accepted'),
    accepted: () => noticed,
    waiting: () => noticed,
    transferred: just('received'),
    unpacking: () => [{ type: 'fetched' }, ...noticed],
    moving: just('replyTaken'),
    unpacked: () => noticed,
    resuming: just('continued'),
    resumed: () => [...noticed, ...lost],
    silent: () => noticed,
    closing: just('closed'),
    givingUp: just('replyTaken'),
    failed: () => noticed,
    destroying: just('reaped'),
  };
}

function part(name: string, machine: AnyStateMachine, context: Json, extra: Part = {}): Cell {
  const offers = extra.offers ?? {};
  return {
    name,
    machine,
    initial: { value: extra.state ?? (initialTransition(machine)[0].value as Json), context },
    offers: (local) => offers[local.value as string]?.(local.context) ?? [],
    observes: extra.observes ?? {},
  };
}

function just(type: string): () => readonly Event[] {
  const events = [{ type }];
  return () => events;
}

function allOf(program: Program): Remaining {
  return 'script' in program ? { next: 0 } : { budget: { ...program.anyCalls } };
}

/** The calls that a program may make next. */
export function callsLeft(
  scenario: Scenario,
  { name, program }: ProcessSpec,
  remaining: Remaining,
): readonly Call[] {
  if ('next' in remaining) {
    const call = 'script' in program ? program.script[remaining.next] : undefined;
    return call === undefined ? [] : [call];
  }
  return everyCall(scenario, name).filter(({ call }) => (remaining.budget[call] ?? 0) > 0);
}

function everyCall(
  { files, hosts, processes, descriptors, pages = 0 }: Scenario,
  self: string,
): readonly Call[] {
  const slots = Array.from({ length: descriptors }, (_, index) => index);
  const children = processes.filter(({ home, name }) => home === null && name !== self);
  return [
    ...files.flatMap((file) =>
      (['read', 'write'] as const).flatMap((mode) =>
        slots.map((descriptor) => ({ call: 'open', file, mode, descriptor }) as const),
      ),
    ),
    ...slots.map((descriptor) => ({ call: 'read', descriptor }) as const),
    ...slots.map((descriptor) => ({ call: 'write', descriptor }) as const),
    ...slots.map((descriptor) => ({ call: 'close', descriptor }) as const),
    ...children.map(({ name }) => ({ call: 'fork', child: name }) as const),
    ...children.map(({ name }) => ({ call: 'wait', child: name }) as const),
    ...files.map((file) => ({ call: 'stat', file }) as const),
    ...files.map((file) => ({ call: 'unlink', file }) as const),
    ...Array.from({ length: pages }, (_, page) => ({ call: 'writePage', page }) as const),
    ...Array.from({ length: pages }, (_, page) => ({ call: 'readPage', page }) as const),
    ...hosts.map((to) => ({ call: 'remoteExec', to }) as const),
    { call: 'holdSignals' },
    { call: 'exit' },
  ];
}

function callEvent({ call, ...parameters }: Call): Event {
  return { type: call, ...parameters };
}
