/** The `--json` documents of the verbs about one scenario or one stored story. */
import { z } from 'zod';
import { traceSchemas } from '../../checker/stories/trace-format.ts';
import { entrySchema } from '../catalog/entry.ts';
import { countsSchema } from '../baselines/pinned-counts.ts';
import {
  certificate,
  count,
  coverage,
  exitCode,
  explored,
  finding,
  ms,
  name,
  start,
  step,
  text,
  violation,
} from './common.ts';

export const exploreSchema = z.strictObject({
  variant: name,
  ...explored,
  coverage: coverage.optional(),
  found: z.array(z.strictObject({ violation, start, steps: z.array(step) })),
  statesPerSecond: count.optional(),
  pinned: countsSchema.optional(),
  exitCode,
});

const replayed = {
  file: text,
  variant: name,
  scenario: name,
  stored: z.enum(['violated', 'held']),
  steps: count,
  exitCode,
};
const seen = z.strictObject({ violation, step: count });
const stale = z.strictObject({ step: count, reason: name, why: text });

/** The result of `--rebase`: the nearest run that violates the same, or how far the search went. */
const rebased = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('rebased'),
    trace: traceSchemas.trace,
    edits: z.array(z.json()),
    differs: text.optional(),
  }),
  z.strictObject({
    kind: z.literal('none'),
    edits: count,
    ending: z.enum(['complete', 'bound']),
  }),
]);
const nearby = {
  rebased: rebased.optional(),
  written: text.optional(),
  unwritten: text.optional().describe('why the file was not written'),
};

const stepText = { step, column: name, text };

/** One state of a story, and what can happen there: `--at`. */
const state = z.strictObject({
  steps: count.describe('steps that lead there, those that were taken by hand included'),
  last: z.strictObject(stepText).optional(),
  cells: z.array(
    z.strictObject({
      cell: name,
      column: name.optional().describe('absent for what no column of a story shows'),
      holds: z.json().describe('the state as "value", with "context"'),
      text: text.optional().describe('absent if nothing in it is of interest'),
      isChanged: z.boolean().describe('by the last step'),
      change: text.optional(),
    }),
  ),
  enabled: z.array(
    z.strictObject({
      number: z.int().min(1).describe('as "--take" names it'),
      ...stepText,
      isFault: z.boolean(),
      isNext: z.boolean().describe('whether it is the next step of the story'),
      changes: z.array(z.strictObject({ cell: name, column: name, text })),
      violates: violation.optional().describe('what it would be the first to violate'),
    }),
  ),
  seen: seen.optional().describe('the violation up to there, and the step after which it was seen'),
});

export const replaySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...replayed,
    kind: z.literal('violated as stored'),
    seen,
    sameWorld: z.boolean(),
  }),
  z.strictObject({ ...replayed, kind: z.literal('violated differently'), seen, how: text }),
  z.strictObject({ ...replayed, ...nearby, kind: z.literal('held'), sameWorld: z.boolean() }),
  z.strictObject({
    ...replayed,
    kind: z.literal('not decided'),
    undecided: z.array(name).describe('properties with a claim that met the bound of --max-ahead'),
    sameWorld: z.boolean(),
  }),
  z.strictObject({
    ...replayed,
    ...nearby,
    kind: z.literal('stale'),
    stale,
  }),
  z.strictObject({
    ...replayed,
    kind: z.literal('state'),
    at: count,
    taken: z.array(step),
    state,
    stale: stale.optional(),
    written: text.optional(),
    unwritten: text.optional(),
  }),
]);

const before = { file: text, property: name, before: count, exitCode };

export const shrinkSchema = z.union([
  z.strictObject({
    ...before,
    steps: count,
    certificate,
    finding,
    unwritten: text.optional().describe('why the file was not written'),
  }),
  /** The steps of the story that can take place no longer violate the property. */
  z.strictObject({ ...before, failsNoMore: z.literal(true) }),
  /** A claim met the bound of --max-ahead. */
  z.strictObject({ ...before, notDecided: z.literal(true) }),
  /** Nothing is written. */
  z.strictObject({ ...before, ended: z.enum(['interrupted', 'timeout']) }),
]);

/** The costs of a step and of a run, other than time, belong to the specification: none is named here. */
export const costSchema = z.looseObject({
  file: text.optional().describe('the trace; absent of a run that is made for its size'),
  variant: name,
  scenario: name,
  sizes: z.record(name, count).optional().describe('what the run is made for'),
  steps: z.array(z.looseObject({ startMs: ms, durationMs: ms })),
  elapsedMs: ms,
  exitCode,
});

const variant = z.strictObject({ id: name, title: text });
const scenario = z.strictObject({
  name,
  size: z.enum(['small', 'general', 'large']),
  title: text,
});
const property = z.strictObject({ id: name, kind: name, statement: text });
const fault = z.strictObject({
  id: name,
  scenario: name,
  caughtBy: text.describe('properties with a stored counterexample, with spaces between'),
  expected: text.describe('other properties that are expected to catch it'),
  title: text,
});

const lists = z.strictObject({
  variants: z.array(variant).optional(),
  scenarios: z.array(scenario).optional(),
  properties: z.array(property).optional(),
  faults: z.array(fault).optional(),
});

const entries = z.array(entrySchema);

export const listSchema = z.union([
  lists,
  z.strictObject({ entries }).describe('of one name'),
  z
    .strictObject({
      search: text,
      matches: entries.describe('those that have every word, or if none has, some; best first'),
      others: entries.describe('those that have some of the words'),
    })
    .describe('of --search'),
]);
