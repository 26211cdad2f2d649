/**
 * What a report tells: one outcome for each thing that was looked at, whatever the verb. Plain data;
 * junit.ts and sarif.ts make files of it.
 */

export type Outcome = {
  /**
   * Names the same thing in every run: no numbers that a run decides, no seeds, no lines.
   * "sprite/double-migration/one-offset".
   */
  readonly id: string;
  readonly what: 'property' | 'trace' | 'baseline' | 'transitions' | 'fault';
  /** Empty where no scenario put it to the test. */
  readonly scenario: string;
  readonly variant: string;
  /** Of a fault, the property that caught it, or was expected to. */
  readonly property?: string;
  /** As the verb prints it: "PROVEN", "CAUGHT", "stale". */
  readonly verdict: string;
  /** `skipped` says nothing and is nobody's mistake; `unknown` is what `--strict` complains of. */
  readonly status: 'passed' | 'failed' | 'unknown' | 'skipped';
  /** Against what is stored: a violation that nobody knew, the same, another, or one that is gone. */
  readonly before?: BeforeState;
  /** One line. */
  readonly message: string;
  /** The story, as it is told on a terminal. */
  readonly story?: readonly string[];
  /** Relative to the project, with slashes. */
  readonly trace?: string;
  readonly seconds?: number;
};

export type BeforeState = 'new' | 'unchanged' | 'updated' | 'absent';

/** The run as a whole. */
export type ReportMeta = {
  /** The verb: `check`, `regress`. */
  readonly verb: string;
  readonly version: string;
  /** ISO 8601, UTC. Stands in JUnit only: SARIF has no times, and is the same in every run. */
  readonly startedAt: string;
  readonly seconds: number;
  /** Where the times of the outcomes are not of this run: when the run ended that they are of. */
  readonly timesOf?: string;
  readonly exitCode: number;
  /** Whether the unknown counts as an error. */
  readonly strict: boolean;
  /** Seed and bounds, by the names of their options. */
  readonly asked: { readonly [name: string]: string | number };
};
