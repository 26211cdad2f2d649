/**
 * Expectations about one variant of a specification, for tests. They work in Jest and in any other
 * runner: one that fails rejects with an error whose message is the story.
 *
 * Nothing is claimed that was not searched: a space that does not close is a failure, unless
 * `strength: 'bounded'` asks for no more; and so is a property whose witness was never reached.
 */
import { whyNoStart } from '../checker/engine/starts.ts';
import { MAX_AHEAD } from '../checker/claims/look-ahead.ts';
import { join } from 'node:path';
import { isOwnProperty } from '../checker/claims/own-properties.ts';
import { didYouMean, nearestOf } from '../checker/text/nearest-name.ts';
import { clipped } from '../checker/text/printable.ts';
import type { Property } from '../checker/specification/property.ts';
import type { ScenarioBase } from '../checker/specification/specification.ts';
import { createReplayer, deliveriesOf } from '../checker/stories/lenient-replay.ts';
import { unknownCell } from '../checker/stories/strict-replay.ts';
import { writeWhole } from '../checker/text/files.ts';
import { printTrace, type ViolatedTrace } from '../checker/stories/trace-format.ts';
import { DEFAULT_MAX_STEPS } from '../checker/random/walk.ts';
import {
  instanceWith,
  otherBoundText,
  type CheckedInstance,
} from '../analysis/specification/instance.ts';
import { propertyFrom, readViolation, scenarioFrom } from './named.ts';
import {
  idleStoryText,
  searchedText,
  survivedNotText,
  vacuousText,
  violatedText,
  type ExpectedWords,
  type Idle,
} from './messages.ts';
import { tryProperty, type TrialBounds, type Tested, type Tried } from './try-property.ts';

export type ExpectOptions = Partial<TrialBounds> & {
  /**
   * `proven` (by default): the space must close, and each claim be decided. `bounded`: the search may
   * meet `maxStates`, and a claim that looks ahead `maxAhead`.
   */
  readonly strength?: 'proven' | 'bounded';
  /** A folder in which the story of a failure is kept, as a trace. */
  readonly keepIn?: string;
};

const DEFAULTS: TrialBounds = {
  maxStates: 100_000,
  maxAhead: MAX_AHEAD,
  runs: 0,
  seed: 1989,
  maxSteps: DEFAULT_MAX_STEPS,
};

export type Expectations<Scenario extends ScenarioBase> = {
  readonly toHold: (
    property: string | Property<Scenario>,
    scenario: string | Scenario,
    options?: ExpectOptions,
  ) => Promise<void>;
  readonly toBeCaughtBy: (
    property: string | Property<Scenario>,
    scenario: string | Scenario,
    options?: ExpectOptions,
  ) => Promise<void>;
  readonly toSurvive: (
    file: string,
    own?: { readonly property?: Property<Scenario>; readonly scenario?: Scenario },
  ) => Promise<void>;
};

