/**
 * Expectations about a kernel, for the tests of whoever writes one. They work in Jest and in any
 * other runner: one that fails rejects with an error whose message is the story.
 *
 *   await expectKernel(mine).toHold('one-offset', 'double-migration');
 *   await expectKernel(broken).toBeCaughtBy(myProperty, myScenario, { maxStates: 50_000 });
 *   await expectKernel(mine).toSurvive('stories/lost-count.trace.json');
 *
 * Nothing is claimed that was not searched: a space that does not close is a failure, unless
 * `strength: 'bounded'` asks for no more; and so is a property that was never put to the test.
 */
import { join } from 'node:path';
import { isOwnProperty } from '../checker/claims/own-properties.ts';
import { didYouMean, nearestOf } from '../checker/text/nearest-name.ts';
import { clipped } from '../checker/text/printable.ts';
import type { Property } from '../checker/specification/property.ts';
import { createReplayer, deliveriesOf } from '../checker/stories/lenient-replay.ts';
import { whyNoStart } from '../checker/engine/starts.ts';
import { unknownCell } from '../checker/stories/strict-replay.ts';
import { writeWhole } from '../checker/text/files.ts';
import { printTrace, type ViolatedTrace } from '../checker/stories/trace-format.ts';
import { DEFAULT_MAX_STEPS } from '../checker/random/walk.ts';
import { otherBoundText, subjectWith, type Subject } from '../analysis/specification/instance.ts';
import type { Kernel } from '../model/kernel.ts';
import { kernels } from '../model/kernels/all.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { KernelAssertionError } from './assertion-error.ts';
import { propertyFrom, readViolation, scenarioFrom } from './named.ts';
import {
  idleStoryText,
  searchedText,
  survivedNotText,
  vacuousText,
  violatedText,
  type Expected,
  type Idle,
} from './messages.ts';
import { tryProperty, type Bounds, type Tried } from './try-property.ts';

export { KernelAssertionError } from './assertion-error.ts';

export type ExpectOptions = Partial<Bounds> & {
  /** `proven` (by default): the space must close. `bounded`: it may meet `maxStates`. */
  readonly strength?: 'proven' | 'bounded';
  /** A folder in which the story of a failure is kept, as a trace. */
  readonly keepIn?: string;
};

/** By its name, or as a value of one's own. */
export type PropertyLike = string | Property<Scenario>;
export type ScenarioLike = string | Scenario;

export type KernelExpectations = {
  /** Fails where a story violates the property, or meets an event that nobody specified. */
  readonly toHold: (
    property: PropertyLike,
    scenario: ScenarioLike,
    options?: ExpectOptions,
  ) => Promise<void>;
  /** Fails where no story violates the property. */
  readonly toBeCaughtBy: (
    property: PropertyLike,
    scenario: ScenarioLike,
    options?: ExpectOptions,
  ) => Promise<void>;
  /**
   * Fails where what can still take place of a stored story violates its property, and where the
   * story tests nothing: it names a cell or an action that is there no more, its scenario has other
   * bounds than the file says, or its property has nothing to say there. Of a scenario or property of
   * one's own, give the value: the file only has the name.
   */
  readonly toSurvive: (
    file: string,
    own?: { readonly property?: Property<Scenario>; readonly scenario?: Scenario },
  ) => Promise<void>;
};

const DEFAULTS: Bounds = { maxStates: 100_000, runs: 0, seed: 1989, maxSteps: DEFAULT_MAX_STEPS };

