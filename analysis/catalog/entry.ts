/** What `list` knows of one thing: what it is, its source, what catches or tests it, and the next command. */
import { z } from 'zod';
import { countsSchema } from '../baselines/pinned-counts.ts';
import { name, text } from '../schemas/common.ts';

const names = z.array(name);
const next = z.array(text).describe('commands');

const variant = z.strictObject({
  kind: z.literal('variant'),
  name,
  title: text,
  record: text.describe('where it is recorded; empty if not known'),
  terms: names.describe('other words for it'),
  differences: z.array(text).describe('from the first variant, as the specification says them'),
  composedOf: names,
  caughtBy: names.describe('properties that catch it: a counterexample is stored'),
  expected: names.describe('other properties that are expected to catch it'),
  scenario: name.optional().describe('in which it shows'),
  traces: names.describe('stored, by path'),
  next,
});

const scenario = z.strictObject({
  kind: z.literal('scenario'),
  name,
  title: text,
  size: z.enum(['small', 'general', 'large']),
  data: z.record(name, z.json()).describe('all other fields of the scenario'),
  counts: countsSchema.optional().describe('of the first variant, as pinned'),
  tests: names.describe('properties that are tested there, as pinned'),
  faults: names.describe('variants that show there'),
  next,
});

const property = z.strictObject({
  kind: z.literal('property'),
  name,
  title: text.describe('its statement'),
  when: text.describe('the kind of its claims'),
  quiescence: text,
  sources: z.record(name, text),
  witness: text.describe('what must be reached for it to be tested'),
  catches: names.describe('variants'),
  missed: names.describe('variants that it should catch, and does not in any small scenario'),
  testedIn: names.describe('small scenarios, as pinned'),
  file: text.optional().describe('where it is stated'),
  next,
});

const walkthrough = z.strictObject({
  kind: z.literal('walkthrough'),
  name,
  title: text,
  scenario: name,
  traces: names,
  next,
});

export const entrySchema = z.discriminatedUnion('kind', [variant, scenario, property, walkthrough]);

export type VariantEntry = Deep<z.infer<typeof variant>>;
export type ScenarioEntry = Deep<z.infer<typeof scenario>>;
export type PropertyEntry = Deep<z.infer<typeof property>>;
export type WalkthroughEntry = Deep<z.infer<typeof walkthrough>>;
export type Entry = VariantEntry | ScenarioEntry | PropertyEntry | WalkthroughEntry;

type Deep<T> = { readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? readonly E[] : T[K] };
