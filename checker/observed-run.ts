/** A run of a protocol that is observed as another run was. */
import type { Graph, Move } from './observed-graph.ts';
import { eventOf, type Step } from './protocol.ts';

export type Followed = {
  readonly steps: readonly Step[];
  /** They are the very steps of the other run. */
  readonly isSame: boolean;
};

/**
 * The same steps where they can be taken and are observed like this; else a shortest run that is.
 * Throws where there is none.
 */
export function followRun(
  graph: Graph,
  steps: readonly Step[],
  observations: readonly number[],
): Followed {
  return isTaken(graph, steps, observations)
    ? { steps, isSame: true }
    : { steps: shortest(graph, observations), isSame: false };
}

/** Whether the graph allows these very steps, with all these observations and no others. */
function isTaken(graph: Graph, steps: readonly Step[], observations: readonly number[]): boolean {
  const cells = new Set(graph.system.protocol.cells.map(({ name }) => name));
  let world = graph.start;
  let done = 0;
  for (const step of steps) {
    if (!cells.has(step.at)) return false;
    const delivery = graph.system.delivery(step.at, eventOf(step));
    const move = graph.movesOf(world).find((each) => each.delivery === delivery);
    if (move === undefined || !matches(move, observations, done)) return false;
    world = move.target;
    done += move.seen.length;
  }
  return done === observations.length;
}

function matches({ seen }: Move, observations: readonly number[], from: number): boolean {
  return seen.every((each, index) => observations[from + index] === each);
}

type Place = { readonly world: number; readonly done: number; readonly before: Place | undefined; readonly by: Move | undefined };

function shortest(graph: Graph, observations: readonly number[]): readonly Step[] {
  const queue: Place[] = [{ world: graph.start, done: 0, before: undefined, by: undefined }];
  const seenBefore = new Set<string>();
  for (const place of queue) {
    if (place.done >= observations.length) return stepsTo(graph, place);
    for (const move of graph.movesOf(place.world)) {
      const left = observations.length - place.done;
      // Its last step may be observed further than this: there the two part.
      if (!matches({ ...move, seen: move.seen.slice(0, left) }, observations, place.done)) continue;
      const done = place.done + move.seen.length;
      const key = `${move.target} ${done}`;
      if (seenBefore.has(key)) continue;
      seenBefore.add(key);
      queue.push({ world: move.target, done, before: place, by: move });
    }
  }
  throw new Error('expected a run with these observations, found none');
}

function stepsTo(graph: Graph, end: Place): readonly Step[] {
  const steps: Step[] = [];
  for (let at: Place | undefined = end; at !== undefined; at = at.before) {
    if (at.by !== undefined) steps.push(graph.stepFor(at.by.delivery));
  }
  return steps.toReversed();
}
