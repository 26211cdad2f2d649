/**
 * Properties and claims about a protocol. A property may import only this file of the checker.
 *
 *   A property makes claims for a scenario, one for each object: a claim that reads few cells can be
 *   stored with its answers. A claim returns what it expected and what it found, never a boolean.
 *   Quiescence is part of a claim: if a count is right only while no activity is in progress on its
 *   object, the claim says so itself, with `atRest`.
 */
import { canonical } from '../text/canonical-json.ts';
import { whyNoAnswer } from './given-values.ts';
import { Misgiven } from './specification-error.ts';
import { whyNotPlain } from '../text/plain-json.ts';
import type { Event, Look } from './protocol.ts';
import type { Json } from '../text/json.ts';

export type Finding = {
  /** The object the finding is about, in the model's words: "stream 0", "file 0 at A". */
  readonly subject: string;
  readonly expected: string;
  readonly found: string;
};

export type ClaimKind =
  /** In every state. */
  | 'always'
  /** In every state in which the claim's own object is at rest; the claim tests that itself. */
  | 'atRest'
  /** In every terminal state, in which no step but faults is enabled: no cell may wait for a fault. */
  | 'whenStuck'
  /** In every state in which its removal applies: see `Removal`. */
  | 'byRemoval'
  /** In every initial state. */
  | 'atStart'
  /** Of every step: see `StepClaim`. */
  | 'onEveryStep'
  /** From every state a terminal state can be reached without a fault. */
  | 'comesToRest';

export type Claim = {
  readonly property: string;
  readonly kind: ClaimKind;
  readonly test: (look: Look) => Finding | undefined;
  readonly removal?: Removal;
  /** Of kind `onEveryStep`. */
  readonly onStep?: StepClaim;
  /**
   * Of kinds `comesToRest` and `byRemoval`: how many states, or steps of one run, it looks ahead before
   * it is left undecided. 20,000 without.
   */
  readonly maxAhead?: number;
};

/**
 * A claim about a step: the state before it, the step, and the state after it. It is evaluated for every
 * possible step, also for those that lead to a known state. A story that violates it ends with the step.
 * With two looks at the same cells it is an action property:
 *
 *   const epochNeverFalls: StepClaim = (before, step, after) => {
 *     const [old, now] = [epochOf(before('server')), epochOf(after('server'))];
 *     return now >= old
 *       ? undefined
 *       : { subject: 'server', expected: `an epoch from ${old} on`, found: `${now} by ${step.event.type}` };
 *   };
 */
export type StepClaim = (before: Look, step: StepTaken, after: Look) => Finding | undefined;

/**
 * The step that was taken. Its fields must not be kept. An answer that does not depend on it is stored
 * for all steps; an answer that does not depend on `delivered`, for all cascades of a step. So read as
 * little as possible.
 */
export type StepTaken = {
  /** The cell that began the step, and its event. */
  readonly cell: string;
  readonly event: Event;
  /** All deliveries in order: the step's own event, then the effects of the cascade. */
  readonly delivered: readonly { readonly to: string; readonly event: Event }[];
};

/**
 * A claim by removal: in each state in which it applies, the removal of something changes no result that a
 * program will get. It costs two short runs in each of these states (claims/removal-runs.ts).
 */
export type Removal = {
  readonly subject: string;
  readonly applies: (look: Look) => boolean;
  readonly removed: { readonly cell: string; readonly event: Event };
  /** Whether a step is internal, and not a choice of a program or a fault. */
  readonly isInternal: (event: Event) => boolean;
  /** Results that may differ, as the protocol's documents allow: read before the removal, in both runs. */
  readonly excepted: (look: Look) => Json;
  readonly results: (look: Look, excepted: readonly Json[]) => Json;
  /**
   * Full twin runs: the further events that both worlds take, as long as there are any; the results are
   * compared after each. Without it the results are compared once.
   */
  readonly continuesWith?: (cell: string, event: Event) => boolean;
};

/** A state that must be reached; without it, the property beside it was not tested. */
export type Witness = {
  readonly property: string;
  readonly statement: string;
  readonly reached: (look: Look) => boolean;
};

/** A property, for scenarios of type S. */
export type Property<S> = {
  readonly id: string;
  readonly statement: string;
  readonly kind: ClaimKind;
  /** The exact condition under which it must hold. */
  readonly quiescence?: string;
  /** Whether a violation is a deadlock: verbs then end with another exit code. */
  readonly findsDeadlocks?: boolean;
  /** The places in its sources, by name: `{ paper: '§2' }`. */
  readonly sources?: { readonly [source: string]: string };
  /** Identifiers of the faults that this property is expected to catch. */
  readonly catches?: readonly string[];
  readonly claims?: (scenario: S) => readonly Claim['test'][];
  /** Claims about every step, see `StepClaim`; beside the claims about states, or without them. */
  readonly claimsOnStep?: (scenario: S) => readonly StepClaim[];
  /** Claims about initial states, and no others. */
  readonly claimsAtStart?: (scenario: S) => readonly Claim['test'][];
  /** Claims about terminal states: work that a kernel may do in a later step, but must have done at the end. */
  readonly claimsWhenStuck?: (scenario: S) => readonly Claim['test'][];
  /** Claims by removal, beside those that read one state. */
  readonly removals?: (scenario: S) => readonly Removal[];
  /** Whether the protocol must be able to reach a terminal state from every state: see claims/comes-to-rest.ts. */
  readonly comesToRest?: (scenario: S) => boolean;
  readonly witness: {
    readonly statement: string;
    readonly reached: (scenario: S) => (look: Look) => boolean;
  };
};

