/** The point of no return by brute force: its definition (no-return.ts) over the whole graph. */
import { createMonitor } from '../../checker/claims/monitor.ts';
import type { Claim } from '../../checker/specification/property.ts';
import type { Step } from '../../checker/specification/protocol.ts';
import { deliveriesOf } from '../../checker/stories/lenient-replay.ts';
import { enabledIn } from '../../checker/engine/enabled.ts';
import type { System } from '../../checker/engine/system.ts';

type Node = {
  readonly row: Int32Array;
  readonly next: readonly string[];
  /** Something but faults is enabled. */
  readonly goesOn: boolean;
};

/** The first step after which the world is doomed; 0 is the initial world, -1 that none is. */
export function noReturnByForce(
  system: System,
  claims: readonly Claim[],
  steps: readonly Step[],
): number {
  const doomed = doomedIn(system, claims, graphOf(system));
  const path = [[], ...steps.map((_, index) => deliveriesOf(system, steps.slice(0, index + 1)))];
  return path.findIndex((story) => doomed.has(worldAfter(system, story ?? []).join()));
}

export function worldAfter(system: System, story: readonly number[]): Int32Array {
  const row = system.initial();
  for (const delivery of story) system.perform(row, delivery);
  return row;
}

function graphOf(system: System): ReadonlyMap<string, Node> {
  const graph = new Map<string, Node>();
  const queue = [system.initial()];
  for (let row = queue.pop(); row !== undefined; row = queue.pop()) {
    const from = row;
    if (graph.has(from.join())) continue;
    const enabled = enabledIn(system, from);
    const successors = enabled.map((delivery) => {
      const to = from.slice();
      system.perform(to, delivery);
      return to;
    });
    graph.set(from.join(), {
      row: from,
      next: successors.map((each) => each.join()),
      goesOn: enabled.some((each) => !system.protocol.faults.has(system.eventOf(each).type)),
    });
    queue.push(...successors);
  }
  return graph;
}

/** The least such set, by going round until it grows no more. */
function doomedIn(
  system: System,
  claims: readonly Claim[],
  graph: ReadonlyMap<string, Node>,
): ReadonlySet<string> {
  const monitor = createMonitor(system, claims, []);
  const doomed = new Set<string>();
  for (const [name, { row, next }] of graph) {
    if (monitor.checkAll(row, next.length === 0).length > 0) doomed.add(name);
  }
  for (let size = -1; size < doomed.size;) {
    size = doomed.size;
    for (const [name, { next, goesOn }] of graph) {
      if (goesOn && next.every((each) => doomed.has(each))) doomed.add(name);
    }
  }
  return doomed;
}
