/**
 * The short run on an unchanged tree: it uses the measurements of the last full run, if a sample of them
 * is the same when repeated.
 */
import { canonical } from '../../checker/text/canonical-json.ts';
import type { Json } from '../../checker/text/json.ts';
import type { Pool } from '../jobs/worker-pool.ts';
import type { Expected } from './expected.ts';
import { measure, type Scope } from './measure.ts';
import type { Measured } from './measurements.ts';
import type { Stamp } from './stamp.ts';

/** Size of the sample: this many of the smallest explorations, and this many stories, spread over the list. */
const SAMPLE = 16;

export type Sampled =
  | { readonly kind: 'same'; readonly repeated: number }
  /** The measurement that differs: the stamp is not of this tree, whatever it says. */
  | { readonly kind: 'different'; readonly which: string };

/** Measures a sample, and compares. */
export async function sampleAgain(
  pool: Pool,
  { measured }: Stamp,
  asked: { readonly expected: Expected; readonly scope: Scope },
): Promise<Sampled> {
  const only = sampleOf(measured);
  const again = await measure(pool, asked.expected, { ...asked.scope, only });
  const [then, now] = [entriesIn(measured), entriesIn(again)];
  const different = [...now].find(([key, text]) => then.get(key) !== text);
  return different === undefined
    ? { kind: 'same', repeated: now.size }
    : { kind: 'different', which: different[0] };
}

function sampleOf({ scenarios, faults, traces }: Measured): NonNullable<Scope['only']> {
  const explored = [...scenarios, ...faults]
    .toSorted((a, b) => a.states - b.states)
    .slice(0, SAMPLE)
    .map(({ variant, scenario }) => `${variant}/${scenario}`);
  const every = Math.ceil(traces.length / SAMPLE);
  const files = traces.filter((_, index) => index % every === 0).map(({ file }) => file);
  return { explored: new Set(explored), files: new Set(files) };
}

/** The text of each measurement, by name, without times and the places of written stories. */
function entriesIn({ scenarios, faults, traces }: Measured): ReadonlyMap<string, string> {
  const explored = (what: string, list: Measured['faults']): readonly Entry[] =>
    list.map((each) => {
      const found = each.found.map(({ property, steps, finding }) => ({
        property,
        steps,
        finding,
      }));
      return [
        `${what} ${each.variant}/${each.scenario}`,
        canonical(plain({ ...each, found, ms: 0 })),
      ];
    });
  return new Map([
    ...explored('scenario', scenarios),
    ...explored('fault', faults),
    ...traces.map((each): Entry => [each.file, canonical(plain({ ...each, ms: 0 }))]),
  ]);
}

/** In the form in which it is read from a file. */
function plain(measured: object): Json {
  return JSON.parse(JSON.stringify(measured)) as Json;
}

type Entry = readonly [name: string, text: string];
