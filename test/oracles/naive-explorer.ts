/**
 * A protocol explored the slow way, to hold the engine against: breadth first over worlds that are
 * plain JSON, found by their text. XState is asked anew for every delivery, nothing is numbered or
 * kept, and whatever is read is frozen. Of the checker it has nothing but types.
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

export type NaiveExploration = Omit<Exploration, 'bytes'> & {
  /** The depth at which states were not expanded. */
  readonly maxDepth: number;
};

/** What cells hold, by name. */
type World = ReadonlyMap<string, Local>;

/** An event that its cell does not take; of the step itself, which is then not enabled, or within it. */
type Hole = { readonly finding: Finding; readonly isWithin: boolean };

const DEEPEST_CASCADE = 16;

export function naivelyExplored(protocol: Protocol, options: NaiveOptions = {}): NaiveExploration {
  const { claims = [], witnesses = [], stops = false, enough = Infinity } = options;
  const cells = new Map(protocol.cells.map((cell) => [cell.name, cell]));
  /** In the order in which they were reached, each with a shortest story. */
  const visited = new Map<string, { readonly world: World; readonly steps: readonly Step[] }>();
  const found = new Map<string, Exploration['found'][number]>();
  const unreached = new Set(witnesses);
  let [transitions, stuck, depth, maxDepth] = [0, 0, 0, Infinity];
  let ending: Exploration['ending'] = 'closed';

  visit(new Map(protocol.cells.map(({ name, initial }) => [name, frozen(initial)])), []);
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
    let goesOn = false;
    for (const [at, cell] of cells) {
      for (const event of cell.offers(world.get(at) as Local)) {
        const after = delivered(world, at, frozen(event), 1);
        if ('finding' in after && !after.isWithin) continue;
        transitions++;
        goesOn ||= !protocol.faults.has(event.type);
        const { type: action, ...params } = event;
        const story = [...steps, { at, action, params }];
        if ('finding' in after) record('every-event-is-specified', after.finding, story);
        else visit(after, story);
      }
    }
    if (goesOn) return;
    stuck++;
    hold(['whenStuck'], world, steps);
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

  /** The world after an event and all that follows from it, each effect with its own before the next. */
  function delivered(world: World, name: string, event: Event, level: number): World | Hole {
    const { machine, observes } = cells.get(name) ?? missing(name);
    const { value, context } = world.get(name) as Local;
    const taken = frozen({ ...event, ...observes[event.type]?.(lookAt(world), event) });
    const before = machine.resolveState({ value: value as never, context }) as AnyMachineSnapshot;
    if (!before.can(taken)) return hole('none');
    if (level > DEEPEST_CASCADE) return hole('effects that never end');
    const [next, actions] = transition(machine, before, taken);
    const after: Local = { value: next.value as Json, context: next.context as Json };
    let now: World | Hole = new Map([...world, [name, frozen(after)]]);
    for (const effect of actions.flatMap(effectsOf)) {
      if ('finding' in now) break;
      now = delivered(now, effect.to, frozen(effect.event), level + 1);
    }
    return now;

    function hole(why: string): Hole {
      const state = typeof value === 'string' ? value : JSON.stringify(value);
      const expected = `a transition for ${event.type} in state ${state}`;
      return { finding: { subject: name, expected, found: why }, isWithin: level > 1 };
    }
  }
}

function lookAt(world: World): Look {
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
  return JSON.stringify(value, (_, held: unknown) =>
    typeof held !== 'object' || held === null || Array.isArray(held)
      ? held
      : Object.fromEntries(Object.entries(held).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  );
}

function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

function missing(name: string): never {
  throw new Error(`no cell is called "${name}"`);
}
