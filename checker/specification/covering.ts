/**
 * Which situations the small scenarios reach. A table of situations is written down before it is
 * measured: a case that the scenarios were not written for is a row of it, too. Each
 * is reached in some small scenario, or cannot be, for a reason that says why.
 */
import type { StepTaken } from './property.ts';
import type { Look } from './protocol.ts';

/** A table of situations, for scenarios of type S. */
export type Covering<S> = {
  /** One word, as what is pinned names it. */
  readonly id: string;
  /** What they are, in the plural: "cases of sharing a file". */
  readonly what: string;
  /** The page that shows it, relative to where stories are stored. */
  readonly page: string;
  /** All of them, by name, in the order of the table. */
  readonly situations: readonly string[];
  /** Why this one cannot be reached; undefined where it can. */
  readonly impossible: (situation: string) => string | undefined;
  /** The situations that a state is an example of. */
  readonly inState?: (scenario: S) => readonly ((look: Look) => readonly string[])[];
  /** Those that a step is, by the state before it, what was done, and the state after it. */
  readonly onStep?: (
    scenario: S,
  ) => readonly ((before: Look, step: StepTaken, after: Look) => readonly string[])[];
};