export function expectationsOf<Scenario extends ScenarioBase>(
  tested: Tested,
): Expectations<Scenario> {
  // Async, so that bad arguments become a rejected promise like every other error.
  return {
    toHold: async (property, scenario, options = {}) => {
      const expected = expectation(property, scenario);
      const tried = search(expected, options, true);
      if (tried.violated !== undefined) {
        const kept = keep(tried.violated, options.keepIn);
        throw tested.failure(
          violatedText(expected, tried.instance, tried.violated, kept),
          tried.violated,
        );
      }
      if (!isEnough(tried, options)) throw tested.failure(searchedText(expected, tried, 'to hold'));
      if (!tried.tested) throw tested.failure(vacuousText(expected, tried));
    },
    toBeCaughtBy: async (property, scenario, options = {}) => {
      const expected = expectation(property, scenario);
      const tried = search(expected, options, false);
      if (tried.violated === undefined) {
        throw tested.failure(searchedText(expected, tried, 'to be caught'));
      }
      keep(tried.violated, options.keepIn);
    },
    toSurvive: async (file, own = {}) => {
      const trace = readViolation(file);
      const stranger = strangerIn(tested, trace);
      if (stranger !== undefined) throw tested.failure(idleStoryText(tested, file, stranger));
      const expected = expectation(
        own.property ?? trace.property,
        own.scenario ?? trace.scenario.name,
      );
      const { property, scenario } = expected;
      const instance = instanceWith(tested.spec, tested.value, { scenario, asked: [property] });
      const idle = idleIn(instance, trace);
      if (idle !== undefined) throw tested.failure(idleStoryText(tested, file, idle));
      const deliveries = deliveriesOf(instance.system, trace.steps) ?? [];
      const replayer = createReplayer(instance.system, instance.claims, property.id);
      const attempt = replayer.attempt(deliveries, trace.start);
      if (attempt === undefined && !replayer.isUndecided()) return;
      if (attempt === undefined) throw tested.failure(idleStoryText(tested, file, undecidedIdle));
      throw tested.failure(survivedNotText(expected, instance, file, attempt));
    },
  };

  function expectation(
    property: string | Property<Scenario>,
    scenario: string | Scenario,
  ): ExpectedWords {
    return {
      tested,
      property: propertyFrom(tested, property as string | Property<ScenarioBase>),
      scenario: scenarioFrom(tested, scenario),
    };
  }

  function search(expected: ExpectedWords, options: ExpectOptions, orUnspecified: boolean): Tried {
    refuseUnknown(tested, options);
    const { maxStates, maxAhead, runs, seed, maxSteps } = { ...DEFAULTS, ...options };
    const bounds = { maxStates, maxAhead, runs, seed, maxSteps };
    return tryProperty({ ...expected, bounds, orUnspecified });
  }
}

/** In JavaScript, a misspelled bound would have no effect. */
function refuseUnknown({ where }: Tested, options: ExpectOptions): void {
  const known = [...Object.keys(DEFAULTS), 'strength', 'keepIn'];
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new Error(`${where}: no option is called "${unknown}"${didYouMean(unknown, known)}`);
}

function isEnough({ search, undecided }: Tried, { strength = 'proven' }: ExpectOptions): boolean {
  return (search.ending === 'closed' && !undecided) || strength === 'bounded';
}

const undecidedIdle: Idle = {
  why: 'UNKNOWN: whether it violates its property is not decided within maxAhead',
  next: 'check it with "sprite-check replay" and a larger --max-ahead',
};

/** A story of something else. */
function strangerIn({ spec }: Tested, { specification }: ViolatedTrace): Idle | undefined {
  if (specification.name === spec.name && specification.version === spec.version) return undefined;
  const [own, other] = [spec, specification].map((each) => `${each.name} ${each.version}`);
  return {
    why: `stale because it is a story of ${clipped(other ?? '', 100)}, not of ${own}`,
    next: 'find it again, or remove it',
  };
}

/** What is left of such a story would test nothing. */
function idleIn(instance: CheckedInstance, trace: ViolatedTrace): Idle | undefined {
  const { claims, scenario, spec } = instance;
  const other = otherBoundText(spec, trace.scenario, scenario);
  if (other !== undefined) {
    return {
      why: `stale because ${other}`,
      next: 'it was found in another scenario of that name: find it again, or remove it',
    };
  }
  const stale = staleAt(instance, trace);
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
function staleAt({ system }: CheckedInstance, { start, steps }: ViolatedTrace): string | undefined {
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

/** The file it was written to. */
function keep(trace: ViolatedTrace, folder: string | undefined): string | undefined {
  if (folder === undefined) return undefined;
  const { variant, scenario, property } = trace;
  const name = [variant, scenario.name, property].map((part) => part.replaceAll(/[^\w.-]+/g, '-'));
  const file = join(folder, `${name.join('-')}.trace.json`);
  writeWhole(file, printTrace(trace));
  return file;
}