/** A kernel that is not shipped may have a name, by which messages and kept traces call it. */
export function expectKernel(
  kernel: Kernel,
  { name }: { readonly name?: string } = {},
): KernelExpectations {
  const shipped = kernels.find((each) => each.kernel === kernel);
  const kernelName = name ?? shipped?.id ?? 'own-kernel';
  // Async, so that whoever waits is told of bad arguments as of everything else.
  return {
    toHold: async (property, scenario, options = {}) => {
      const expected = expectation(property, scenario);
      const tried = search(expected, options, true);
      if (tried.violated !== undefined) {
        const kept = keep(tried.violated, options.keepIn);
        throw failure(violatedText(expected, tried.subject, tried.violated, kept), tried.violated);
      }
      if (!isEnough(tried, options)) throw failure(searchedText(expected, tried, 'to hold'));
      if (!tried.tested) throw failure(vacuousText(expected, tried));
    },
    toBeCaughtBy: async (property, scenario, options = {}) => {
      const expected = expectation(property, scenario);
      const tried = search(expected, options, false);
      if (tried.violated === undefined)
        throw failure(searchedText(expected, tried, 'to be caught'));
      keep(tried.violated, options.keepIn);
    },
    toSurvive: async (file, own = {}) => {
      const trace = readViolation(file);
      const scenario = own.scenario ?? scenarioFrom(trace.scenario.name);
      const property = own.property ?? propertyFrom(trace.property);
      const subject = subjectWith(kernel, scenario, [property]);
      const idle = idleIn(subject, trace);
      if (idle !== undefined) throw failure(idleStoryText(kernelName, file, idle));
      const deliveries = deliveriesOf(subject.system, trace.steps) ?? [];
      const replayer = createReplayer(subject.system, subject.claims, property.id);
      const attempt = replayer.attempt(deliveries, trace.start);
      if (attempt === undefined) return;
      throw failure(survivedNotText({ kernelName, property, scenario }, subject, file, attempt));
    },
  };

  function expectation(property: PropertyLike, scenario: ScenarioLike): Expected {
    return { kernelName, property: propertyFrom(property), scenario: scenarioFrom(scenario) };
  }

  function search(expected: Expected, options: ExpectOptions, orUnspecified: boolean): Tried {
    refuseUnknown(options);
    const { maxStates, runs, seed, maxSteps } = { ...DEFAULTS, ...options };
    const bounds = { maxStates, runs, seed, maxSteps };
    return tryProperty({ kernel, ...expected, bounds, orUnspecified });
  }
}

/** From JavaScript, a misspelt bound would bound nothing. */
function refuseUnknown(options: ExpectOptions): void {
  const known = [...Object.keys(DEFAULTS), 'strength', 'keepIn'];
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new Error(`expectKernel: no option is called "${unknown}"${didYouMean(unknown, known)}`);
}

function isEnough({ search }: Tried, { strength = 'proven' }: ExpectOptions): boolean {
  return search.ending === 'closed' || strength === 'bounded';
}

/** What is left of such a story would test nothing. */
function idleIn(subject: Subject, trace: ViolatedTrace): Idle | undefined {
  const { claims, scenario } = subject;
  const other = otherBoundText(trace.scenario, scenario);
  if (other !== undefined) {
    return {
      why: `stale because ${other}`,
      next: 'it was found in another scenario of that name: find it again, or remove it',
    };
  }
  const stale = staleAt(subject, trace);
  if (stale !== undefined) {
    return {
      why: stale,
      next: 'a story that cannot take place tests nothing: rename its steps, or remove it',
    };
  }
  if (claims.length > 0 || isOwnProperty(trace.property)) return undefined;
  return {
    why: `${clipped(trace.property)} has nothing to say about ${scenario.name}`,
    next: 'a story in which nothing can be violated tests nothing: remove it',
  };
}

/** Where the story names what no machine has any more, why. */
function staleAt({ system }: Subject, { start, steps }: ViolatedTrace): string | undefined {
  const unbegun = whyNoStart(start, system.starts);
  if (unbegun !== undefined) return `stale because ${system.protocol.name} ${unbegun}`;
  for (const [index, { at, action }] of steps.entries()) {
    const begin = `stale at step ${index + 1} because`;
    const unknown = unknownCell(system, at);
    if (unknown !== undefined) return `${begin} ${unknown}`;
    const events = system.protocol.cells[system.indexOf(at)]?.machine.events as readonly string[];
    if (!events.includes(action)) {
      return `${begin} ${at} has no "${clipped(action)}"${nearestOf(action, events)}`;
    }
  }
  return undefined;
}

function failure(message: string, trace?: ViolatedTrace): KernelAssertionError {
  return new KernelAssertionError(message, trace);
}

/** The file it was written to. */
function keep(trace: ViolatedTrace, folder: string | undefined): string | undefined {
  if (folder === undefined) return undefined;
  const { kernel, scenario, property } = trace;
  const name = [kernel, scenario.name, property].map((part) => part.replaceAll(/[^\w.-]+/g, '-'));
  const file = join(folder, `${name.join('-')}.trace.json`);
  writeWhole(file, printTrace(trace));
  return file;
}
