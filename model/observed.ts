/**
 * The observations of the model from outside: by programs, by the owners of hosts, by an operator.
 *
 *   A program observes its calls and their results: data and offset, size, whether an open succeeds, how
 *   a child ended. Results are taken from the events of ghosts, and from the changes of a call in its own
 *   process. A close, a fork and an unlink have no result: that they return shows in the next call, or in
 *   the observation at rest. A wait is observed when it returns; that a migration breaks it off and it is
 *   made again is not observed.
 *
 *   These are observed, too: a process is killed or dies with its host; a requested migration is over; an
 *   eviction is over, with the visitors that still run; the environment acts (requests, owners, faults).
 *   Everything else is internal: where a process runs, what is cached, which messages pass, when blocks
 *   are written back.
 *
 * Paper     §1, §2 (transparency)
 */
import { chosen } from './vocabulary/choices.ts';
import type { EvictionContext } from './machines/eviction.machine.ts';
import type { ProcessContext } from './machines/process.machine.ts';
import type { ThreadContext } from './machines/thread.events.ts';
import type { ProcessSpec, Scenario } from './scenarios/scenario.ts';
import type { Event, Json, Local, Look } from './vocabulary/cell.ts';
import { cell, kindOf, type Host, type Process } from './vocabulary/ids.ts';

/** A step that was taken: the worlds before and after it, and the deliveries, by cell. */
export type Taken = {
  readonly step: {
    readonly at: string;
    readonly action: string;
    readonly params: { readonly [parameter: string]: Json };
  };
  readonly before: Look;
  readonly after: Look;
  readonly delivered: readonly { readonly to: string; readonly event: Event }[];
};

type Step = Taken['step'];
type Fields = { readonly [field: string]: Json };

/** An observation: of which thing, which event, with which parameters and results. */
export type Seen = { readonly of: string; readonly what: string; readonly [field: string]: Json };

export type Watcher = {
  /** In order; an internal step has none. */
  readonly observed: (taken: Taken) => readonly Seen[];
  /** Whether the environment chooses the step; it need not happen. */
  readonly isInput: (step: Step) => boolean;
  /** The observation of a world in which only the environment can act. */
  readonly atRest: (look: Look) => Fields;
};

/** Only the client observes that it writes a block back. */
const UNSEEN = new Set(['writeBack']);

export function watcherOf({ processes, hosts }: Scenario): Watcher {
  const names = processes.map(({ name }) => name);
  return {
    observed: (taken) => {
      const first = isInput(taken.step) ? inputSeen(taken.step) : callSeen(taken);
      return [
        ...first,
        ...names.flatMap((name) => fateSeen(taken, name)),
        ...names.flatMap((name) => requesterSeen(taken, name)),
        ...hosts.flatMap((host) => ownerSeen(taken, host, names)),
      ];
    },
    isInput,
    atRest: (look) => restOf(look, processes, hosts),
  };
}

function isInput({ at, action }: Step): boolean {
  return chosen.has(action) && !at.startsWith('thread ') && !UNSEEN.has(action);
}

function inputSeen({ at, action, params }: Step): readonly Seen[] {
  return [{ of: at.slice(at.indexOf(' ') + 1), what: action, ...params }];
}

/** A call of a program, or what one returns. */
function callSeen(taken: Taken): readonly Seen[] {
  const { at, action, params } = taken.step;
  const process = at.slice(at.indexOf(' ') + 1);
  if (at !== cell.thread(process)) return [];
  if (action === 'wait') return childSeen(taken, process);
  if (chosen.has(action)) return [{ of: process, what: action, ...params, ...resultOf(taken) }];
  const [from, to] = [taken.before(at), taken.after(at)];
  if (from.value === 'waiting') return childSeen(taken, process);
  if (from.value === 'opening' && to.value === 'user') {
    const succeeds = taken.delivered.some(({ event }) => event.type === 'descriptorSet');
    return [{ of: process, what: 'openReturns', succeeds }];
  }
  return [];
}

