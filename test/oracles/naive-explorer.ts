/**
 * Explores a protocol the slow way, for the engine to be compared with: breadth first over worlds that are
 * plain JSON, found by their text. XState is asked again for every delivery, nothing is numbered or
 * kept, and all that is read is frozen. It imports only types of the checker.
 */
import { transition, type AnyMachineSnapshot, type ExecutableActionObject } from 'xstate';
import type { Exploration } from '../../checker/search/explore.ts';
import type { Claim, Finding, Witness } from '../../checker/specification/property.ts';
import type {
  Effect,
  Event,
  Local,
  Look,
  Protocol,
  Step,
  View,
} from '../../checker/specification/protocol.ts';
import type { Json } from '../../checker/text/json.ts';

export type NaiveOptions = {
  readonly claims?: readonly Claim[];
  readonly witnesses?: readonly Witness[];
  /** Whether the first violation ends it, once the state in which it was found is done with. */
  readonly stops?: boolean;
  /** Once so many states are known, the next level is the last: checked, and not expanded. */
  readonly enough?: number;
};

export type NaiveExploration = Omit<Exploration, 'bytes' | 'undecided' | 'claimsAsked'> & {
  /** The depth at which states were not expanded. */
  readonly maxDepth: number;
};

/** What cells hold, by name. */
export type World = ReadonlyMap<string, Local>;

/** An event that its cell does not take; of the step itself, which is then not enabled, or within it. */
type Hole = { readonly finding: Finding; readonly isWithin: boolean };

type Enabled = { readonly step: Step; readonly after: World | Hole };

const DEEPEST_CASCADE = 16;

export function naivelyExplored(protocol: Protocol, options: NaiveOptions = {}): NaiveExploration {
  const { claims = [], witnesses = [], stops = false, enough = Infinity } = options;
  /** In the order in which they were reached, each with a shortest story. */
  const visited = new Map<string, { readonly world: World; readonly steps: readonly Step[] }>();
  const found = new Map<string, Exploration['found'][number]>();
  const unreached = new Set(witnesses);
  let [transitions, stuck, depth, maxDepth] = [0, 0, 0, Infinity];
  let ending: Exploration['ending'] = 'closed';

  visit(initialWorld(protocol), []);
  for (const { world, steps } of visited.values()) {
    depth = steps.length;
    for (const each of unreached) if (each.reached(lookAt(world))) unreached.delete(each);
    hold(['always', 'atRest'], world, steps);
    if (visited.size >= enough) maxDepth = Math.min(maxDepth, depth + 1);
    const isViolated = stops && found.size > 0;
    if (!isViolated && depth >= maxDepth) ending = 'depth';
    else if (!isViolated) expand(world, steps);
    if (!stops || found.size === 0) continue;
    ending = 'violated';
    break;
  }
  const counts = { states: visited.size, transitions, depth, stuck, maxDepth };
  return { ending, ...counts, found: [...found.values()], unreached: [...unreached] };

  function expand(world: World, steps: readonly Step[]): void {
    const enabled = enabledIn(protocol, world);
    for (const { step, after } of enabled) {
      const story = [...steps, step];
      if ('finding' in after) record('every-event-is-specified', after.finding, story);
      else visit(after, story);
    }
    transitions += enabled.length;
    if (enabled.some(({ step }) => !protocol.faults.has(step.action))) return;
    stuck++;
    hold(['whenStuck'], world, steps);
    if (isDeadlock(protocol, world)) record('no-deadlock', ANY_FINDING, steps);
  }

  function visit(world: World, steps: readonly Step[]): void {
    const text = textOf([...world]);
    if (!visited.has(text)) visited.set(text, { world, steps });
  }

  function hold(kinds: readonly Claim['kind'][], world: World, steps: readonly Step[]): void {
    for (const { property, kind, test } of claims) {
      const finding = kinds.includes(kind) ? test(lookAt(world)) : undefined;
      if (finding !== undefined) record(property, finding, steps);
    }
  }

  function record(property: string, finding: Finding, steps: readonly Step[]): void {
    if (!found.has(property)) found.set(property, { violation: { property, finding }, steps });
  }
}

