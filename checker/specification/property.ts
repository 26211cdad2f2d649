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
  /** From every state, one in which no step is enabled, faults apart, is within reach without a fault. */
  | 'comesToRest';

export type Claim = {
  readonly property: string;
  readonly kind: ClaimKind;
  readonly test: (look: Look) => Finding | undefined;
  readonly removal?: Removal;
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
  /** Where it comes from, by the name of the source: `{ paper: '§2' }`. */
  readonly sources?: { readonly [source: string]: string };
  /** Identifiers of the faults that this property is expected to catch. */
  readonly catches?: readonly string[];
  readonly claims: (scenario: S) => readonly Claim['test'][];
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

export function claimsOf<S>(properties: readonly Property<S>[], scenario: S): readonly Claim[] {
  return properties.flatMap(({ id, kind, claims, claimsWhenStuck, removals, comesToRest }) => [
    ...claims(scenario).map((test) => ({ property: id, kind, test })),
    ...(claimsWhenStuck?.(scenario) ?? []).map(
      (test) => ({ property: id, kind: 'whenStuck', test }) as const,
    ),
    ...(removals?.(scenario) ?? []).map((removal) => claimByRemoval(id, removal)),
    ...(comesToRest?.(scenario) === true ? [claimOfRest(id)] : []),
  ]);
}

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

/** A finding unless the two are equal, as JSON: the order in which fields stand is nothing. */
export function equal(subject: string, expected: Json, found: Json): Finding | undefined {
  const why = whyNotPlain(expected, 'expected') ?? whyNotPlain(found, 'found');
  if (why !== undefined) throw new Misgiven(`compares what is no plain JSON: ${why}`);
  return canonical(expected) === canonical(found)
    ? undefined
    : { subject, expected: text(expected), found: text(found) };
}

/** The first finding of several. */
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
