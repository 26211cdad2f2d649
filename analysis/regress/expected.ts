/** The expected results, from `traces/`: pinned counts, the scenarios that test properties, stored traces. */
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Trace } from '../../checker/stories/trace-format.ts';
import { allPinned, type PinnedCounts } from '../baselines/pinned-counts.ts';
import { BadInput } from '../errors.ts';
import { fromHere } from '../files/home.ts';
import type { Loaded } from '../specification/loaded.ts';
import { storedNames } from '../baselines/stored-names.ts';
import { openTrace } from '../files/open-trace.ts';
import { storyList } from '../baselines/trace-list.ts';
import { takenList } from '../baselines/transitions-taken.ts';
import { testedIn } from '../baselines/scenarios-per-property.ts';

export type StoredExpectations =
  /** The file is relative to the root, with slashes. */
  | { readonly file: string; readonly trace: Trace }
  | { readonly file: string; readonly problem: string };

export type Expected = {
  readonly spec: Loaded;
  /** By `variant/scenario`. */
  readonly pins: ReadonlyMap<string, PinnedCounts>;
  /** By property, the scenarios in which its witness is reached. */
  readonly tested: ReadonlyMap<string, readonly string[]>;
  /** The transitions that the small scenarios take; undefined for a part of the scenarios. */
  readonly taken: readonly string[] | undefined;
  readonly stored: readonly StoredExpectations[];
  /** The files that should be stored; undefined for a part of the scenarios. */
  readonly listed: readonly string[] | undefined;
};

/**
 * All of it, or the part about these scenarios; files that cannot be read are always included. Nothing
 * if the specification has no stored files yet: `--accept` stores the present results.
 */
export function readExpected(spec: Loaded, chosen: readonly string[]): Expected {
  const { home } = spec;
  const names = storedNames(home);
  const folder = join(home.base, home.folder);
  const isChosen = (scenario: string): boolean => chosen.length === 0 || chosen.includes(scenario);
  const pins = [names.counts, names.bounded].flatMap((file) => [
    ...allPinned(fromHere(home, file)),
  ]);
  const stored = (existsSync(folder) ? tracesIn(folder) : []).map((path) => opened(spec, path));
  return {
    spec,
    pins: new Map(pins.filter(([key]) => isChosen(scenarioOf(key)))),
    tested: testedIn(fromHere(home, names.tested)),
    taken: chosen.length === 0 ? takenList.readFrom(fromHere(home, names.taken)) : undefined,
    stored: stored.filter((each) => 'problem' in each || isChosen(each.trace.scenario.name)),
    listed: chosen.length === 0 ? storyList.readFrom(fromHere(home, names.stories)) : undefined,
  };
}

/** The scenario of a key `variant/scenario`. */
export function scenarioOf(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}

export function variantOfKey(key: string): string {
  return key.slice(0, key.indexOf('/'));
}

export function exists({ scenarios }: Loaded, scenario: string): boolean {
  return scenarios.some(({ name }) => name === scenario);
}

function opened(spec: Loaded, path: string): StoredExpectations {
  const file = relative(spec.home.base, path).split(sep).join('/');
  try {
    // An edited scenario may have other bounds than its traces say: a difference, to be accepted.
    return { file, trace: openTrace(spec, path, { anyBounds: true }) };
  } catch (error) {
    if (error instanceof BadInput) return { file, problem: error.message.replace(path, file) };
    throw error;
  }
}

function tracesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return tracesIn(path);
      // Links are ignored: they may lead anywhere.
      return entry.isFile() && entry.name.endsWith('.trace.json') ? [path] : [];
    })
    .toSorted();
}
