/** What `traces/` says there should be: pinned counts, where properties are tested, stored stories. */
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
  /** The transitions that the small scenarios take; undefined where only some are asked about. */
  readonly taken: readonly string[] | undefined;
  readonly stored: readonly StoredExpectations[];
  /** The files that should be stored; undefined where only some scenarios are asked about. */
  readonly listed: readonly string[] | undefined;
};

/**
 * Everything, or what concerns these scenarios. A file that cannot be read always does. Of a
 * specification of which nothing is stored yet, nothing: `--accept` stores what there is.
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

/** Of a key `variant/scenario`. */
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
    // A scenario that was edited has other bounds than its stories say: a difference, to be accepted.
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
      // Not what a link leads to: it may lead anywhere.
      return entry.isFile() && entry.name.endsWith('.trace.json') ? [path] : [];
    })
    .toSorted();
}
