/**
 * Tries changed stories: takes the deliveries that are possible and skips the others; the story ends where
 * the property is violated.
 */
import { stepFor } from '../engine/steps.ts';
import type { Violation } from '../claims/monitor.ts';
import type { Claim } from '../specification/property.ts';
import { eventOf, type Step } from '../specification/protocol.ts';
import { createStepper } from './stepper.ts';
import type { System } from '../engine/system.ts';

/** A story that ends in a violation, as delivery numbers of one system. */
export type Attempt = {
  readonly start: string | undefined;
  readonly deliveries: readonly number[];
  readonly violation: Violation;
};

export type Replayer = {
  /**
   * The violating story made of these deliveries; undefined if they violate nothing, or if the start
   * does not exist.
   */
  readonly attempt: (deliveries: readonly number[], start?: string) => Attempt | undefined;
  /** Whether a claim reached the bound of its look ahead in some attempt so far. */
  readonly isUndecided: () => boolean;
  /** Number of attempts so far. */
  readonly replays: () => number;
};

/** A replayer for one property; it does not evaluate claims of other properties. */
export function createReplayer(
  system: System,
  claims: readonly Claim[],
  property: string,
): Replayer {
  const stepper = createStepper(
    system,
    claims.filter((claim) => claim.property === property),
  );
  let replays = 0;
  return { attempt, isUndecided: () => stepper.undecided().length > 0, replays: () => replays };

  function attempt(deliveries: readonly number[], start?: string): Attempt | undefined {
    replays++;
    if (!system.starts.includes(start)) return undefined;
    const [atStart] = stepper.restart(start);
    if (atStart !== undefined) return { start, deliveries: [], violation: atStart };
    const taken: number[] = [];
    for (const delivery of deliveries) {
      const said = stepper.take(delivery);
      if (typeof said === 'string') continue;
      const [violation] = said;
      if (violation === undefined) taken.push(delivery);
      // Otherwise an unspecified event: the step does not happen.
      else if (violation.property === property) {
        return { start, deliveries: [...taken, delivery], violation };
      }
    }
    const atEnd = stepper.end().find((violation) => violation.property === property);
    return atEnd === undefined ? undefined : { start, deliveries: taken, violation: atEnd };
  }
}

/** The numbers of these steps; undefined if a cell is unknown. */
export function deliveriesOf(
  system: System,
  steps: readonly Step[],
): readonly number[] | undefined {
  const names = new Set(system.protocol.cells.map(({ name }) => name));
  if (!steps.every(({ at }) => names.has(at))) return undefined;
  return steps.map((step) => system.delivery(step.at, eventOf(step)));
}

export function stepsOf(system: System, deliveries: readonly number[]): readonly Step[] {
  return deliveries.map((delivery) => stepFor(system, delivery));
}
