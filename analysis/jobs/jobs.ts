/**
 * What a worker thread may be asked to do, and what it answers. Everything is plain data and names
 * things, so that it can be sent to a thread and says the same in each.
 */
import type { Counts } from '../../checker/engine/asked-twice.ts';
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
  /** Those of these that apply in the scenario are looked at. */
  readonly properties: readonly string[];
  /** How far a claim looks ahead of a state: see `Claim`. */
  readonly maxAhead?: number | undefined;
};

export type ExhaustiveJob = Place & {
  readonly kind: 'exhaustive';
  readonly maxStates: number;
  /** Ends at the first violation of one of these; without them every property's first is found. */
  readonly until: readonly string[];
  /** Whether the situations that it reaches are told. */
  readonly tellSituations?: true;
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

/** Holds a stored story against its variant as it stands, and looks nearby where it no longer fails. */
export type ReplayJob = Place & {
  readonly kind: 'replay';
  readonly trace: Trace;
  readonly rebase: RebaseOptions;
};

/** Which variants end alone in what was found in the variant that is composed of them. */
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
  /** Nobody waited for its end: how far it came is known; `measuredOf` says what is not. */
  readonly isUnfinished?: true;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly stuck: number;
  readonly found: readonly Found[];
  /** What the protocol says of states in which nothing is enabled; absent where it says nothing. */
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
  /** Of each table of the specification, those that are reached; where they were asked for. */
  readonly situations?: SituationsReached;
  readonly hints: Hints;
  /** Answers of machines, offers, observations, views and claims; those asked for twice were the same. */
  readonly asked: Counts;
  readonly exploreMs: number;
};

export type RandomFind = Story & {
  readonly violation: Violation;
  readonly walked: number;
  readonly path: string;
};

export type RandomResult = {
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
  readonly asked: Counts;
  readonly walkMs: number;
};

export type StoryResult = {
  readonly kind: 'story';
  /** Undefined where the story does not violate the property. */
  readonly trace: ViolatedTrace | undefined;
  /** Steps before shrinking, and after it, before the certificate's search. */
  readonly given: number;
  readonly shrunkTo: number;
  /** Why a second run of the story differs from the first: never, unless something is wrong. */
  readonly differs: string | undefined;
  readonly alsoIn: readonly string[];
  /** Nobody waited for the end: that there is no trace says nothing. */
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
  /** Undefined where the story still ends as it should, or violated nothing in the first place. */
  readonly rebased: Rebased | undefined;
  /** With making the subject, which takes longer than a short story. */
  readonly replayMs: number;
};

/** Nobody waited for the replay: nothing is known of it. */
export type Undone = { readonly kind: 'undone' };

export type BlameResult = {
  readonly kind: 'blame';
  readonly scenario: string;
  readonly shows: readonly { readonly variant: string; readonly property: string }[];
};

export type JobResult =
  | ExhaustiveResult
  | RandomResult
  | StoryResult
  | ReplayResult
  | Undone
  | DiffResult
  | BlameResult;

export type SearchResult = ExhaustiveResult | RandomResult;

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

/** Memory that all threads share: `stop[0]` is 1 once everybody must end. */
export type Board = { readonly stop: Int32Array; readonly progress: Float64Array };

export type Task = {
  readonly job: Job;
  readonly index: number;
  readonly board: Board;
  /** What the job's names are names of. */
  readonly source: Source;
};

/** The model cannot be run: what is wrong with it, in one line. */
export type Broken = { readonly kind: 'broken'; readonly why: string };
