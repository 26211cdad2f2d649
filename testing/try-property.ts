/** One property of one kernel in one scenario: explored, and walked where the space did not close. */
import { explore, type Exploration } from '../checker/search/explore.ts';
import { EVERY_EVENT_IS_SPECIFIED } from '../checker/claims/unspecified-event.ts';
import type { Violation } from '../checker/claims/monitor.ts';
import type { Property } from '../checker/specification/property.ts';
import type { Step } from '../checker/specification/protocol.ts';
import { checkRandom } from '../checker/random/random-check.ts';
import type { Trace, ViolatedTrace } from '../checker/stories/trace-format.ts';
import { finishIn } from '../analysis/check/finish-counterexample.ts';
import { instanceWith, type Instance } from '../analysis/specification/instance.ts';
import { loadedSprite } from './sprite.ts';
import type { Kernel } from '../model/kernel.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';

export type Bounds = {
  /** Distinct states of the exhaustive search. */
  readonly maxStates: number;
  /** Random walks, where that search met its bound; 0 for none. */
  readonly runs: number;
  readonly seed: number;
  readonly maxSteps: number;
};

export type Asked = {
  readonly kernel: Kernel;
  /** As a trace names it. */
  readonly kernelName: string;
  readonly scenario: Scenario;
  readonly property: Property<Scenario>;
  readonly bounds: Bounds;
  /** Whether an event that nobody specified counts as well. */
  readonly orUnspecified: boolean;
};

export type Tried = {
  readonly instance: Instance;
  readonly search: Exploration;
  /** Random runs made. */
  readonly runs: number;
  /** Whether what puts the property to the test was reached. */
  readonly tested: boolean;
  readonly violated: ViolatedTrace | undefined;
};

/** Throws where a story, run again by XState alone, ends otherwise: a mistake of the checker. */
export function tryProperty(asked: Asked): Tried {
  const { kernel, scenario, property, bounds } = asked;
  const instance = instanceWith(loadedSprite, kernel, { scenario, asked: [property] });
  const { system, claims, witnesses } = instance;
  const { maxStates } = bounds;
  const search = explore(system, { claims, witnesses, maxStates, stopAt: counts });
  const first = search.found.find(({ violation }) => counts(violation));
  if (first !== undefined) {
    const violated = storyOf(first, { found: 'exhaustive' });
    return { instance, search, runs: 0, tested: true, violated };
  }
  if (search.ending === 'closed' || bounds.runs === 0) {
    const tested = search.unreached.length === 0;
    return { instance, search, runs: 0, tested, violated: undefined };
  }
  const walks = checkRandom(system, claims, witnesses, { ...bounds, stopAt: counts });
  const { found, runs, seed, unreached } = walks;
  return {
    instance,
    search,
    runs,
    tested: search.unreached.length === 0 || unreached.length === 0 || found !== undefined,
    violated: found && storyOf(found, { found: 'random', seed, path: found.path }),
  };

  function counts(violation: Violation): boolean {
    if (violation.property === property.id) return true;
    return asked.orUnspecified && violation.property === EVERY_EVENT_IS_SPECIFIED;
  }

  function storyOf(
    { violation, steps }: { readonly violation: Violation; readonly steps: readonly Step[] },
    provenance: Trace['provenance'],
  ): ViolatedTrace {
    const isShortest = provenance.found === 'exhaustive';
    const told = { variant: asked.kernelName, property: violation.property, steps, provenance };
    const { trace, differs } = finishIn(instance, { ...told, isShortest, maxStates }, () => true);
    if (trace !== undefined && differs === undefined) return trace;
    throw new Error(`two runs of one story differ: ${differs ?? 'the second violates nothing'}`);
  }
}
