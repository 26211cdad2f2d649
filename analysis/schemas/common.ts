/** What several documents have in common. Each object is strict: a field more is a new version. */
import { z } from 'zod';
import { traceSchemas } from '../../checker/stories/trace-format.ts';

export const text = z.string();
export const name = z.string().min(1);
export const count = z.int().min(0);
/** Milliseconds. */
export const ms = z.number().min(0);
export const exitCode = z.int().min(0).max(255);

export const { step, finding, certificate } = traceSchemas;

/** Where a story begins, of a protocol that may begin in several ways. */
export const start = name.optional();

export const violation = z.strictObject({ property: name, finding });

/** The ten cells with the most local states. */
export const census = z.array(z.strictObject({ cell: name, locals: count }));

export const ending = z.enum(['closed', 'violated', 'states', 'depth', 'interrupted']);

/** What a search of every state came to; shared by `check` and `explore`. */
export const explored = {
  kind: z.literal('exhaustive'),
  scenario: name,
  applied: z.array(name),
  ending,
  states: count,
  transitions: count,
  depth: count,
  stuck: count,
  deadlock: text
    .optional()
    .describe('what the protocol says of states in which nothing is enabled'),
  unreached: z.array(name),
  machineRuns: count,
  bytesPerState: z.number().min(0),
  census,
  exploreMs: ms,
};

/** Transitions of the machines, by name: "thread user: stat 2 of 3". */
export const coverage = z.strictObject({ taken: z.array(name), never: z.array(name) });

/** All that a verb says which was interrupted before it knew anything. */
export const interruptedSchema = z.strictObject({ verdict: z.literal('interrupted'), exitCode });
