/** One property of one variant in one scenario: explored, and walked where the space did not close. */
import { explore, type Exploration } from '../checker/search/explore.ts';
import { isOwnProperty } from '../checker/claims/own-properties.ts';
import type { Violation } from '../checker/claims/monitor.ts';
import type { Property } from '../checker/specification/property.ts';
import type { Story } from '../checker/specification/protocol.ts';
import { checkRandom } from '../checker/random/random-check.ts';
import type { Trace, ViolatedTrace } from '../checker/stories/trace-format.ts';
import { finishIn } from '../analysis/check/finish-counterexample.ts';
import { instanceWith, type CheckedInstance } from '../analysis/specification/instance.ts';
import type { Loaded } from '../analysis/specification/loaded.ts';
import type { ScenarioBase } from '../checker/specification/specification.ts';

export type TrialBounds = {
  /** Distinct states of the exhaustive search. */
  readonly maxStates: number;
  /** States that a claim may look ahead of each. */
  readonly maxAhead: number;
  /** Random walks, where that search met its bound; 0 for none. */
  readonly runs: number;
  readonly seed: number;
  readonly maxSteps: number;
};

/** What a test is about. */
export type Tested = {
  readonly spec: Loaded;
  /** Of the variant. */
  readonly value: unknown;
  /** As messages and traces name the variant. */
  readonly id: string;
  /** The function that was called, for messages. */
  readonly where: string;
  readonly failure: (message: string, trace?: ViolatedTrace) => Error;
  /** What to do with a kept story, a line each. */
  readonly afterRepair: (kept: string) => readonly string[];
};

export type TrialOptions = {
  readonly tested: Tested;
  readonly scenario: ScenarioBase;
  readonly property: Property<ScenarioBase>;
  readonly bounds: TrialBounds;
  /** Whether an unspecified event counts as well. */
  readonly orUnspecified: boolean;
};

export type Tried = {
  readonly instance: CheckedInstance;
  readonly search: Exploration;
  /** Random runs made. */
  readonly runs: number;
  /** Whether a claim of it looked ahead as far as it may, and had no answer. */
  readonly undecided: boolean;
  /** Whether what puts the property to the test was reached. */
  readonly tested: boolean;
  readonly violated: ViolatedTrace | undefined;
};

/** Throws where a story, run again by XState alone, ends otherwise: a mistake of the checker. */
export function tryProperty(asked: TrialOptions): Tried {
  const { tested, scenario, property, bounds } = asked;
  const { maxAhead } = bounds;
  const instance = instanceWith(tested.spec, tested.value, {
    scenario,
    asked: [property],
    maxAhead,
  });
  const { system, claims, witnesses } = instance;
  const { maxStates } = bounds;
  const search = explore(system, { claims, witnesses, maxStates, stopAt: counts });
  const first = search.found.find(({ violation }) => counts(violation));
  if (first !== undefined) {
    const violated = storyOf(first, { found: 'exhaustive' });
    return { instance, search, runs: 0, tested: true, undecided: false, violated };
  }
  const undecided = search.undecided.length > 0;
  if (search.ending === 'closed' || bounds.runs === 0) {
    const wasTested = search.unreached.length === 0;
    return { instance, search, runs: 0, tested: wasTested, undecided, violated: undefined };
  }
  const walks = checkRandom(system, claims, witnesses, { ...bounds, stopAt: counts });
  const { found, runs, seed, unreached } = walks;
  return {
    instance,
    search,
    runs,
    tested: search.unreached.length === 0 || unreached.length === 0 || found !== undefined,
    undecided: undecided || walks.undecided.length > 0,
    violated: found && storyOf(found, { found: 'random', seed, path: found.path }),
  };

  function counts(violation: Violation): boolean {
    if (violation.property === property.id) return true;
    return asked.orUnspecified && isOwnProperty(violation.property);
  }

  function storyOf(
    { violation, start, steps }: Story & { readonly violation: Violation },
    provenance: Trace['provenance'],
  ): ViolatedTrace {
    const { property: id } = violation;
    const isShortest = provenance.found === 'exhaustive' && !search.undecided.includes(id);
    const storyFound = { variant: tested.id, property: id, start, steps, provenance };
    const { trace, differs } = finishIn(
      instance,
      { ...storyFound, isShortest, maxStates },
      () => true,
    );
    if (trace !== undefined && differs === undefined) return trace;
    throw new Error(`two runs of one story differ: ${differs ?? 'the second violates nothing'}`);
  }
}
