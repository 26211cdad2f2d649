/**
 * Shrinks a story that violates a property to a shorter one that violates the same property.
 *   It leaves steps out, in halves, quarters and so on down to one; then in pairs. Then it replaces a
 *   step by another that is enabled there, which may make later ones needless. Then it tries another
 *   start. After each success it begins again, until nothing helps. The result is short, but not always
 *   shortest: see search/certify.ts.
 */
import type { Violation } from '../claims/monitor.ts';
import type { Claim } from '../specification/property.ts';
import type { Story } from '../specification/protocol.ts';
import { createReplayer, deliveriesOf, stepsOf, type Attempt } from './lenient-replay.ts';
import { enabledIn } from '../engine/enabled.ts';
import { createStepper } from './stepper.ts';
import type { System } from '../engine/system.ts';

const DEFAULT_MAX_REPLAYS = 20_000;

export type Shrunk = Story & {
  readonly violation: Violation;
  readonly replays: number;
  /** False if the budget of replays ended it. */
  readonly finished: boolean;
};

/** Undefined if the given story does not violate the property. */
// oxlint-disable-next-line max-lines-per-function -- one story: its passes share the shortest so far and the budget
export function shrink(
  system: System,
  claims: readonly Claim[],
  story: Story & { readonly property: string },
  { maxReplays = DEFAULT_MAX_REPLAYS }: { readonly maxReplays?: number } = {},
): Shrunk | undefined {
  const replayer = createReplayer(system, claims, story.property);
  const stepper = createStepper(system, []);
  const deliveriesGiven = deliveriesOf(system, story.steps);
  let best = deliveriesGiven && replayer.attempt(deliveriesGiven, story.start);
  if (best === undefined) return undefined;
  for (let next: Attempt | undefined = best; next !== undefined;) {
    best = next;
    next = withoutChunks(best) ?? withoutPair(best) ?? withAnother(best) ?? fromElsewhere(best);
  }
  return {
    ...(best.start === undefined ? {} : { start: best.start }),
    steps: stepsOf(system, best.deliveries),
    violation: best.violation,
    replays: replayer.replays(),
    finished: !spent(),
  };

  function withoutChunks(given: Attempt): Attempt | undefined {
    let kept = given;
    for (const size of sizesFor(given.deliveries.length)) {
      for (let to = kept.deliveries.length; to > 0; to -= size) {
        to = Math.min(to, kept.deliveries.length);
        const deliveries = without(kept.deliveries, Math.max(0, to - size), to);
        kept = tryOut({ ...kept, deliveries }, kept.deliveries.length) ?? kept;
      }
    }
    return kept === given ? undefined : kept;
  }

  function withoutPair({ start, deliveries }: Attempt): Attempt | undefined {
    for (let second = deliveries.length - 1; second > 0; second--) {
      const one = without(deliveries, second, second + 1);
      for (let first = second - 1; first >= 0; first--) {
        const left = { start, deliveries: without(one, first, first + 1) };
        const shorter = tryOut(left, deliveries.length);
        if (shorter !== undefined) return shorter;
      }
    }
    return undefined;
  }

  function withAnother(given: Attempt): Attempt | undefined {
    const { start, deliveries } = given;
    for (let at = deliveries.length - 1; at >= 0; at--) {
      for (const other of othersAt(given, at)) {
        const instead = { start, deliveries: deliveries.with(at, other) };
        const changed = tryOut(instead, deliveries.length + 1);
        if (changed === undefined) continue;
        if (changed.deliveries.length < deliveries.length) return changed;
        const shorter = withoutOne(changed);
        if (shorter !== undefined) return shorter;
      }
    }
    return undefined;
  }

  function withoutOne({ start, deliveries }: Attempt): Attempt | undefined {
    for (let at = deliveries.length - 1; at >= 0; at--) {
      const left = { start, deliveries: without(deliveries, at, at + 1) };
      const shorter = tryOut(left, deliveries.length);
      if (shorter !== undefined) return shorter;
    }
    return undefined;
  }

  /** The possible steps of the story from another start, if that is shorter. */
  function fromElsewhere({ start, deliveries }: Attempt): Attempt | undefined {
    for (const other of system.starts) {
      if (other === start) continue;
      const shorter = tryOut({ start: other, deliveries }, deliveries.length);
      if (shorter !== undefined) return shorter;
    }
    return undefined;
  }

  /** The other deliveries that are enabled where the story takes this step. */
  function othersAt({ start, deliveries }: Begun, at: number): readonly number[] {
    if (spent()) return [];
    stepper.restart(start);
    for (const delivery of deliveries.slice(0, at)) stepper.take(delivery);
    return enabledIn(system, stepper.row).filter((delivery) => delivery !== deliveries[at]);
  }

  function tryOut({ start, deliveries }: Begun, shorterThan: number): Attempt | undefined {
    if (spent()) return undefined;
    const found = replayer.attempt(deliveries, start);
    return found !== undefined && found.deliveries.length < shorterThan ? found : undefined;
  }

  function spent(): boolean {
    return replayer.replays() >= maxReplays;
  }
}

/** A story that may violate something. */
type Begun = Omit<Attempt, 'violation'>;

/** Half of a length, a quarter, and so on down to one. */
export function sizesFor(length: number): readonly number[] {
  const sizes: number[] = [];
  for (let size = length; size > 1;) {
    size = Math.ceil(size / 2);
    sizes.push(size);
  }
  return length === 1 ? [1] : sizes;
}

export function without<T>(list: readonly T[], from: number, to: number): readonly T[] {
  return [...list.slice(0, from), ...list.slice(to)];
}
