/**
 * Which steps of a story matter. Each step is left out, each two neighbors are swapped, and for each two
 * steps the later one is taken first.
 *
 *   A changed story is replayed leniently: steps that are not possible are skipped. Either it still
 *   violates the same property, or the change has avoided the violation.
 */
import { explore } from '../search/explore.ts';
import type { Claim } from '../specification/property.ts';
import type { Story } from '../specification/protocol.ts';
import { deliveriesOf } from './lenient-replay.ts';
import { createStepper, type Stepper } from './stepper.ts';
import type { System } from '../engine/system.ts';

type Violating = Story & { readonly property: string };

export type LeftOut = {
  /** Counted from 1. */
  readonly step: number;
  readonly stillViolates: boolean;
  /** Later steps that are no longer possible without this one. */
  readonly lost: readonly number[];
};

/** The story without each of its steps. */
export function withoutEach(
  system: System,
  claims: readonly Claim[],
  { start, steps, property }: Violating,
): readonly LeftOut[] {
  const deliveries = deliveriesOf(system, steps) ?? [];
  const stepper = stepperFor(system, claims, property);
  return deliveries.map((_, left) => {
    const lost: number[] = [];
    let stillViolates = isViolated(stepper.restart(start), property);
    for (const [index, delivery] of deliveries.entries()) {
      if (stillViolates) break;
      if (index === left) continue;
      const said = stepper.take(delivery);
      if (typeof said === 'string') lost.push(index + 1);
      else stillViolates = isViolated(said, property);
    }
    stillViolates ||= isViolated(stepper.end(), property);
    return { step: left + 1, stillViolates, lost };
  });
}

export type Needed =
  /** No run without such a step violates the property: every world was visited. */
  | { readonly kind: 'needed'; readonly states: number }
  | { readonly kind: 'not needed'; readonly steps: number }
  | { readonly kind: 'unknown'; readonly states: number };

/** Whether some run of the protocol violates the property without steps of some kind. */
export function isNeeded(
  system: System,
  claims: readonly Claim[],
  property: string,
  kind: { readonly is: (delivery: number) => boolean; readonly maxStates: number },
): Needed {
  const { found, ending, states } = explore(system, {
    claims: claims.filter((claim) => claim.property === property),
    allow: (delivery) => !kind.is(delivery),
    maxStates: kind.maxStates,
    stopAt: (violation) => violation.property === property,
  });
  const other = found.find(({ violation }) => violation.property === property);
  if (other !== undefined) return { kind: 'not needed', steps: other.steps.length };
  return { kind: ending === 'closed' ? 'needed' : 'unknown', states };
}

/** The steps that can be swapped with the next one: both orders lead to one world. */
export function swappable(system: System, { start, steps }: Story): readonly number[] {
  const deliveries = deliveriesOf(system, steps) ?? [];
  const stepper = createStepper(system, []);
  return deliveries.flatMap((delivery, index) => {
    const next = deliveries[index + 1];
    if (next === undefined) return [];
    const before = deliveries.slice(0, index);
    const inOrder = after([...before, delivery, next]);
    const swapped = after([...before, next, delivery]);
    return inOrder !== undefined && inOrder === swapped ? [index + 1] : [];
  });

  /** The world after the steps, as a text; undefined if some step is not possible. */
  function after(story: readonly number[]): string | undefined {
    stepper.restart(start);
    const said = story.map((delivery) => stepper.take(delivery));
    return said.every((each) => typeof each !== 'string' && each.length === 0)
      ? stepper.row.join()
      : undefined;
  }
}

/** Counted from 1: `earlier` must come before `later`. */
export type Order = { readonly earlier: number; readonly later: number };

/**
 * The order that the violation needs, without pairs that follow from others. For two steps the later one
 * is taken first: the earlier one is held back, and all other steps are taken in their order as soon as
 * they are possible. The order of the two is needed if the property is then not violated. (Other orders
 * of the rest are not tried.) Equal steps keep their order, because the two orders are the same.
 */
export function necessaryOrder(
  system: System,
  claims: readonly Claim[],
  { start, steps, property }: Violating,
): readonly Order[] {
  const deliveries = deliveriesOf(system, steps) ?? [];
  const stepper = stepperFor(system, claims, property);
  const length = deliveries.length;
  const needed = Array.from({ length }, () => new Set<number>());
  for (let distance = 1; distance < length; distance++) {
    for (let earlier = 0; earlier + distance < length; earlier++) {
      const later = earlier + distance;
      if (follows(earlier, later) || !violatesWith(earlier, later)) needed[earlier]?.add(later);
    }
  }
  return needed.flatMap((laters, earlier) =>
    [...laters]
      .filter((later) => !follows(earlier, later))
      .map((later) => ({ earlier: earlier + 1, later: later + 1 })),
  );

  /** Whether the pair follows from shorter pairs, or from the names of the two steps. */
  function follows(earlier: number, later: number): boolean {
    if (deliveries[earlier] === deliveries[later]) return true;
    return [...(needed[earlier] ?? [])].some(
      (between) => between < later && needed[between]?.has(later) === true,
    );
  }

  function violatesWith(earlier: number, later: number): boolean {
    const left = new Set(deliveries.keys());
    if (isViolated(stepper.restart(start), property)) return true;
    for (;;) {
      const next = nextOf(left, left.has(later) ? earlier : -1);
      if (next === undefined) return isViolated(stepper.end(), property);
      if (next === 'violated') return true;
      left.delete(next);
    }
  }

  /** Takes the first of these steps that is possible, but not the one held back, nor its equals. */
  function nextOf(left: ReadonlySet<number>, held: number): number | 'violated' | undefined {
    for (const index of left) {
      if (held >= 0 && deliveries[index] === deliveries[held] && index >= held) continue;
      const said = stepper.take(deliveries[index] as number);
      if (typeof said === 'string') continue;
      return isViolated(said, property) ? 'violated' : index;
    }
    return undefined;
  }
}

function stepperFor(system: System, claims: readonly Claim[], property: string): Stepper {
  return createStepper(
    system,
    claims.filter((claim) => claim.property === property),
  );
}

function isViolated(violations: readonly { readonly property: string }[], asked: string): boolean {
  return violations.some(({ property }) => property === asked);
}
