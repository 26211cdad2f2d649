/**
 * Whether a condition of the properties matters. It does if without it a stored trace of a fault no longer
 * shows its violation, or `sprite` violates something in a small scenario, or a witness is reached where
 * it was not, or is not reached where it was.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allPinned } from '../../analysis/baselines/pinned-counts.ts';
import { root } from '../../analysis/files/project-root.ts';
import { createSystem, type System } from '../../checker/engine/system.ts';
import { explore } from '../../checker/search/explore.ts';
import { claimsOf, witnessesOf } from '../../checker/specification/property.ts';
import { sizeOf } from '../../checker/specification/specification.ts';
import { parseTrace, type ViolatedTrace } from '../../checker/stories/trace-format.ts';
import { runSteps } from '../../checker/stories/strict-replay.ts';
import { boot } from '../../model/boot.ts';
import { sprite, type Kernel } from '../../model/kernel.ts';
import { kernels } from '../../model/kernels/all.ts';
import { scenarios } from '../../model/scenarios/all.ts';
import { properties } from '../../properties/all.ts';
import type { SpriteProperty } from '../../properties/sprite-property.ts';
import type { Judged } from './judged.ts';
import type { Site } from './sites.ts';
import { activate, NO_SITE, takeTouched } from './switch.ts';

type Base = { readonly touched: ReadonlySet<number>; readonly said: string };

const sizes = allPinned(join(root, 'traces', 'explore.baseline.json'));
const small = scenarios
  .filter((scenario) => sizeOf(scenario) === 'small')
  .toSorted((a, b) => statesOf(a.name) - statesOf(b.name));
const stories: readonly ViolatedTrace[] = readStories();
const systems = new Map<string, System>();
const bases = new Map<string, Base>();

/** Traces first: they are short. Then scenarios, the smaller first. */
export function judge({ id, file }: Pick<Site, 'id' | 'file'>): Judged {
  const asked = properties.filter((property) => mayUse(file, property.id));
  let isTouched = false;
  for (const trial of trialsOf(asked)) {
    const base = baseOf(trial);
    if (!base.touched.has(id)) continue;
    isTouched = true;
    const said = saidWith(id, trial);
    if (said !== base.said) return { noticed: `${trial.name}: ${said}`, isTouched };
  }
  return { noticed: undefined, isTouched };
}

/** A place where a property says something. */
type Trial = { readonly name: string; readonly ask: () => string };

function* trialsOf(asked: readonly SpriteProperty[]): Generator<Trial> {
  for (const property of asked) {
    for (const story of stories.filter((each) => each.property === property.id)) {
      yield { name: `${story.variant} ${property.id}`, ask: () => foundIn(story, property) };
    }
  }
  for (const scenario of small) {
    for (const property of asked) {
      yield {
        name: `sprite ${property.id} in ${scenario.name}`,
        ask: () => exploredIn(scenario, property),
      };
    }
  }
}

function baseOf(trial: Trial): Base {
  const known = bases.get(trial.name);
  if (known !== undefined) return known;
  activate(NO_SITE);
  takeTouched();
  const base = { said: trial.ask(), touched: takeTouched() };
  bases.set(trial.name, base);
  return base;
}

function saidWith(site: number, { ask }: Trial): string {
  activate(site);
  try {
    return ask();
  } catch (error) {
    return `an exception: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    activate(NO_SITE);
  }
}

function foundIn(story: ViolatedTrace, property: SpriteProperty): string {
  const kernel = kernels.find(({ id }) => id === story.variant)?.kernel ?? sprite;
  const scenario = scenarioNamed(story.scenario.name);
  const system = systemOf(story.variant, kernel, scenario);
  const { seen } = runSteps(system, claimsOf([property], scenario), story);
  if (seen === undefined) return 'holds';
  const { subject, expected, found } = seen.violation.finding;
  return `violated after ${seen.step} steps, ${subject}: expected ${expected}, found ${found}`;
}

function exploredIn(scenario: Scenario, property: SpriteProperty): string {
  const claims = claimsOf([property], scenario);
  if (claims.length === 0) return 'nothing to say';
  const { found, unreached } = explore(systemOf('sprite', sprite, scenario), {
    claims,
    witnesses: witnessesOf([property], scenario),
  });
  const [first] = found;
  if (first !== undefined) return `violated: ${first.violation.finding.found}`;
  return unreached.length === 0 ? 'holds, witness reached' : 'holds, witness not reached';
}

type Scenario = (typeof scenarios)[number];

function statesOf(scenario: string): number {
  return sizes.get(`sprite/${scenario}`)?.states ?? Infinity;
}

function scenarioNamed(name: string): Scenario {
  const found = scenarios.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no scenario is called "${name}"`);
  return found;
}

function systemOf(variant: string, kernel: Kernel, scenario: Scenario): System {
  const key = `${variant} ${scenario.name}`;
  const known = systems.get(key);
  if (known !== undefined) return known;
  const system = createSystem(boot(kernel, scenario));
  systems.set(key, system);
  return system;
}

/** The file of one property, or one that several properties use. */
function mayUse(file: string, property: string): boolean {
  return file === `properties/${property}.property.ts` || !file.endsWith('.property.ts');
}

function readStories(): readonly ViolatedTrace[] {
  const folder = join(root, 'traces', 'faults');
  return readdirSync(folder).flatMap((file) => {
    const parsed = parseTrace(readFileSync(join(folder, file), 'utf8'), file);
    if (parsed.kind === 'problems') throw new Error(`traces/faults/${file} is no trace`);
    return parsed.trace.verdict === 'violated' ? [parsed.trace] : [];
  });
}
