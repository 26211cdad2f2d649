/** The times of a run: when each step begins, and how long it takes. */
import type { Delivered } from './wording.ts';

/** The deliveries of one step; the first is the action itself. */
export type Cascade = readonly Delivered[];

/** A span of several steps, with moments in it. In milliseconds. */
export type Span = {
  readonly name: string;
  readonly kind: string;
  /** The column above which it is drawn. */
  readonly column: string;
  readonly startMs: number;
  /** Null if the run ends before it. */
  readonly endMs: number | null;
  readonly moments: readonly { readonly what: string; readonly ms: number }[];
};

export type Timing = {
  readonly steps: readonly {
    readonly column: string;
    readonly startMs: number;
    readonly durationMs: number;
    /** What most of it is spent on, in a few words that steps share; its action where absent. */
    readonly work?: string;
  }[];
  readonly spans: readonly Span[];
  /** When the last step ends. */
  readonly elapsedMs: number;
};

/** The cost of a run, as a document and in lines. */
export type Cost = {
  readonly elapsedMs: number;
  /** Plain data, without the story's own names. Numbers whose names end in Ms are milliseconds. */
  readonly document: { readonly [field: string]: unknown };
  readonly lines: readonly string[];
};

/** How much there is to do in a run, by the names of `Sized.sizes`. */
export type Sizes = { readonly [size: string]: number };

/**
 * Runs that are priced by their size, without a trace: `cost --pages 50 --files 4`. A run takes what is
 * enabled first, until nothing is.
 */
export type Sized<Scenario> = {
  /** What can be counted: each is the name of an option of `cost`. */
  readonly sizes: readonly string[];
  /** Why there is no run of these sizes, in one phrase; undefined where there is one. */
  readonly problem: (sizes: Sizes) => string | undefined;
  readonly scenario: (sizes: Sizes) => Scenario;
  /** Event types that are taken only where nothing else is enabled. */
  readonly last: ReadonlySet<string>;
  readonly cost: (deliveries: readonly Cascade[], sizes: Sizes) => Cost;
};
