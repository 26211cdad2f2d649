/**
 * Counts of two when what they count is undone. A count that never exceeds one there might as well be a
 * flag: a fault that undoes only one of two, or only the first time, shows in none of the scenarios.
 *
 *   Undone is: by a crash, what its host has; by a section of the clean-up, what the server has of that
 *   host; by a strike-off, the uses of a host that does not answer a call-back; by a call-back, what its
 *   host may cache; by a late write-back, the mark of the last writer; by an abort, a migration before the
 *   point of no return; by a taking back, what has arrived at a target; by the return of an
 *   owner, the stay of visitors; by the end of a process, what it has; by a loss, a reply.
 */
import type { Covering } from '../../checker/specification/covering.ts';
import type { StepTaken } from '../../checker/specification/property.ts';
import { isDirty } from '../../model/observations/common.ts';
import { streamsOf } from '../../model/scenarios/calls.ts';
import { evictionsOf, type Scenario } from '../../model/scenarios/scenario.ts';
import type { Look } from '../../model/vocabulary/cell.ts';
import type { Host, Process } from '../../model/vocabulary/ids.ts';
import { worldOf, type World } from '../../model/world.ts';
import { processNames } from '../../properties/quiescence.ts';

/** Counts that are undone at an object of this name: a host, a process, or a name of a cell. */
type Counts = {
  readonly [what: string]: (at: {
    readonly world: World;
    readonly scenario: Scenario;
    readonly name: string;
  }) => number;
};

const ofHost: Counts = {
  'references of a stream': ({ world, scenario, name }) =>
    most(streamsOf(scenario).map((stream) => world.stream(stream, name).references)),
  'descriptors of a process': ({ world, scenario, name }) =>
    most(processNames(scenario).map((process) => descriptorsOf(world, process, name))),
  streams: ({ world, scenario, name }) =>
    number(streamsOf(scenario), (stream) => world.stream(stream, name).is === 'open'),
  'uses of a file': ({ world, scenario, name }) =>
    most(scenario.files.map((file) => world.handle(file, name).references)),
  'uses of a file to write': ({ world, scenario, name }) =>
    most(scenario.files.map((file) => world.handle(file, name).writers)),
  'files in use': ({ world, scenario, name }) =>
    number(scenario.files, (file) => world.handle(file, name).references > 0),
  'files with a dirty block': ({ world, scenario, name }) =>
    number(scenario.files, (file) => world.handle(file, name).block?.dirty === true),
  'dirty pages of a process': ({ world, scenario, name }) =>
    most(processNames(scenario).map((process) => dirtyPagesOf(world, scenario, process, name))),
  'processes of its own that run on it': ({ world, scenario, name }) =>
    number(processNames(scenario), (process) => runsAt(world, process, name) === 'home'),
  visitors: ({ world, scenario, name }) =>
    number(processNames(scenario), (process) => runsAt(world, process, name) === 'away'),
  'processes of its own that are away': ({ world, scenario, name }) =>
    number(processNames(scenario), (process) => world.process(process, name).is === 'migrated'),
  'children of a process': ({ world, scenario, name }) =>
    most(processNames(scenario).map((parent) => childrenOf(world, scenario, parent, name))),
  arrivals: ({ world, scenario, name }) =>
    number(processNames(scenario), (process) => {
      const { is, to } = world.target(process);
      return is !== 'idle' && to === name;
    }),
  departures: ({ world, scenario, name }) =>
    number(processNames(scenario), (process) => {
      const { is, from } = world.source(process);
      return is !== 'idle' && from === name;
    }),
  'calls to the server': ({ world, scenario, name }) =>
    number(processNames(scenario), (process) => isServed(world, process, name)),
  'calls to a home': ({ world, scenario, name }) =>
    number(processNames(scenario), (process) => {
      const { is, caller } = world.homeCall(process);
      return is !== 'idle' && caller === name;
    }),
  'call-backs': ({ world, scenario, name }) =>
    number(scenario.files, (file) => world.recall(file, name).is !== 'idle'),
  'other hosts of a stream': ({ world, scenario, name }) =>
    most(streamsOf(scenario).map((stream) => otherClients(world, stream, name))),
  crashes: ({ world, name }) => world.host(name).boot + 1,
};

const ofEntry: Counts = {
  'uses of a file': ({ world, name }) => entryOf(world, name).references,
  'uses of a file to write': ({ world, name }) => entryOf(world, name).writers,
};

const ofProcess: Counts = {
  'open descriptors': ({ world, scenario, name }) =>
    most(scenario.hosts.map((host) => descriptorsOf(world, name, host))),
  'references of its stream': ({ world, scenario, name }) =>
    most(scenario.hosts.map((host) => mostReferences(world, name, host))),
  'dirty pages': ({ world, scenario, name }) =>
    most(scenario.hosts.map((host) => dirtyPagesOf(world, scenario, name, host))),
  children: ({ world, scenario, name }) =>
    most(scenario.hosts.map((host) => childrenOf(world, scenario, name, host))),
};

const ofUnanswered: Counts = {
  ...ofEntry,
  'hosts of a round': ({ world, name }) =>
    world.consistency(name.split('@')[0] ?? '').waitingFor.length,
};

const ofStreamOfHost: Counts = {
  'other hosts of a stream': ({ world, name }) => otherClients(world, ...partsOf(name)),
};

const ofArrived: Counts = {
  'open descriptors': ({ world, name }) => descriptorsOf(world, name, targetOf(world, name)),
  'references of its stream': ({ world, name }) =>
    mostReferences(world, name, targetOf(world, name)),
};

