/**
 * A specification as the verbs work with it: what its author left out is filled in, and it is known
 * where it comes from, so that a worker thread can load the same, and where its stories are stored.
 */
import type { AnySpecification } from '../../checker/specification/specification.ts';
import type { Wording } from '../../checker/specification/wording.ts';
import { plainWording } from '../../checker/wording/plain-wording.ts';

/** URLs of modules and files: what somebody named on the command line. */
export type Source = {
  /** Its default export is the specification. */
  readonly specification: string;
  /** More variants, scenarios and properties, one in each file. */
  readonly variants: readonly string[];
  readonly scenarios: readonly string[];
  readonly properties: readonly string[];
};

/** Where stories and pinned counts of a specification are stored. */
export type Home = {
  /** An absolute folder; stored files are named relative to it, with slashes. */
  readonly base: string;
  /** The folder of stored files in it: "traces". */
  readonly folder: string;
  /** Where an accepted change is told, in `base`. */
  readonly changelog: string;
  /** Why nothing may be stored there; undefined where it may. */
  readonly isReadOnly?: string | undefined;
};

export type Loaded = Omit<AnySpecification, 'wording' | 'noun'> & {
  readonly source: Source;
  readonly home: Home;
  /** What people call a variant. */
  readonly noun: string;
  readonly words: Wording;
  /** How it is named on the command line: " --spec lease.mjs"; empty where nobody needs to. */
  readonly options: string;
};

export function loadedFrom(
  { wording, noun = 'variant', ...specification }: AnySpecification,
  from: Pick<Loaded, 'source' | 'home' | 'options'>,
): Loaded {
  return { ...specification, noun, words: { ...plainWording, ...wording }, ...from };
}

/** As commands name a variant: Sprite has a word of its own for it, other specifications do not. */
export function variantOption({ noun }: Pick<Loaded, 'noun'>): '--kernel' | '--variant' {
  return noun === 'kernel' ? '--kernel' : '--variant';
}

/** The variant that should hold, and that every fault is a change of. */
export function repairedOf({ variants }: Pick<Loaded, 'variants'>): string {
  return variants[0]?.id ?? '';
}
