/** Parts of several documents. Each object is strict: another field is a new version. */
import { z } from 'zod';
import { traceSchemas } from '../../checker/stories/trace-format.ts';

export const text = z.string();
export const name = z.string().min(1);
export const count = z.int().min(0);
/** Milliseconds. */
export const ms = z.number().min(0);
export const exitCode = z.int().min(0).max(255);

export const { step, finding, certificate } = traceSchemas;

/** The start of a story, for a protocol with several starts. */
export const start = name.optional();

export const violation = z.strictObject({ property: name, finding });

/** The ten cells with the most local states. */
export const census = z.array(z.strictObject({ cell: name, locals: count }));

/** Numbers of answers of machines, offers, observations, views and claims, and of those computed twice. */
export const asked = z.strictObject({ answers: count, twice: count });

export const hints = z.strictObject({
  neverEnabled: z
    .array(z.strictObject({ cell: name, event: name }))
    .describe('offered by the cell, and enabled in no state'),
  growing: z
    .array(z.strictObject({ machine: name, cells: z.array(name), locals: count, runs: count }))
    .describe('machines for which XState was asked again and again as the search went on'),
});

export const ending = z.enum(['closed', 'violated', 'states', 'depth', 'interrupted']);

export const isUnfinished = z
  .literal(true)
  .optional()
  .describe('it was ended early: what was not measured is left out');

/** The result of an exhaustive search; shared by `check` and `explore`. */
export const explored = {
  kind: z.literal('exhaustive'),
  scenario: name,
  applied: z.array(name),
  ending,
  isUnfinished,
  states: count,
  transitions: count,
  depth: count,
  stuck: count.optional(),
  deadlock: text
    .optional()
    .describe('what the protocol says of states in which nothing is enabled'),
  undecided: z.array(name).describe('properties with a claim that met the bound of --max-ahead'),
  unreached: z.array(name),
  machineRuns: count.optional(),
  bytesPerState: z.number().min(0).optional(),
  census: census.optional(),
  hints: hints.optional(),
  asked: asked.optional(),
  exploreMs: ms.optional(),
};

/** Transitions of the machines, by name: "thread user: stat 2 of 3". */
export const coverage = z.strictObject({ taken: z.array(name), never: z.array(name) });

/** The document of a verb that was interrupted before it had any result. */
export const interruptedSchema = z.strictObject({ verdict: z.literal('interrupted'), exitCode });
