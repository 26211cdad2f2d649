/** A run of one protocol with the same observations as a run of another. */
import type { Graph, ObservedMove } from './observation-graph.ts';
import { eventOf, type Story, type Step } from '../specification/protocol.ts';

export type Followed = {
  readonly steps: readonly Step[];
  /** They are exactly the steps of the other run. */
  readonly isSame: boolean;
  /** The step that shows each observation, from 1. */
  readonly seenAt: readonly number[];
};

/**
 * The same steps, if they are possible and have these observations; if not, a shortest run that has
 * them. Throws if there is none.
 */
export function followRun(graph: Graph, story: Story, observations: readonly number[]): Followed {
  const same = sameSteps(graph, story, observations);
  const moves = same ?? shortest(graph, story.start, observations);
  return {
    steps: moves.map(({ delivery }) => graph.stepFor(delivery)),
    isSame: same !== undefined,
    seenAt: moves
      .flatMap(({ seen }, index) => seen.map(() => index + 1))
      .slice(0, observations.length),
  };
}

/** Exactly these steps from the same start, if the graph allows them with exactly these observations. */
function sameSteps(
  graph: Graph,
  { start, steps }: Story,
  observations: readonly number[],
): readonly ObservedMove[] | undefined {
  const cells = new Set(graph.system.protocol.cells.map(({ name }) => name));
  const moves: ObservedMove[] = [];
  let world = graph.starts.get(start) as number;
  let done = 0;
  for (const step of steps) {
    if (!cells.has(step.at)) return undefined;
    const delivery = graph.system.delivery(step.at, eventOf(step));
    const move = graph.movesOf(world).find((each) => each.delivery === delivery);
    if (move === undefined || !isSeen(move.seen, observations, done)) return undefined;
    moves.push(move);
    world = move.target;
    done += move.seen.length;
  }
  return done === observations.length ? moves : undefined;
}

function isSeen(seen: readonly number[], observations: readonly number[], from: number): boolean {
  return seen.every((each, index) => observations[from + index] === each);
}

type Place = {
  readonly world: number;
  readonly done: number;
  readonly before: Place | undefined;
  readonly by: ObservedMove | undefined;
};

function shortest(
  graph: Graph,
  start: string | undefined,
  observations: readonly number[],
): readonly ObservedMove[] {
  const world = graph.starts.get(start) as number;
  const queue: Place[] = [{ world, done: 0, before: undefined, by: undefined }];
  const met = new Set<string>();
  for (const place of queue) {
    if (place.done >= observations.length) return movesTo(place);
    for (const move of graph.movesOf(place.world)) {
      // Its last step may have a further observation: that is the difference.
      const seen = move.seen.slice(0, observations.length - place.done);
      if (!isSeen(seen, observations, place.done)) continue;
      const done = place.done + move.seen.length;
      const key = `${move.target} ${done}`;
      if (met.has(key)) continue;
      met.add(key);
      queue.push({ world: move.target, done, before: place, by: move });
    }
  }
  throw new Error('expected a run with these observations, found none');
}

function movesTo(end: Place): readonly ObservedMove[] {
  const moves: ObservedMove[] = [];
  for (let at: Place | undefined = end; at !== undefined; at = at.before) {
    if (at.by !== undefined) moves.push(at.by);
  }
  return moves.toReversed();
}
