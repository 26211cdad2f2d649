/**
 * The jobs of worker threads, and their results. Everything is plain data and refers to things by name, so
 * it can be sent to a thread and has the same meaning there.
 */
import type { AnswerCounts } from '../../checker/engine/asked-twice.ts';
import type { Hints } from '../../checker/engine/search-hints.ts';
import type { Coverage } from '../../checker/engine/transition-coverage.ts';
import type { Diff } from '../../checker/compare/diff.ts';
import type { Ending, Found } from '../../checker/search/explore.ts';
import type { Violation } from '../../checker/claims/monitor.ts';
import type { Story } from '../../checker/specification/protocol.ts';
import type { RebaseOptions } from '../../checker/stories/rebase.ts';
import type { Replay } from '../../checker/stories/replay-verdict.ts';
import type { Trace, ViolatedTrace } from '../../checker/stories/trace-format.ts';
import type { SituationsReached } from '../check/situations.ts';
import type { Source } from '../specification/loaded.ts';
import type { Rebased } from '../stories/rebase-trace.ts';

type Place = {
  readonly variant: string;
  readonly scenario: string;
  /** The ones that apply in the scenario are checked. */
  readonly properties: readonly string[];
  /** How far a claim looks ahead of a state: see `Claim`. */
  readonly maxAhead?: number | undefined;
};

export type ExhaustiveJob = Place & {
  readonly kind: 'exhaustive';
  readonly maxStates: number;
  /** Ends at the first violation of one of these; without them the first violation of every property is found. */
  readonly until: readonly string[];
  /** Whether the situations that it reaches are reported. */
  readonly reportSituations?: true;
};

export type RandomJob = Place & {
  readonly kind: 'random';
  readonly runs: number;
  readonly seed: number;
  readonly maxSteps: number;
};

/** Shrinks a story, certifies it and runs it a second time. */
export type StoryJob = Place &
  Story & {
    readonly kind: 'story';
    readonly property: string;
    readonly provenance: Trace['provenance'];
    /** The story was found breadth first. */
    readonly isShortest: boolean;
    readonly maxStates: number;
    /** Kernels in which the story is tried as well. */
    readonly alsoIn: readonly string[];
  };

/** A variant to compare: of the specification, or of an earlier revision of it. */
export type SideSpec = {
  readonly variant: string;
  /** The URL of that revision as one module. */
  readonly revision?: string | undefined;
};

/** Compares what can be observed of two variants in one scenario. */
export type DiffJob = {
  readonly kind: 'diff';
  readonly scenario: string;
  readonly sides: readonly [SideSpec, SideSpec];
  /** Every step counts as observed. */
  readonly internal: boolean;
  readonly maxStates: number;
};

/** Replays a stored trace on its present variant, and searches nearby if it no longer fails. */
export type ReplayJob = Place & {
  readonly kind: 'replay';
  readonly trace: Trace;
  readonly rebase: RebaseOptions;
};

/** Finds the single variants that show the same violations as the variant composed of them. */
export type BlameJob = Place & {
  readonly kind: 'blame';
  readonly stories: readonly (Story & { readonly violation: Violation })[];
  readonly alone: readonly string[];
};

export type Job = ExhaustiveJob | RandomJob | StoryJob | ReplayJob | DiffJob | BlameJob;

export type ExhaustiveResult = {
  readonly kind: 'exhaustive';
  readonly scenario: string;
  readonly applied: readonly string[];
  readonly ending: Ending;
  /** It was ended early: its progress is known; `measuredOf` leaves out what is not. */
  readonly isUnfinished?: true;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly stuck: number;
  readonly found: readonly Found[];
  /** The protocol's text about terminal states; absent if it has none. */
  readonly deadlock?: string;
  /** Properties with a claim that met the bound of what it looks ahead. */
  readonly undecided: readonly string[];
  /** Properties whose witness was not reached. */
  readonly unreached: readonly string[];
  readonly machineRuns: number;
  readonly bytesPerState: number;
  /** The ten cells with the most local states. */
  readonly census: readonly { readonly cell: string; readonly locals: number }[];
  readonly coverage: Coverage;
  /** The situations reached, for each table of the specification; only on request. */
  readonly situations?: SituationsReached;
  readonly hints: Hints;
  /** Number of answers of machines, offers, observations, views and claims, and of those computed twice. */
  readonly asked: AnswerCounts;
  readonly exploreMs: number;
};

export type RandomFind = Story & {
  readonly violation: Violation;
  readonly walked: number;
  readonly path: string;
};

export type RandomJobResult = {
  readonly kind: 'random';
  readonly scenario: string;
  readonly applied: readonly string[];
  readonly runs: number;
  readonly steps: number;
  readonly seed: number;
  readonly found: readonly RandomFind[];
  readonly deadlock?: string;
  readonly undecided: readonly string[];
  readonly unreached: readonly string[];
  readonly interrupted: boolean;
  readonly isUnfinished?: true;
  readonly asked: AnswerCounts;
  readonly walkMs: number;
};

export type StoryResult = {
  readonly kind: 'story';
  /** Undefined if the story does not violate the property. */
  readonly trace: ViolatedTrace | undefined;
  /** Steps before shrinking, and after it, before the certificate's search. */
  readonly given: number;
  readonly shrunkTo: number;
  /** How a second run of the story differs from the first; this happens only after an error of ours. */
  readonly differs: string | undefined;
  readonly alsoIn: readonly string[];
  /** The job was ended early: a missing trace has no meaning. */
  readonly isUnfinished?: true;
};

export type DiffResult = {
  readonly kind: 'diff';
  readonly scenario: string;
  readonly diff: Diff;
  readonly diffMs: number;
};

export type ReplayResult = {
  readonly kind: 'replay';
  readonly replay: Replay;
  /** Undefined if the trace still ends as stored, or was stored without a violation. */
  readonly rebased: Rebased | undefined;
  /** Includes the time to make the instance, which is longer than that of a short story. */
  readonly replayMs: number;
};

/** The replay was ended early: nothing is known of it. */
export type Undone = { readonly kind: 'undone' };

export type BlameResult = {
  readonly kind: 'blame';
  readonly scenario: string;
  readonly shows: readonly { readonly variant: string; readonly property: string }[];
};

export type JobResult =
  | ExhaustiveResult
  | RandomJobResult
  | StoryResult
  | ReplayResult
  | Undone
  | DiffResult
  | BlameResult;

export type SearchResult = ExhaustiveResult | RandomJobResult;

/** One job's progress, in a row of numbers that the worker writes and the main thread reads. */
export const PROGRESS = {
  states: 0,
  expanded: 1,
  depth: 2,
  runs: 3,
  steps: 4,
  isDone: 5,
  transitions: 6,
} as const;
export const PROGRESS_FIELDS = 7;

/** Memory that all threads share: `stop[0]` is 1 when all threads must end. */
export type Board = { readonly stop: Int32Array; readonly progress: Float64Array };

export type Task = {
  readonly job: Job;
  readonly index: number;
  readonly board: Board;
  /** The specification to which the job's names refer. */
  readonly source: Source;
};

/** The model cannot be run: its error, in one line. */
export type Broken = { readonly kind: 'broken'; readonly why: string };
