/** The variants that somebody should catch: known faults, each with the scenario in which it shows. */
import { sizeOf, type Culprit } from '../../checker/specification/specification.ts';
import type { Loaded } from './loaded.ts';

export type KnownFault = {
  readonly id: string;
  readonly title: string;
  /** Where it comes from; empty where nobody says. */
  readonly record: string;
  readonly caughtBy: readonly string[];
  /** By name. Of a fault that names none, the first small one. */
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
