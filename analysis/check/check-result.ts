/** The options of `check`, and its results. */
import type { Coverage } from '../../checker/engine/transition-coverage.ts';
import type { ViolatedTrace } from '../../checker/stories/trace-format.ts';
import type { ComponentFaults } from './component-faults.ts';
import type { SearchResult } from '../jobs/jobs.ts';
import type { ReportOptions } from '../reports/write-reports.ts';
import type { Verdict } from './verdicts.ts';

export type CheckOptions = ReportOptions & {
  readonly variant: string;
  readonly property?: readonly string[];
  /** On request; by default they depend on a scenario's size. */
  readonly runs?: number;
  readonly seed: number;
  readonly maxSteps: number;
  readonly maxStates: number;
  readonly maxAhead: number;
  readonly timeout?: number;
  readonly workers: number;
  readonly exhaustive?: true;
  readonly random?: true;
  readonly strict?: true;
  readonly coverage?: true;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly json?: true;
  readonly out: string;
};

export type CheckResult = {
  readonly variant: string;
  readonly options: CheckOptions;
  readonly results: readonly SearchResult[];
  readonly verdicts: readonly Verdict[];
  readonly stories: readonly StoredViolation[];
  readonly faults: readonly Fault[];
  /** For searches that visited every state; undefined if there were none. */
  readonly coverage?: CoverageNow | undefined;
  /** Only for a variant that is composed of faulty ones. */
  readonly weaknesses?: ComponentFaults | undefined;
  readonly ended: 'interrupted' | 'timeout' | undefined;
};

/** `lost`: taken when they were pinned, and not taken now. Only for the first variant in all scenarios. */
export type CoverageNow = Coverage & { readonly lost: readonly string[] };

export type StoredViolation = {
  readonly trace: ViolatedTrace;
  readonly file: string;
  /** The reason why the file could not be written; undefined if it was. */
  readonly unwritten: string | undefined;
  /** Steps of the random walk it comes from, before shrinking and after it. */
  readonly walked: number | undefined;
  readonly shrunkTo: number;
  /** How a second run differs from the first. Such a story is not written. */
  readonly differs: string | undefined;
  /** The single faults in whose variants the story fails as well. */
  readonly alsoIn: readonly string[];
};

export type Fault = {
  readonly fault: string;
  readonly title: string;
  readonly scenario: string;
  readonly verdict: 'CAUGHT' | 'MISSED' | 'UNKNOWN';
  readonly by: string | undefined;
  /** Number of steps of a shortest counterexample. */
  readonly steps: number | undefined;
  readonly states: number;
  readonly exploreMs: number;
};
