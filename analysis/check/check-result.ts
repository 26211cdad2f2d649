/** What `check` was asked, and what came out. */
import type { Coverage } from '../../checker/engine/transition-coverage.ts';
import type { ViolatedTrace } from '../../checker/stories/trace-format.ts';
import type { Weaknesses } from './component-faults.ts';
import type { SearchResult } from '../jobs/jobs.ts';
import type { ReportOptions } from '../reports/write-reports.ts';
import type { Verdict } from './verdicts.ts';

export type CheckOptions = ReportOptions & {
  readonly variant: string;
  readonly property?: readonly string[];
  /** Asked for; by default they depend on a scenario's size. */
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
  readonly told: readonly StoredViolation[];
  readonly faults: readonly Fault[];
  /** Of what was explored to its end; undefined where nothing was. */
  readonly coverage?: CoverageNow | undefined;
  /** Only of a variant that is composed of weak ones. */
  readonly weaknesses?: Weaknesses | undefined;
  readonly ended: 'interrupted' | 'timeout' | undefined;
};

/** `lost`: taken before, as pinned, and now never. Only of the first variant in all scenarios. */
export type CoverageNow = Coverage & { readonly lost: readonly string[] };

export type StoredViolation = {
  readonly trace: ViolatedTrace;
  readonly file: string;
  /** Why the file could not be written; undefined where it was. */
  readonly unwritten: string | undefined;
  /** Steps of the random walk it comes from, before shrinking and after it. */
  readonly walked: number | undefined;
  readonly shrunkTo: number;
  /** Why a second run differs from the first. Such a story is not written. */
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
  /** Of a shortest story. */
  readonly steps: number | undefined;
  readonly states: number;
  readonly exploreMs: number;
};
