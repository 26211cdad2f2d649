/**
 * What a run of `regress` measured. Plain data, so that the stamp can hold it; what it means is said
 * by judge.ts, each time anew. The schema reads a stamp, which nobody vouches for.
 */
import { z } from 'zod';

const text = z.string().max(4000);
const names = z.array(text).max(1000);
const count = z.int().min(0);
/** Milliseconds. The only measurement that differs from run to run. */
const ms = z.number().min(0);

const found = z.strictObject({
  property: text,
  /** Of a shortest story. */
  steps: count,
  finding: z.strictObject({ subject: text, expected: text, found: text }),
  /** Where the story was written, from the root; only of the repaired variant. */
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
  /** The transitions taken; of the repaired variant. */
  taken: names.optional(),
  /** What the model threw. */
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
  /** As `replay` says it, or what is wrong with the file. */
  line: text,
  /** What was found nearby, where the story fails no more. */
  rebased: z.strictObject({ line: text, edits: count.optional(), differs: z.boolean() }).optional(),
  ms,
});

export const measuredSchema = z.strictObject({
  /** Scenarios on the variants of which counts are pinned, `sprite` first of all. */
  scenarios: z.array(explored).max(10_000),
  faults: z.array(explored).max(10_000),
  traces: z.array(replayed).max(100_000),
});

export type Measured = z.infer<typeof measuredSchema>;
export type Explored = z.infer<typeof explored>;
export type ReplayedTrace = z.infer<typeof replayed>;
