/** The files with pinned results, relative to the base of a home, with slashes. */
import type { Home } from '../specification/loaded.ts';

export type StoredNames = {
  /** The counts of every small scenario. */
  readonly counts: string;
  /** The counts of the first states of every other scenario. */
  readonly bounded: string;
  /** The scenarios that test each property. */
  readonly tested: string;
  /** In which small scenarios each situation of the specification's tables is reached. */
  readonly situations: string;
  /** The transitions that some small scenario takes. */
  readonly taken: string;
  /** The list of all traces. */
  readonly stories: string;
  /** The folders whose traces are generated from the specification. */
  readonly faults: string;
  readonly walkthroughs: string;
};

export function storedNames({ folder }: Pick<Home, 'folder'>): StoredNames {
  return {
    counts: `${folder}/explore.baseline.json`,
    bounded: `${folder}/bounded.baseline.json`,
    tested: `${folder}/properties.baseline.json`,
    situations: `${folder}/situations.baseline.json`,
    taken: `${folder}/transitions.baseline.json`,
    stories: `${folder}/stories.baseline.json`,
    faults: `${folder}/faults`,
    walkthroughs: `${folder}/walkthroughs`,
  };
}
