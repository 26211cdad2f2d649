/** The results of `explain` about a story: the document of `--json`, from which the text is made, too. */
import { z } from 'zod';

const count = z.int().min(0);
/** Counted from 1; 0 is the initial world. */
const stepNumber = count;
const steps = z.array(stepNumber).readonly();
const finding = z.strictObject({ subject: z.string(), expected: z.string(), found: z.string() });

/** A step in words, and the host that takes it; `S` is the file server. */
const stepText = z.strictObject({ step: stepNumber, host: z.string(), text: z.string() });

/** One +1 or -1, and the count that the owners had then. */
const entry = z.strictObject({
  step: stepNumber,
  host: z.string(),
  object: z.string(),
  counted: z.string(),
  change: z.int(),
  count: z.int(),
  owned: z.int(),
  owners: z.array(z.string()).readonly(),
  /** The events that made the change, in the words of the model. */
  because: z.string(),
});

const culprit = z.strictObject({
  step: stepNumber,
  at: z.string(),
  action: z.string(),
  text: z.string(),
  /**
   * Whether the count goes wrong in that step, or the repaired variant would do something else there and
   * the count shows it later, or both.
   */
  by: z.enum(['count', 'parting', 'both']),
});

const imbalance = z.strictObject({
  object: z.string(),
  counted: entry.shape.counted,
  count: z.int(),
  owned: z.int(),
  owners: z.array(z.string()).readonly(),
  /** The step after which count and owners differed until the end. */
  step: stepNumber,
  /** If it was passed on from another count, the object and step of that count come first. */
  path: z.array(z.strictObject({ object: z.string(), step: stepNumber })).readonly(),
  /** A sentence: what was counted, or not counted, in that step. */
  lacks: z.string(),
});

/** The steps in which the variant does what the repaired one, in the same world, would not do. */
const parting = z.strictObject({
  /** Guards, actions, states and modules in which the two differ. */
  differences: z.array(z.string()).readonly(),
  steps: z
    .array(
      z.strictObject({
        step: stepNumber,
        how: z.enum(['refused', 'differs']),
        /** The values of these cells after the step of the repaired variant. */
        instead: z.array(z.string()).readonly(),
        /** Their values in this story. */
        left: z.array(z.string()).readonly(),
      }),
    )
    .readonly(),
});

const ledger = z.strictObject({
  entries: z.array(entry).readonly(),
  imbalances: z.array(imbalance).readonly(),
  culprit: culprit.optional(),
});

const waiting = z.strictObject({
  isCircle: z.boolean(),
  edges: z
    .array(
      z.strictObject({
        who: z.string(),
        waitsFor: z.string(),
        since: stepNumber,
        holds: z.array(z.strictObject({ what: z.string(), since: stepNumber })).readonly(),
      }),
    )
    .readonly(),
  /** The cell that the finding is about: its state, and since when. */
  subject: z.strictObject({ cell: z.string(), state: z.string(), since: stepNumber }).optional(),
});

const truthValue = z.enum(['held', 'violated', 'not at rest', 'not decided']);
const truth = z.strictObject({
  claims: z.array(z.string()).readonly(),
  /** The initial world, and each step after which a value is different. */
  rows: z
    .array(z.strictObject({ step: stepNumber, values: z.array(truthValue).readonly() }))
    .readonly(),
  heldThroughout: count,
});

const noReturn = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('at'),
    step: stepNumber,
    states: count,
    /** How another run avoids the violation before it. */
    otherwise: z
      .strictObject({
        first: z.string(),
        steps: count,
        ends: z.enum(['nothing is left', 'goes round', 'unspecified']),
      })
      .optional(),
  }),
  z.strictObject({ kind: z.literal('atLatest'), step: stepNumber, states: count }),
]);

/** The result of a new search, whatever the file says, and its number of distinct states. */
const shortest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('shortest'), states: count }),
  z.strictObject({ kind: z.literal('shorter'), steps: count, states: count }),
  /** No story of fewer steps than `steps` violates the property. */
  z.strictObject({ kind: z.literal('lowerBound'), steps: count, states: count }),
]);

const needed = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('needed'), states: count }),
  z.strictObject({ kind: z.literal('not needed'), steps: count }),
  z.strictObject({ kind: z.literal('unknown'), states: count }),
]);

const matters = z.strictObject({
  steps: z
    .array(z.strictObject({ step: stepNumber, stillViolates: z.boolean(), lost: steps }))
    .readonly(),
  choices: z
    .array(
      z.strictObject({
        /** A fault, or a choice as the specification calls it. */
        choice: z.string(),
        action: z.string(),
        steps,
        needed,
      }),
    )
    .readonly(),
  /** The first of each pair of neighbors that may be swapped. */
  swappable: steps,
  /** Two steps, on two hosts, that must keep their order. */
  order: z.array(z.strictObject({ earlier: stepNumber, later: stepNumber })).readonly(),
});

const fewestFaults = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('found'),
    faults: count,
    states: count,
    finding,
    start: z.string().optional(),
    steps: z
      .array(
        z.strictObject({
          at: z.string(),
          action: z.string(),
          params: z.record(z.string(), z.json()),
        }),
      )
      .readonly(),
  }),
  z.strictObject({ kind: z.literal('never'), faults: count, states: count }),
  z.strictObject({ kind: z.literal('bounded'), below: count, states: count }),
]);

const about = {
  file: z.string(),
  variant: z.string(),
  scenario: z.string(),
  property: z.string(),
};

export const explainedSchema = z.strictObject({
  ...about,
  finding,
  story: z.array(stepText).readonly(),
  shortest,
  parting: parting.optional(),
  /** Only if the specification says what is counted. */
  ledger: ledger.optional(),
  waiting: waiting.optional(),
  truth,
  noReturn,
  matters,
  fewestFaults: fewestFaults.optional(),
  exitCode: count,
});

/** A story that no longer violates its property: "fixed", or why a step is not possible. */
const goneSchema = z.strictObject({ ...about, failsNoMore: z.string(), exitCode: count });

/** A claim met the bound of `--max-ahead`: a line that says so. */
const undecidedSchema = z.strictObject({ ...about, notDecided: z.string(), exitCode: count });

/** All that `explain --json` may print. */
export const explanationSchema = z.union([explainedSchema, goneSchema, undecidedSchema]);

export type Explanation = z.infer<typeof explainedSchema>;
export type Gone = z.infer<typeof goneSchema> | z.infer<typeof undecidedSchema>;
export type Partings = Exclude<Explanation['parting'], undefined>;
export type Ledger = Exclude<Explanation['ledger'], undefined>;
export type Imbalance = Ledger['imbalances'][number];
export type Shortest = Explanation['shortest'];
export type Waiting = Exclude<Explanation['waiting'], undefined>;
export type Truth = Explanation['truth'];
export type Matters = Explanation['matters'];
