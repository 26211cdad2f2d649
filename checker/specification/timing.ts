/** What a specification may say of time: when each step of a run begins, and how long it takes. */
import type { Delivered } from './wording.ts';

/** One step, delivery by delivery; the first is the action itself. */
export type Telling = readonly Delivered[];

/** Something that lasts for several steps, and the moments in it. Milliseconds. */
export type Span = {
  readonly name: string;
  readonly kind: string;
  /** The column over which it is drawn. */
  readonly column: string;
  readonly startMs: number;
  /** Null where the run ends before. */
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

/** What a run costs, as a document and in lines. */
export type Cost = {
  readonly elapsedMs: number;
  /** Plain data, without the story's own names. Numbers are milliseconds where their names say so. */
  readonly document: { readonly [field: string]: unknown };
  readonly lines: readonly string[];
};
