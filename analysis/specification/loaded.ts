/**
 * A specification as the verbs use it: with defaults for what its author left out, with its source, so
 * that a worker thread can load the same, and with the place of its stored traces.
 */
import type { AnySpecification } from '../../checker/specification/specification.ts';
import type { Wording } from '../../checker/specification/wording.ts';
import { plainWording } from '../../checker/wording/plain-wording.ts';

/** URLs of modules and files, as named on the command line. */
export type Source = {
  /** Its default export is the specification. */
  readonly specification: string;
  /** More variants, scenarios and properties, one in each file. */
  readonly variants: readonly string[];
  readonly scenarios: readonly string[];
  readonly properties: readonly string[];
};

/** The place of the stored traces and pinned counts of a specification. */
export type Home = {
  /** An absolute folder; stored files are named relative to it, with slashes. */
  readonly base: string;
  /** The folder of stored files in it: "traces". */
  readonly folder: string;
  /** The file in `base` that lists accepted changes. */
  readonly changelog: string;
  /** Why nothing may be stored there; undefined if it may. */
  readonly isReadOnly?: string | undefined;
};

export type Loaded = Omit<AnySpecification, 'wording' | 'noun'> & {
  readonly source: Source;
  readonly home: Home;
  /** The word for a variant. */
  readonly noun: string;
  readonly words: Wording;
  /** Its option on the command line: " --spec lease.mjs"; empty if none is needed. */
  readonly options: string;
};

export function loadedFrom(
  { wording, noun = 'variant', ...specification }: AnySpecification,
  from: Pick<Loaded, 'source' | 'home' | 'options'>,
): Loaded {
  return { ...specification, noun, words: { ...plainWording, ...wording }, ...from };
}

/** The option that names a variant: Sprite has its own word for it, other specifications do not. */
export function variantOption({ noun }: Pick<Loaded, 'noun'>): '--kernel' | '--variant' {
  return noun === 'kernel' ? '--kernel' : '--variant';
}

/** The variant on which every property should hold; every fault is a change of it. */
export function repairedOf({ variants }: Pick<Loaded, 'variants'>): string {
  return variants[0]?.id ?? '';
}
