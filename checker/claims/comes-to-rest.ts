/**
 * Whether a world can come to rest: whether some run without a fault leads from it to a terminal
 * world, in which only faults can happen. If none does, the protocol goes on for ever, whatever is
 * chosen; the finding contains one cycle. (With the story before it: a lasso.)
 *
 *   The search is depth first, and results are stored: if an earlier search has learned whether a
 *   world comes to rest, the world is not searched again. A search that ends without a terminal world
 *   has visited only worlds that never come to rest; a search that reaches its bound has decided
 *   nothing. An unspecified event ends a run, too: it is a violation of another property.
 */
import { enabledIn } from '../engine/enabled.ts';
import type { System } from '../engine/system.ts';
import { MAX_AHEAD, type Ahead } from './look-ahead.ts';
import { createWorlds } from '../storage/numbered-worlds.ts';

/** The reason why a world cannot come to rest; undefined if it can. */
export type RestJudge = (row: Int32Array) => Ahead;

type Known = 'comes to rest' | 'never does' | 'bound met';
type Frame = { readonly world: number; readonly steps: readonly number[]; next: number };

export function createRestJudge(system: System, maxAhead = MAX_AHEAD): RestJudge {
  const worlds = createWorlds();
  /** By number of the world. */
  const known: (Known | undefined)[] = [];
  const row = new Int32Array(system.width);
  return judge;

  function judge(from: Int32Array): Ahead {
    const found = known[worlds.numberOf(from)] ?? search(from);
    if (found === 'comes to rest') return undefined;
    if (found === 'bound met') return 'undecided';
    return {
      subject: 'the whole',
      expected: 'a state within reach in which all is done',
      found: `${cycleFrom(system, from).join(', ')}, and so on for ever`,
    };
  }

  function search(from: Int32Array): Known {
    const visited = new Set<number>();
    const path: Frame[] = [];
    let found: Known = 'never does';
    row.set(from);
    enter(worlds.numberOf(row));
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      if (top.steps.length === 0) return learn(onPath(), 'comes to rest');
      const step = top.steps[top.next++];
      if (step === undefined) {
        path.pop();
        continue;
      }
      worlds.load(top.world, row);
      system.perform(row, step);
      if (system.unspecified() !== undefined) return learn(onPath(), 'comes to rest');
      const world = worlds.numberOf(row);
      const before = known[world];
      if (before === 'comes to rest') return learn(onPath(), before);
      if (before === 'bound met') found = before;
      if (before === undefined && !visited.has(world)) enter(world);
      if (visited.size > maxAhead) return learn(visited, 'bound met');
    }
    return learn(visited, found);

    /** Continues from the world in `row`. */
    function enter(world: number): void {
      visited.add(world);
      path.push({ world, steps: stepsFrom(system, row), next: 0 });
    }

    function onPath(): readonly number[] {
      return path.map(({ world }) => world);
    }
  }

  function learn(of: Iterable<number>, found: Known): Known {
    for (const world of of) known[world] = found;
    return found;
  }
}

function stepsFrom(system: System, row: Int32Array): readonly number[] {
  return enabledIn(system, row).filter((delivery) => !system.isFault(delivery));
}

/** From a world that never rests: takes the first possible step until a world repeats. */
function cycleFrom(system: System, from: Int32Array): readonly string[] {
  const row = from.slice();
  const taken: string[] = [];
  const seen = new Map<string, number>();
  for (;;) {
    const world = row.join();
    const first = seen.get(world);
    if (first !== undefined) return [...new Set(taken.slice(first))];
    seen.set(world, taken.length);
    const [step = -1] = stepsFrom(system, row);
    system.perform(row, step);
    taken.push(stepText(system, step));
  }
}

function stepText(system: System, step: number): string {
  const { name = '' } = system.protocol.cells[system.cellOf(step)] ?? {};
  return `${name}: ${system.eventOf(step).type}`;
}
