/**
 * What can be claimed of a protocol. This is all of the checker that a property may import.
 *
 *   A property is made for a scenario as claims, one for each object it speaks of: a claim reads
 *   few cells, so its answers can be kept. A claim returns what it expected and what it found,
 *   never a boolean. Quiescence is part of a claim: a count that is equal only while nothing is
 *   in progress on its object says so itself, with `atRest`.
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
  /** In every state in which no step is enabled, faults apart: nobody may wait for a fault. */
  | 'whenStuck'
  /** In every state in which its removal applies: see `Removal`. */
  | 'byRemoval'
  /** In every state in which the protocol may begin. */
  | 'atStart'
  /** Of every step: see `StepClaim`. */
  | 'onEveryStep'
  /** From every state, one in which no step is enabled, faults apart, is within reach without a fault. */
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
 * A claim about a step: the state before it, what was done, and the state after it. Asked of every
 * step that can be taken, also of those that lead to a state that is known. A story that violates it
 * ends with the step. With two looks at the same cells it is an action property:
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
 * What was done. Nothing read of it may be kept. An answer found without reading it is kept for all
 * steps, one found without `delivered` for all cascades of a step: read as little as will do.
 */
export type StepTaken = {
  /** Which cell took a step of itself, and with which event. */
  readonly cell: string;
  readonly event: Event;
  /** Everything that was delivered, in order: the step's own event, then the effects in the cascade. */
  readonly delivered: readonly { readonly to: string; readonly event: Event }[];
};

/**
 * A claim by removal: where it applies, taking something away changes nothing that somebody will be
 * told. Costs two short runs in each state in which it applies (claims/removal-runs.ts).
 */
export type Removal = {
  readonly subject: string;
  readonly applies: (look: Look) => boolean;
  readonly removed: { readonly cell: string; readonly event: Event };
  /** What the protocol does of itself, as opposed to what programs and faults choose. */
  readonly isInternal: (event: Event) => boolean;
  /** What may differ, as the protocol's documents allow: asked before the removal, and where it stays. */
  readonly excepted: (look: Look) => Json;
  readonly results: (look: Look, excepted: readonly Json[]) => Json;
  /**
   * Full twin runs: which further events both worlds take alike, as long as there are any, with the
   * results compared after each. Absent, the results are compared once.
   */
  readonly continuesWith?: (cell: string, event: Event) => boolean;
};

/** Must be reached somewhere, or the property beside it was green for want of trying. */
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
  /** When it must hold, exactly. */
  readonly quiescence?: string;
  /** What it finds is a deadlock: verbs end with another exit code. */
  readonly findsDeadlocks?: boolean;
  /** Where it comes from, by the name of the source: `{ paper: '§2' }`. */
  readonly sources?: { readonly [source: string]: string };
  /** Identifiers of the faults that this property is expected to catch. */
  readonly catches?: readonly string[];
  readonly claims?: (scenario: S) => readonly Claim['test'][];
  /** Beside those, or instead of them: what is claimed of every step, as in `StepClaim`. */
  readonly claimsOnStep?: (scenario: S) => readonly StepClaim[];
  /** What is claimed of the states in which the protocol may begin, and of no others. */
  readonly claimsAtStart?: (scenario: S) => readonly Claim['test'][];
  /** Beside those: what a kernel may take a step for, but must have done when it can do no more. */
  readonly claimsWhenStuck?: (scenario: S) => readonly Claim['test'][];
  /** Claims by removal, beside those that read one state. */
  readonly removals?: (scenario: S) => readonly Removal[];
  /** Whether the protocol must be able to come to rest from every state: see claims/comes-to-rest.ts. */
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

/** What must be reached of a scenario, as searches take it: see `claimsOf`. */
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

/** A claim about a state is one, whatever else the property claims. */
function kindOfClaims(kind: ClaimKind): ClaimKind {
  return kind === 'onEveryStep' || kind === 'byRemoval' || kind === 'comesToRest' ? 'always' : kind;
}

function stateClaim({ id }: { readonly id: string }, kind: ClaimKind, test: Claim['test']): Claim {
  return { property: id, kind, test };
}

/** Nothing in a state alone speaks for or against it; the checker asks it of each step. */
export function claimOnStep(property: string, onStep: StepClaim): Claim {
  return { property, kind: 'onEveryStep', test: () => undefined, onStep };
}

/** As a claim, a removal says where it applies; the checker then runs it (claims/removal-runs.ts). */
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

/** Nothing in a state alone speaks for or against it; the checker looks ahead (claims/comes-to-rest.ts). */
function claimOfRest(property: string): Claim {
  return { property, kind: 'comesToRest', test: () => undefined };
}

/**
 * A finding unless the two are equal, as JSON: the order in which fields stand is nothing.
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
  if (why !== undefined) throw new Misgiven(`compares what is no plain JSON: ${why}`);
  if (canonical(expected) === canonical(found)) return undefined;
  // A text and what looks like it: the number 1 and "1".
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