/** The text about a deadlock is for people: only the deadlock itself, and its steps, are compared. */
export const ANY_FINDING: Finding = { subject: '', expected: '', found: 'a deadlock' };

function isDeadlock({ deadlock }: Protocol, world: World): boolean {
  if (deadlock === undefined) return true;
  return 'allowedWhen' in deadlock && !deadlock.allowedWhen(lookAt(world));
}

/** The worlds of one walk, which ends where nothing is enabled or an event meets a hole. */
export function naivelyWalked(protocol: Protocol, choices: readonly number[]): readonly World[] {
  const worlds = [initialWorld(protocol)];
  for (const choice of choices) {
    const enabled = enabledIn(protocol, worlds.at(-1) as World);
    const chosen = enabled[choice % enabled.length]?.after;
    if (chosen === undefined || 'finding' in chosen) break;
    worlds.push(chosen);
  }
  return worlds;
}

function initialWorld({ cells }: Protocol): World {
  return new Map(cells.map(({ name, initial }) => [name, frozen(initial)]));
}

function enabledIn(protocol: Protocol, world: World): readonly Enabled[] {
  return protocol.cells.flatMap(({ name: at, offers }) =>
    offers(world.get(at) as Local).flatMap((event): readonly Enabled[] => {
      const after = delivered(protocol, world, at, frozen(event), 1);
      const { type: action, ...params } = event;
      if ('finding' in after && !after.isWithin) return [];
      return [{ step: { at, action, params }, after }];
    }),
  );
}

/** The world after an event and all that follows from it, each effect with its own before the next. */
function delivered(
  protocol: Protocol,
  world: World,
  name: string,
  event: Event,
  level: number,
): World | Hole {
  const { machine, observes } = protocol.cells.find((cell) => cell.name === name) ?? missing(name);
  const { value, context } = world.get(name) as Local;
  const taken = frozen({ ...event, ...observes[event.type]?.(lookAt(world), event) });
  const before = machine.resolveState({ value: value as never, context }) as AnyMachineSnapshot;
  if (!before.can(taken)) return hole('none');
  if (level > DEEPEST_CASCADE)
    return hole(
      `${event.type}, which is deeper`,
      `effects that end, ${DEEPEST_CASCADE} deep at most`,
    );
  const [next, actions] = transition(machine, before, taken);
  const after: Local = { value: next.value as Json, context: next.context as Json };
  let now: World | Hole = new Map([...world, [name, frozen(after)]]);
  for (const effect of actions.flatMap(effectsOf)) {
    if ('finding' in now) break;
    now = delivered(protocol, now, effect.to, frozen(effect.event), level + 1);
  }
  return now;

  function hole(
    found: string,
    expected = `a transition for ${event.type} in state ${state()}`,
  ): Hole {
    return { finding: { subject: name, expected, found }, isWithin: level > 1 };
  }

  function state(): string {
    return typeof value === 'string' ? value : JSON.stringify(value);
  }
}

export function lookAt(world: World): Look {
  const look = (name: string, view?: View<Json>): Json | Local => {
    const local = world.get(name) ?? missing(name);
    return view === undefined ? local : frozen(view(local));
  };
  return look as Look;
}

/** An effect is what an action returns: nothing, one, or several. */
function effectsOf({ exec, info, params }: ExecutableActionObject): readonly Effect[] {
  const act = exec as ((info: unknown, params: unknown) => Effect | readonly Effect[]) | undefined;
  return [act?.(info, params) ?? []].flat();
}

/** The same for equal JSON, in whatever order its keys were written. */
export function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(textOf).join()}]`;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, held]) => `${JSON.stringify(key)}:${textOf(held)}`).join()}}`;
}

function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

function missing(name: string): never {
  throw new Error(`no cell is called "${name}"`);
}
