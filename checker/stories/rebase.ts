/**
 * Searches near a story for a run that violates the same property: the old story on the changed protocol.
 *
 *   The distance is the number of edits. A step of the old story that is still possible costs nothing. It
 *   costs one edit to insert a step, to leave an old step out, or to replace an old step by another of
 *   the same cell or with the same action. The run ends at its first violation; the old steps that would
 *   follow are left out, one edit each. So a search by cost over pairs (world, place in the old story)
 *   finds the fewest edits, or proves that so many do not suffice. A run begins in the start of the
 *   story; if that start does not exist any more, in any start.
 */
import { stepFor } from '../engine/steps.ts';
import type { Violation } from '../claims/monitor.ts';
import type { Claim } from '../specification/property.ts';
import { eventOf, type Step, type Story } from '../specification/protocol.ts';
import { runSteps } from './strict-replay.ts';
import type { System } from '../engine/system.ts';
import { createWorldGraph, type Move } from '../search/world-graph.ts';

export const DEFAULT_MAX_EDITS = 6;
const DEFAULT_MAX_PAIRS = 300_000;

/** Steps are counted from 1: `old` in the stored story, `now` in the rebased story. */
export type Edit =
  | { readonly kind: 'inserted'; readonly now: number; readonly step: Step }
  | { readonly kind: 'left out'; readonly old: number; readonly step: Step }
  | {
      readonly kind: 'changed';
      readonly old: number;
      readonly now: number;
      readonly from: Step;
      readonly step: Step;
    };

export type Rebase =
  | (Story & {
      readonly kind: 'rebased';
      readonly violation: Violation;
      /** In order. No run with fewer violates the property. */
      readonly edits: readonly Edit[];
      readonly pairs: number;
    })
  /** No run within `edits` violates the property: `edits` is the requested number, or less if the bound was reached. */
  | {
      readonly kind: 'none';
      readonly edits: number;
      readonly ending: 'complete' | 'bound';
      readonly pairs: number;
    };

export type RebaseOptions = {
  readonly maxEdits?: number;
  /** Bound on the pairs of a world and a place in the old story. */
  readonly maxPairs?: number;
};

/** How a pair was reached: from which pair, and by which edit. */
type Came = {
  readonly from: number;
  readonly by: 'taken' | Edit['kind'];
  readonly delivery: number;
};

/** A cell that does not exist any more: its old steps can only be left out. */
const NO_DELIVERY = -1;

// oxlint-disable-next-line max-lines-per-function -- one search: its functions share the pairs and the lists by cost
export function rebaseStory(
  system: System,
  claims: readonly Claim[],
  story: Story & { readonly property: string },
  { maxEdits = DEFAULT_MAX_EDITS, maxPairs = DEFAULT_MAX_PAIRS }: RebaseOptions = {},
): Rebase {
  const { steps, property } = story;
  const old = oldDeliveries(system, steps);
  const worlds = createWorldGraph(system, claims, property);
  const places = steps.length + 1;
  /** The pairs to expand, by cost; a pair is one number. */
  const queues: number[][] = Array.from({ length: maxEdits + 1 }, () => []);
  const costs = new Map<number, number>();
  const came = new Map<number, Came>();
  let pairs = 0;

  /** By their first pair. */
  const starts = new Map<number, string | undefined>();
  const known = system.starts.includes(story.start);
  for (const start of known ? [story.start] : system.starts) {
    const pair = worlds.initial(start) * places;
    if (!starts.has(pair)) starts.set(pair, start);
    offer(pair, 0);
  }
  for (let cost = 0; cost <= maxEdits; cost++) {
    // This list grows while it is read: pairs without further cost are added at its end.
    for (const pair of queues[cost] ?? []) {
      if (costs.get(pair) !== cost) continue;
      const [world, place] = [Math.floor(pair / places), pair % places];
      if (place === steps.length && worlds.isViolating(world)) return rebasedTo(pair);
      if (pairs === maxPairs) return { kind: 'none', edits: cost - 1, ending: 'bound', pairs };
      pairs++;
      lookAround(pair, { world, place, cost });
    }
  }
  return { kind: 'none', edits: maxEdits, ending: 'complete', pairs };

  function lookAround(
    pair: number,
    {
      world,
      place,
      cost,
    }: { readonly world: number; readonly place: number; readonly cost: number },
  ): void {
    const next = old[place];
    const moves = worlds.movesFrom(world);
    if (next !== undefined) {
      for (const { delivery, to } of moves) {
        const target = to * places + place + 1;
        if (delivery === next) offer(target, cost, { from: pair, by: 'taken', delivery });
        else if (isAlike(delivery, place)) {
          offer(target, cost + 1, { from: pair, by: 'changed', delivery });
        }
      }
      offer(pair + 1, cost + 1, { from: pair, by: 'left out', delivery: next });
    }
    for (const { delivery, to } of moves) {
      offer(to * places + place, cost + 1, { from: pair, by: 'inserted', delivery });
    }
  }

  function offer(pair: number, cost: number, from?: Came): void {
    if (cost > maxEdits || cost >= (costs.get(pair) ?? Infinity)) return;
    costs.set(pair, cost);
    if (from !== undefined) came.set(pair, from);
    queues[cost]?.push(pair);
  }

  /** Another step of the same cell, or the same action elsewhere. */
  function isAlike(delivery: Move['delivery'], place: number): boolean {
    const { at, action } = steps[place] as Step;
    const other = stepFor(system, delivery);
    return other.at === at || other.action === action;
  }

  function rebasedTo(pair: number): Rebase {
    const path: Came[] = [];
    let first = pair;
    for (let at = came.get(pair); at !== undefined; at = came.get(first)) {
      path.push(at);
      first = at.from;
    }
    path.reverse();
    const start = starts.get(first);
    const now: Step[] = [];
    const edits: Edit[] = [];
    let place = 0;
    for (const { by, delivery } of path) {
      if (by !== 'left out') now.push(stepFor(system, delivery));
      if (by !== 'inserted') place++;
      const edit = editFor(by, now, place);
      if (edit !== undefined) edits.push(edit);
    }
    const { seen } = runSteps(
      system,
      claims,
      { start, steps: now },
      {
        stopAt: (each) => each.property === property,
      },
    );
    if (seen?.step !== now.length) throw new Error('a rebased story does not end in its violation');
    const { violation } = seen;
    const begun = start === undefined ? {} : { start };
    return { kind: 'rebased', ...begun, steps: now, violation, edits, pairs };
  }

  function editFor(by: Came['by'], now: readonly Step[], place: number): Edit | undefined {
    const [from, step] = [steps[place - 1] as Step, now.at(-1) as Step];
    if (by === 'inserted') return { kind: by, now: now.length, step };
    if (by === 'left out') return { kind: by, old: place, step: from };
    return by === 'changed' ? { kind: by, old: place, now: now.length, from, step } : undefined;
  }
}

function oldDeliveries(system: System, steps: readonly Step[]): readonly number[] {
  const names = new Set(system.protocol.cells.map(({ name }) => name));
  return steps.map((step) =>
    names.has(step.at) ? system.delivery(step.at, eventOf(step)) : NO_DELIVERY,
  );
}
