/** What the verbs that compare print with `--json`: `regress`, `mutants`, `diff`. */
import { z } from 'zod';
import { count, exitCode, interruptedSchema, ms, name, start, step, text } from './common.ts';

const hash = z.string().regex(/^[0-9a-f]+$/);
const stored = z.enum(['new', 'unchanged', 'updated', 'absent']);
const what = z.enum(['baseline', 'transitions', 'property', 'fault', 'trace']);

const row = z.strictObject({
  id: name,
  what,
  variant: text.describe('empty where what is gone or unreadable does not tell'),
  scenario: text,
  property: name.optional(),
  verdict: name,
  holds: z.boolean(),
  stored,
  canBeAccepted: z.boolean(),
  before: text,
  now: text,
  why: text,
  next: text.optional().describe('what to do about it'),
  trace: text.optional(),
  ms: ms.optional().describe('spent on it, by the full run where "since" stands'),
});

const accepted = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('written'), files: count, removed: z.array(text) }),
  z.strictObject({ kind: z.literal('refused'), problems: z.array(text) }),
]);

export const regressSchema = z.strictObject({
  verdict: z.enum(['held', 'failed', 'interrupted']),
  tree: hash.describe('of everything that matters'),
  since: z
    .strictObject({ finished: text, repeated: count })
    .optional()
    .describe('the full run whose measurements stand for this one; absent where this was one'),
  rows: z.array(row).describe('where it was interrupted, those decided by then'),
  undecided: z
    .array(z.strictObject({ what, id: name }))
    .optional()
    .describe('the other rows of a run that was interrupted; absent of any other'),
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
    .describe('of a proven equivalence: which situations its scenarios reach'),
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