/** The results of a program, from the events of the ghosts. */
function resultOf({ delivered }: Taken): Fields {
  return Object.fromEntries(
    delivered.flatMap(({ to, event }) =>
      (results[`${kindOf(to)}.${event.type}`] ?? []).map((field) => [field, event[field] ?? null]),
    ),
  );
}

const results: { readonly [event: string]: readonly string[] | undefined } = {
  'lastWrite.read': ['data'],
  'lastWrite.sized': ['size'],
  'position.used': ['offset'],
  'pages.read': ['data'],
};

/** A wait returns: the parent learns how its child ended. */
function childSeen({ delivered }: Taken, parent: Process): readonly Seen[] {
  return delivered
    .filter(({ event }) => event.type === 'reportedTo')
    .map(({ to, event }) => ({
      of: parent,
      what: 'waitReturns',
      child: to.slice(to.indexOf(' ') + 1),
      status: event['status'] ?? null,
    }));
}

function fateSeen({ step, before, after }: Taken, process: Process): readonly Seen[] {
  const name = cell.thread(process);
  const [from, to] = [before(name), after(name)];
  if (from === to) return [];
  const [then, now] = [threadOf(from), threadOf(to)];
  if (from.value === 'absent' || then.isExiting) return [];
  if (now.isExiting && now.isKilled) return [{ of: process, what: 'isKilled' }];
  if (to.value === 'absent') return [{ of: process, what: 'dies' }];
  const isRefused = from.value === 'execing' && to.value === 'user' && !now.isKilled;
  return isRefused && step.at !== name ? [{ of: process, what: 'execIsRefused' }] : [];
}

/** The requester of a migration, or the caller of a remote exec, sleeps until it is over. */
function requesterSeen({ before, after }: Taken, process: Process): readonly Seen[] {
  const name = cell.requester(process);
  const isOver = before(name).value === 'waiting' && after(name).value === 'awake';
  return isOver ? [{ of: process, what: 'migrationIsOver' }] : [];
}

function ownerSeen(
  { before, after }: Taken,
  host: Host,
  processes: readonly Process[],
): readonly Seen[] {
  const name = cell.eviction(host);
  const isOver = before(name).value === 'waiting' && after(name).value === 'idle';
  if (!isOver || after(cell.host(host)).value === 'down') return [];
  return [{ of: host, what: 'evictionIsOver', visitors: visitorsOn(after, host, processes) }];
}

function visitorsOn(look: Look, host: Host, processes: readonly Process[]): readonly Process[] {
  return processes.filter((process) => {
    const { value, context } = look(cell.process(process, host));
    return value === 'running' && (context as ProcessContext).home !== host;
  });
}

function restOf(look: Look, processes: readonly ProcessSpec[], hosts: readonly Host[]): Fields {
  const names = processes.map(({ name }) => name);
  return {
    ...Object.fromEntries(processes.map((spec) => [spec.name, doingOf(look, spec)])),
    awaited: names.filter((process) => look(cell.requester(process)).value === 'waiting'),
    evicted: hosts.flatMap((host) => {
      const { value, context } = look(cell.eviction(host));
      return value === 'waiting' ? [...(context as EvictionContext).awaited] : [];
    }),
  };
}

/**
 * Whether a process runs, has a further call that it cannot make, is gone, or is in a call that does not
 * end. A process that waits for a child is in user mode at home, and in a call away from home.
 */
function doingOf(look: Look, { name, program }: ProcessSpec): string {
  const { value, context } = look(cell.thread(name));
  if (value === 'absent') return 'gone';
  if (value !== 'user' && value !== 'waiting') return value as string;
  const { remaining } = context as ThreadContext;
  if (!('script' in program) || !('next' in remaining)) return 'runs';
  return value === 'waiting' || remaining.next < program.script.length ? 'waits' : 'runs';
}

function threadOf({ context }: Local): ThreadContext {
  return context as ThreadContext;
}