/**
 * What properties claim of a scenario, as searches take it. `maxAhead` bounds those claims that look
 * ahead of a state: see `Claim`.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 * import { claimsOf, equal, witnessesOf, type Property } from 'sprite-check/checker';
 *
 * type Scenario = { readonly lamps: readonly string[] };
 *
 * const allAreOff: Property<Scenario> = {
 *   id: 'all-are-off',
 *   statement: 'No lamp is ever on.',
 *   kind: 'always',
 *   claims: ({ lamps }) => lamps.map((lamp) => (look) => equal(lamp, 'off', look(lamp).value)),
 *   witness: {
 *     statement: 'the first lamp is broken',
 *     reached: ({ lamps }) => (look) => look(lamps[0] ?? '').value === 'broken',
 *   },
 * };
 *
 * const scenario = { lamps: ['left', 'right'] };
 * assert.equal(claimsOf([allAreOff], scenario).length, 2);
 * assert.equal(witnessesOf([allAreOff], scenario)[0]?.statement, 'the first lamp is broken');
 * ```
 */
export function claimsOf<S>(
  properties: readonly Property<S>[],
  scenario: S,
  { maxAhead }: Pick<Claim, 'maxAhead'> = {},
): readonly Claim[] {
  const bound = maxAhead === undefined ? {} : { maxAhead };
  return properties.flatMap((property) => [
    ...(property.claims?.(scenario) ?? []).map((test) =>
      stateClaim(property, kindOfClaims(property.kind), test),
    ),
    ...(property.claimsWhenStuck?.(scenario) ?? []).map((test) =>
      stateClaim(property, 'whenStuck', test),
    ),
    ...(property.claimsAtStart?.(scenario) ?? []).map((test) =>
      stateClaim(property, 'atStart', test),
    ),
    ...(property.claimsOnStep?.(scenario) ?? []).map((onStep) => claimOnStep(property.id, onStep)),
    ...(property.removals?.(scenario) ?? []).map((removal) => ({
      ...claimByRemoval(property.id, removal),
      ...bound,
    })),
    ...(property.comesToRest?.(scenario) === true
      ? [{ ...claimOfRest(property.id), ...bound }]
      : []),
  ]);
}

/** The witnesses of properties for a scenario, in the form that searches take: see `claimsOf`. */
export function witnessesOf<S>(
  properties: readonly Property<S>[],
  scenario: S,
): readonly Witness[] {
  return properties.map(({ id, witness }) => ({
    property: id,
    statement: witness.statement,
    reached: witness.reached(scenario),
  }));
}

/** The kind of a property's claims about states, whichever other claims it has. */
function kindOfClaims(kind: ClaimKind): ClaimKind {
  return kind === 'onEveryStep' || kind === 'byRemoval' || kind === 'comesToRest' ? 'always' : kind;
}

function stateClaim({ id }: { readonly id: string }, kind: ClaimKind, test: Claim['test']): Claim {
  return { property: id, kind, test };
}

/** No single state decides it; the checker evaluates it for each step. */
export function claimOnStep(property: string, onStep: StepClaim): Claim {
  return { property, kind: 'onEveryStep', test: () => undefined, onStep };
}

/** As a claim, a removal says whether it applies; the checker then runs it (claims/removal-runs.ts). */
function claimByRemoval(property: string, removal: Removal): Claim {
  const applies = { subject: removal.subject, expected: '', found: 'applies' };
  return {
    property,
    kind: 'byRemoval',
    test: (look) => {
      const isSo = removal.applies(look);
      const why = whyNoAnswer(isSo, `whether its removal applies (${removal.subject})`);
      if (why !== undefined) throw new Misgiven(why);
      return isSo ? applies : undefined;
    },
    removal,
  };
}

/** No single state decides it; the checker looks ahead (claims/comes-to-rest.ts). */
function claimOfRest(property: string): Claim {
  return { property, kind: 'comesToRest', test: () => undefined };
}

/**
 * A finding unless the two are equal as JSON; the order of fields has no meaning.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 * import { equal } from 'sprite-check/checker';
 *
 * assert.equal(equal('server', 'free', 'free'), undefined);
 * assert.deepEqual(equal('server', 1, 2), { subject: 'server', expected: '1', found: '2' });
 * ```
 */
export function equal(subject: string, expected: Json, found: Json): Finding | undefined {
  const why = whyNotPlain(expected, 'expected') ?? whyNotPlain(found, 'found');
  if (why !== undefined) throw new Misgiven(`compares a value that is not plain JSON: ${why}`);
  if (canonical(expected) === canonical(found)) return undefined;
  // The number 1 and the text "1" look alike.
  const say = text(expected) === text(found) ? canonical : text;
  return { subject, expected: say(expected), found: say(found) };
}

/**
 * The first finding of several.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 * import { equal, firstOf } from 'sprite-check/checker';
 *
 * assert.equal(firstOf([equal('a', 1, 1), equal('b', 1, 2), equal('c', 1, 3)])?.subject, 'b');
 * ```
 */
export function firstOf(findings: readonly (Finding | undefined)[]): Finding | undefined {
  return findings.find((finding) => finding !== undefined);
}

function text(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** "paper §5", "kernel fsio/fsioStream.c": a line for each source that a property names. */
export function sourceLines({ sources = {} }: Pick<Property<never>, 'sources'>): readonly string[] {
  return Object.entries(sources).map(([source, where]) => `${source} ${where}`);
}
