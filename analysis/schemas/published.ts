/** Every document that programs may read, by its name, as JSON Schema (draft 2020-12). */
import { z } from 'zod';
import { traceSchemas } from '../../checker/stories/trace-format.ts';
import { baselineSchema } from '../baselines/pinned-counts.ts';
import { explanationSchema } from '../explain/document.ts';
import { diffSchema, mutantsSchema, regressSchema } from './comparisons.ts';
import { storyList } from '../baselines/trace-list.ts';
import { situationsSchema } from '../baselines/scenarios-per-situation.ts';
import { testedSchema } from '../baselines/scenarios-per-property.ts';
import { takenList } from '../baselines/transitions-taken.ts';
import { checkSchema } from './check.ts';
import { costSchema, exploreSchema, listSchema, replaySchema, shrinkSchema } from './stories.ts';

type Published = { readonly about: string; readonly schema: z.ZodType };

/** The documents of `--json`, by verb. A test checks that every verb with `--json` is listed here. */
export const documents: { readonly [verb: string]: Published } = {
  check: { about: 'what "sprite-check check --json" prints', schema: checkSchema },
  explore: { about: 'what "sprite-check explore --json" prints', schema: exploreSchema },
  replay: { about: 'what "sprite-check replay --json" prints', schema: replaySchema },
  explain: { about: 'what "sprite-check explain --json" prints', schema: explanationSchema },
  diff: { about: 'what "sprite-check diff --json" prints', schema: diffSchema },
  regress: { about: 'what "sprite-check regress --json" prints', schema: regressSchema },
  mutants: { about: 'what "sprite-check mutants --json" prints', schema: mutantsSchema },
  shrink: { about: 'what "sprite-check shrink --json" prints', schema: shrinkSchema },
  cost: { about: 'what "sprite-check cost --json" prints', schema: costSchema },
  list: { about: 'what "sprite-check list --json" prints', schema: listSchema },
};

const files: { readonly [name: string]: Published } = {
  trace: { about: 'a stored story: *.trace.json', schema: traceSchemas.trace },
  baseline: {
    about: 'pinned counts: explore.baseline.json, bounded.baseline.json',
    schema: baselineSchema,
  },
  tested: {
    about: 'the scenarios that test each property: properties.baseline.json',
    schema: testedSchema,
  },
  situations: {
    about: 'the small scenarios that reach each situation: situations.baseline.json',
    schema: situationsSchema,
  },
  stories: {
    about: 'the stories that should be stored: stories.baseline.json',
    schema: storyList.schema,
  },
  taken: {
    about: 'the transitions that some small scenario takes: transitions.baseline.json',
    schema: takenList.schema,
  },
};

/** Text by file name. */
export function publishedSchemas(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries({ ...documents, ...files }).map(([name, { about, schema }]) => {
      const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
      const head = { $schema, $id: `urn:sprite-check:schema:${name}`, title: name };
      const whole = { ...head, description: about, ...rest };
      return [`${name}.schema.json`, `${JSON.stringify(whole, null, 2)}\n`];
    }),
  );
}
