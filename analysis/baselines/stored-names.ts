/** The files in which something is pinned, relative to the base of a home, with slashes. */
import type { Home } from '../specification/loaded.ts';

export type StoredNames = {
  /** The counts of every small scenario. */
  readonly counts: string;
  /** Of every other, those of its first states. */
  readonly bounded: string;
  /** Where each property is put to the test. */
  readonly tested: string;
  /** In which small scenarios each situation of the specification's tables is reached. */
  readonly situations: string;
  /** The transitions that some small scenario takes. */
  readonly taken: string;
  /** Which stories should be there. */
  readonly stories: string;
  /** The folders whose stories are made from the specification. */
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
