/** The `--json` documents of the verbs that compare: `regress`, `mutants`, `diff`. */
import { z } from 'zod';
import { count, exitCode, interruptedSchema, ms, name, start, step, text } from './common.ts';

const hash = z.string().regex(/^[0-9a-f]+$/);
const stored = z.enum(['new', 'unchanged', 'updated', 'absent']);
const what = z.enum(['baseline', 'transitions', 'property', 'fault', 'trace']);

const row = z.strictObject({
  id: name,
  what,
  variant: text.describe('empty if a missing or unreadable file does not show it'),
  scenario: text,
  property: name.optional(),
  verdict: name,
  holds: z.boolean(),
  stored,
  canBeAccepted: z.boolean(),
  before: text,
  now: text,
  why: text,
  next: text.optional().describe('the next command'),
  trace: text.optional(),
  ms: ms.optional().describe('spent on it; by the full run if there is "since"'),
});

const accepted = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('written'), files: count, removed: z.array(text) }),
  z.strictObject({ kind: z.literal('refused'), problems: z.array(text) }),
]);

export const regressSchema = z.strictObject({
  verdict: z.enum(['held', 'failed', 'interrupted']),
  tree: hash.describe('of everything that decides the results'),
  since: z
    .strictObject({ finished: text, repeated: count })
    .optional()
    .describe('the full run whose measurements are used; absent if this was a full run'),
  rows: z.array(row).describe('after an interruption, those that were decided'),
  undecided: z
    .array(z.strictObject({ what, id: name }))
    .optional()
    .describe('the other rows of an interrupted run; absent otherwise'),
  accepted: accepted.optional(),
  exitCode,
});

const kill = z.strictObject({ property: name, steps: count, expected: z.boolean() });

const matrix = z.strictObject({
  properties: z.array(name),
  faults: z.array(
    z.strictObject({
      fault: name,
      title: text,
      scenario: name,
      states: count,
      closed: z.boolean(),
      kills: z.array(kill),
      missedBy: z.array(name),
    }),
  ),
  smallest: z.array(name),
  nothingAlone: z.array(z.strictObject({ property: name, faults: count })),
  caughtByOne: z.array(z.strictObject({ fault: name, property: name })),
  caughtByNone: z.array(name),
  undecided: z.array(name),
  exitCode,
});

export const mutantsSchema = z.union([matrix, interruptedSchema]);

const difference = z.strictObject({
  start,
  allowedBy: z.union([z.literal(0), z.literal(1)]).describe('which of the two variants'),
  steps: z.array(step),
  common: z.array(z.strictObject({ step: count, seen: z.json() })),
  parting: z.strictObject({ kind: z.enum(['observation', 'rest']), seen: z.json() }),
  other: z.strictObject({
    steps: z.array(step),
    isSame: z.boolean(),
    seenAt: z.array(count),
  }),
  otherMaySee: z.array(z.json()),
  otherMayRestAs: z.array(z.json()),
});

const comparison = z.strictObject({
  variants: z.array(name),
  verdict: z.enum(['different', 'equivalent', 'unknown']),
  scenario: name.optional(),
  steps: count.optional(),
  difference: difference.optional(),
  reached: z
    .array(
      z.strictObject({
        what: text,
        page: text.describe('where all of them are'),
        possible: count,
        reached: count,
        missed: z.array(text),
      }),
    )
    .optional()
    .describe('of a proven equivalence: the situations that its scenarios reach'),
  notCompared: z
    .array(name)
    .describe('small scenarios, or of those asked for, in which the two were not compared'),
  scenarios: z.array(
    z.strictObject({
      scenario: name,
      verdict: z.enum(['different', 'equivalent', 'unknown']),
      steps: count.optional(),
      why: z.enum(['states', 'interrupted']).optional(),
      pairs: count,
      worlds: z.array(count),
      depth: count,
      diffMs: ms,
    }),
  ),
});

export const diffSchema = z.strictObject({
  internal: z.boolean(),
  comparisons: z.array(comparison),
  notes: z.array(text),
  written: z.array(text),
  exitCode,
});
