/**
 * The measurements of a run of `regress`. They are plain data, so that the stamp can contain them; judge.ts
 * judges them, each time again. The schema reads a stamp, which is not trusted.
 */
import { z } from 'zod';

const text = z.string().max(4000);
const names = z.array(text).max(1000);
const count = z.int().min(0);
/** Milliseconds. The only measurement that differs from run to run. */
const ms = z.number().min(0);

const found = z.strictObject({
  property: text,
  /** Number of steps of a shortest story. */
  steps: count,
  finding: z.strictObject({ subject: text, expected: text, found: text }),
  /** The file of the story, from the root; only for the repaired variant. */
  file: text.optional(),
});

const explored = z.strictObject({
  variant: text,
  scenario: text,
  /** `broken`: the model threw, and there are no counts. */
  ending: z.enum(['closed', 'violated', 'states', 'depth', 'interrupted', 'broken']),
  states: count,
  transitions: count,
  depth: count,
  applied: names,
  /** Properties with a claim that met the bound of what it looks ahead. */
  undecided: names,
  unreached: names,
  found: z.array(found).max(1000),
  /** The transitions taken; for the repaired variant. */
  taken: names.optional(),
  /** The error that the model threw. */
  why: text.optional(),
  ms,
});

const replayed = z.strictObject({
  file: text,
  said: z.enum([
    'as stored',
    'elsewhere',
    'differently',
    'not decided',
    'fixed',
    'stale',
    'unreadable',
    'broken',
  ]),
  /** The line that `replay` prints, or the error in the file. */
  line: text,
  /** The run found nearby, if the story no longer fails. */
  rebased: z.strictObject({ line: text, edits: count.optional(), differs: z.boolean() }).optional(),
  ms,
});

export const measuredSchema = z.strictObject({
  /** Scenarios on the variants with pinned counts, `sprite` first. */
  scenarios: z.array(explored).max(10_000),
  faults: z.array(explored).max(10_000),
  traces: z.array(replayed).max(100_000),
});

export type Measured = z.infer<typeof measuredSchema>;
export type Explored = z.infer<typeof explored>;
export type ReplayedTrace = z.infer<typeof replayed>;
