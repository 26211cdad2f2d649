/** What `traces/` says there should be: pinned counts, where properties are tested, stored stories. */
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { scenarios } from '../../model/scenarios/all.ts';
import type { Trace } from '../../checker/stories/trace-format.ts';
import { allPinned, type Counts } from '../baselines/pinned-counts.ts';
import { BadInput } from '../errors.ts';
import { fromHere, root } from '../files/project-root.ts';
import { openTrace } from '../files/open-trace.ts';
import { STORIES, storyList } from '../baselines/trace-list.ts';
import { TAKEN, takenList } from '../baselines/transitions-taken.ts';
import { testedIn } from '../baselines/scenarios-per-property.ts';
import { BOUNDED, COUNTS, TESTED } from '../baselines/make-baselines.ts';

export type Stored =
  /** The file is relative to the root, with slashes. */
  | { readonly file: string; readonly trace: Trace }
  | { readonly file: string; readonly problem: string };

export type Expected = {
  /** By `kernel/scenario`. */
  readonly pins: ReadonlyMap<string, Counts>;
  /** By property, the scenarios in which its witness is reached. */
  readonly tested: ReadonlyMap<string, readonly string[]>;
  /** The transitions that the small scenarios take; undefined where only some are asked about. */
  readonly taken: readonly string[] | undefined;
  readonly stored: readonly Stored[];
  /** The files that should be stored; undefined where only some scenarios are asked about. */
  readonly listed: readonly string[] | undefined;
};

/** Everything, or what concerns these scenarios. A file that cannot be read always does. */
export function readExpected(chosen: readonly string[]): Expected {
  const folder = join(root, 'traces');
  if (!existsSync(folder)) {
    throw new BadInput(
      'sprite-check: expected traces/ beside the program, found none: regress runs in the repository',
    );
  }
  const isChosen = (scenario: string): boolean => chosen.length === 0 || chosen.includes(scenario);
  const pins = [COUNTS, BOUNDED].flatMap((file) => [...allPinned(fromHere(file))]);
  const stored = tracesIn(folder).map(opened);
  return {
    pins: new Map(pins.filter(([key]) => isChosen(scenarioOf(key)))),
    tested: testedIn(fromHere(TESTED)),
    taken: chosen.length === 0 ? takenList.readFrom(fromHere(TAKEN)) : undefined,
    stored: stored.filter((each) => 'problem' in each || isChosen(each.trace.scenario.name)),
    listed: chosen.length === 0 ? storyList.readFrom(fromHere(STORIES)) : undefined,
  };
}

/** Of a key `kernel/scenario`. */
export function scenarioOf(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}

export function kernelOf(key: string): string {
  return key.slice(0, key.indexOf('/'));
}

export function exists(scenario: string): boolean {
  return scenarios.some(({ name }) => name === scenario);
}

function opened(path: string): Stored {
  const file = relative(root, path).split(sep).join('/');
  try {
    // A scenario that was edited has other bounds than its stories say: a difference, to be accepted.
    return { file, trace: openTrace(path, { anyBounds: true }) };
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
