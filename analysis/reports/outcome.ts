/**
 * The content of a report: one outcome for each thing that was checked, whatever the verb. Plain data, from
 * which junit.ts and sarif.ts make files.
 */

export type Outcome = {
  /**
   * Names the same thing in every run: without numbers that depend on a run, seeds and lines.
   * "sprite/double-migration/one-offset".
   */
  readonly id: string;
  readonly what: 'property' | 'trace' | 'baseline' | 'transitions' | 'fault';
  /** Empty if no scenario tested it. */
  readonly scenario: string;
  readonly variant: string;
  /** For a fault, the property that caught it, or was expected to. */
  readonly property?: string;
  /** The word that the verb prints: "PROVEN", "CAUGHT", "stale". */
  readonly verdict: string;
  /** `skipped` means nothing, and is no mistake; `--strict` counts `unknown` as an error. */
  readonly status: 'passed' | 'failed' | 'unknown' | 'skipped';
  /** Compared with the stored violations: a new one, the same, another one, or one that is gone. */
  readonly before?: BeforeState;
  /** One line. */
  readonly message: string;
  /** The story, as it is printed on a terminal. */
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
  /** ISO 8601, UTC. Only in JUnit: SARIF has no times, and is the same in every run. */
  readonly startedAt: string;
  readonly seconds: number;
  /** If the times of the outcomes are from an earlier run: when that run ended. */
  readonly timesOf?: string;
  readonly exitCode: number;
  /** Whether unknown outcomes count as errors. */
  readonly strict: boolean;
  /** Seed and bounds, by the names of their options. */
  readonly asked: { readonly [name: string]: string | number };
};