const ofStay: Counts = {
  visitors: ofHost['visitors'] as Counts[string],
  arrivals: ofHost['arrivals'] as Counts[string],
  returns: ({ world, scenario, name }) =>
    evictionsOf(scenario, name) - world.eviction(name).left + 1,
};

const ofReply: Counts = {
  replies: ({ world, scenario }) => (scenario.faults?.lostReplies ?? 0) - world.faults().losses + 1,
};

const undoings: { readonly [undoing: string]: Counts } = {
  crash: ofHost,
  'clean-up of a file': ofEntry,
  'clean-up of a stream': ofStreamOfHost,
  'strike-off': ofUnanswered,
  'call-back': ofEntry,
  'late write-back': ofEntry,
  abort: ofProcess,
  'taking back': ofArrived,
  'return of an owner': ofStay,
  'end of a process': ofProcess,
  loss: ofReply,
};

const situations = Object.entries(undoings).flatMap(([undoing, counts]) =>
  Object.keys(counts).map((what) => `${undoing}: ${what}`),
);

export const countsUndone: Covering<Scenario> = {
  id: 'undone',
  what: 'counts of two that are undone',
  page: 'docs/reference/covering.md',
  situations,
  impossible: () => undefined,
  onStep: (scenario) => [
    (before, step, after) =>
      undoneBy(scenario, before, step, after).flatMap(([undoing, name]) => {
        const at = { world: worldOf(before), scenario, name };
        return Object.entries(undoings[undoing] ?? {})
          .filter(([, count]) => count(at) > 1)
          .map(([what]) => `${undoing}: ${what}`);
      }),
  ],
};

type Undone = readonly (readonly [undoing: string, name: string])[];

function undoneBy(
  { processes }: Scenario,
  before: Look,
  { cell, event: { type } }: StepTaken,
  after: Look,
): Undone {
  const [kind = '', name = ''] = cell.split(' ');
  if (type === 'replyLost') return [['loss', name]];
  if (kind === 'host') return type === 'crashes' ? [['crash', name]] : [];
  if (kind === 'cleanup') return cleanedIn(before, after, name);
  if (kind === 'recall' && type === 'failed') return [['strike-off', name]];
  if (kind === 'recall' && type === 'served') return [['call-back', name]];
  if (kind === 'handle') return [['late write-back', name]];
  if (type === 'ownerReturned') return [['return of an owner', name]];
  if (kind === 'source' && type === 'aborted') return [['abort', name]];
  if (kind === 'thread' && isExiting(after, name) && !isExiting(before, name)) {
    return [['end of a process', name]];
  }
  return processes
    .filter(({ name: process }) => isTakenBack(after, process) && !isTakenBack(before, process))
    .map(({ name: process }) => ['taking back', process] as const);
}

/** A section of the clean-up is about one file or one stream. */
function cleanedIn(before: Look, after: Look, host: Host): Undone {
  const { files, streams, index } = worldOf(before).cleanup(host);
  const now = worldOf(after).cleanup(host);
  if (now.is !== 'idle' && now.index === index) return [];
  const [file, stream] = [files[index], streams[index - files.length]];
  return [
    ...(file === undefined ? [] : [['clean-up of a file', `${file}@${host}`] as const]),
    ...(stream === undefined ? [] : [['clean-up of a stream', `${stream}@${host}`] as const]),
  ];
}

function isExiting(look: Look, process: Process): boolean {
  return worldOf(look).thread(process).isExiting;
}

function isTakenBack(look: Look, process: Process): boolean {
  const { is } = worldOf(look).target(process);
  return is === 'closing' || is === 'givingUp';
}

function runsAt(world: World, process: Process, host: Host): 'home' | 'away' | undefined {
  const { is, home } = world.process(process, host);
  if (is !== 'running') return undefined;
  return home === host ? 'home' : 'away';
}

function descriptorsOf(world: World, process: Process, host: Host): number {
  return number(world.process(process, host).descriptors, (held) => held !== null);
}

function mostReferences(world: World, process: Process, host: Host): number {
  const { descriptors } = world.process(process, host);
  return most(descriptors.map((held) => (held === null ? 0 : world.stream(held, host).references)));
}

function targetOf(world: World, process: Process): Host {
  return world.target(process).to ?? '';
}

function dirtyPagesOf(world: World, { pages = 0 }: Scenario, process: Process, host: Host): number {
  if (pages === 0) return 0;
  return number(world.memory(process, host).pages, (page) => page !== null && isDirty(page));
}

function childrenOf(world: World, scenario: Scenario, parent: Process, home: Host): number {
  return number(processNames(scenario), (process) => {
    const block = world.process(process, home);
    return block.is !== 'absent' && block.home === home && block.parent === parent;
  });
}

function isServed(world: World, process: Process, host: Host): boolean {
  const { is, caller } = world.service(process);
  return is !== 'idle' && caller === host;
}

/** Of a stream that this host has, too. */
function otherClients(world: World, stream: string, host: Host): number {
  const { clients } = world.shadow(stream);
  return clients.includes(host) ? clients.length - 1 : 0;
}

function entryOf(world: World, name: string): { references: number; writers: number } {
  return world.entry(...partsOf(name));
}

function partsOf(name: string): readonly [of: string, host: Host] {
  const [of = '', host = ''] = name.split('@');
  return [of, host];
}

function most(counts: readonly number[]): number {
  return Math.max(0, ...counts);
}

function number<Each>(all: readonly Each[], isCounted: (each: Each) => boolean): number {
  return all.filter(isCounted).length;
}
