/** The variants that a property should catch: known faults, each with the scenario in which it shows. */
import { sizeOf, type Culprit } from '../../checker/specification/specification.ts';
import type { Loaded } from './loaded.ts';

export type KnownFault = {
  readonly id: string;
  readonly title: string;
  /** Its source; empty if not known. */
  readonly record: string;
  readonly caughtBy: readonly string[];
  /** A name; if a fault names none, the first small scenario. */
  readonly scenario: string;
  readonly culprit?: Culprit | undefined;
};

export function faultsOf({ variants, scenarios }: Loaded): readonly KnownFault[] {
  const first = scenarios.find((scenario) => sizeOf(scenario) === 'small')?.name ?? '';
  return variants
    .filter(({ caughtBy = [] }) => caughtBy.length > 0)
    .map(({ id, title = '', record = '', caughtBy = [], scenario = first, culprit }) => ({
      id,
      title,
      record,
      caughtBy,
      scenario,
      culprit,
    }));
}
