/** What `check --json` prints. */
import { z } from 'zod';
import {
  certificate,
  asked,
  count,
  coverage,
  exitCode,
  explored,
  finding,
  isUnfinished,
  ms,
  name,
  text,
} from './common.ts';

export const CHECK_FORMAT = 'sprite-check-report';
export const CHECK_VERSION = 1;

const verdict = z.strictObject({
  property: name,
  verdict: z.enum(['PROVEN', 'BOUNDED', 'SAMPLED', 'VIOLATED', 'VACUOUS', 'UNKNOWN']),
  closed: count.describe('scenarios of which every state was visited'),
  open: count.describe('scenarios explored that met a bound'),
  sampled: count.describe('scenarios sampled by random walks; they do not count for PROVEN'),
  states: count,
  depth: count,
  runs: count,
  steps: count,
  tested: count.describe('scenarios in which it could have failed'),
  testedAtRandom: count.describe('those of them that were sampled'),
  undecidedIn: z.array(name).describe('scenarios in which a claim met the bound of --max-ahead'),
  violatedIn: z.array(name),
});

const searched = z.discriminatedUnion('kind', [
  z.strictObject({ ...explored, violated: z.array(name) }),
  z.strictObject({
    kind: z.literal('random'),
    scenario: name,
    applied: z.array(name),
    runs: count,
    steps: count,
    seed: z.int(),
    deadlock: text.optional(),
    undecided: z.array(name),
    unreached: z.array(name),
    interrupted: z.boolean(),
    isUnfinished,
    asked: asked.optional(),
    walkMs: ms.optional(),
    violated: z.array(name),
  }),
]);

const storedViolation = z.strictObject({
  file: text.describe('path of the trace; it is not written if there is "differs"'),
  walked: count.optional().describe('steps of the random walk it comes from'),
  shrunkTo: count,
  differs: text.optional().describe('why a second run differs from the first'),
  alsoIn: z.array(name),
  steps: count,
  property: name,
  scenario: name,
  finding,
  certificate,
});

const fault = z.strictObject({
  fault: name,
  title: text,
  scenario: name,
  verdict: z.enum(['CAUGHT', 'MISSED', 'UNKNOWN']),
  by: name.optional(),
  steps: count.optional(),
  states: count,
  exploreMs: ms,
});

const componentFaults = z.strictObject({
  found: z.array(
    z
      .strictObject({ item: name, variant: name, scenario: name, property: name })
      .describe('a story of that scenario ends in the same violation with this item alone'),
  ),
  notSeen: z
    .array(name)
    .describe('other items: no story shows them, and they may be faults or not'),
});

export const checkSchema = z.strictObject({
  format: z.literal(CHECK_FORMAT),
  version: z.literal(CHECK_VERSION),
  variant: name,
  seed: z.int(),
  maxStates: count,
  maxAhead: count,
  runs: count.optional().describe('only if a number was given'),
  maxSteps: count,
  exitCode,
  ended: z.enum(['of itself', 'interrupted', 'timeout']),
  properties: z.array(verdict),
  scenarios: z.array(searched),
  violations: z.array(storedViolation),
  faults: z.array(fault),
  coverage: coverage
    .extend({ lost: z.array(name).describe('taken before, as pinned, and now never') })
    .optional()
    .describe('only if some scenario was explored to its end'),
  weaknesses: componentFaults
    .optional()
    .describe('only for a variant that is composed of faulty ones'),
});
