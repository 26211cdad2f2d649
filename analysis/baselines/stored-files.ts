/**
 * The stored files of a specification (`<folder>` is "traces" for Sprite), generated from its present
 * form. Writes nothing.
 *
 *   <folder>/faults/<variant>-<property>.trace.json  every expected violation of every known fault
 *   <folder>/walkthroughs/<name>.trace.json          traces that violate nothing
 *   and the files that stored-names.ts lists
 */
import { existsSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Pool } from '../jobs/worker-pool.ts';
import type { Home, Loaded } from '../specification/loaded.ts';
import { storedNames } from './stored-names.ts';
import { storyList } from './trace-list.ts';
import { faultTraces } from './fault-traces.ts';
import type { Part } from './generated-files.ts';
import { pins } from './make-baselines.ts';
import { walkthroughTraces } from './walkthrough-traces.ts';

export type Made = Part & {
  /** Files in the folder that are no longer generated. */
  readonly obsolete: readonly string[];
};

export async function makeTraces(spec: Loaded, pool: Pool): Promise<Made> {
  const { home } = spec;
  const stored = storedNames(home);
  // The folders that contain generated files only.
  const made = [stored.faults, stored.walkthroughs];
  const parts = [await faultTraces(spec, pool), walkthroughTraces(spec), await pins(spec, pool)];
  const files = new Map(parts.flatMap((part) => [...part.files]));
  const stories = [...files.keys()].filter((each) => each.endsWith('.trace.json'));
  return {
    files: new Map([
      ...files,
      [stored.stories, storyList.textOf([...stories, ...keptIn(home, home.folder, made)])],
    ]),
    obsolete: made.flatMap((folder) => tracesIn(home, folder)).filter((each) => !files.has(each)),
    remarks: parts.flatMap(({ remarks }) => remarks),
    problems: parts.flatMap(({ problems }) => problems),
  };
}

/** The user's own traces beside the generated ones, at any depth. Links are ignored: they may lead anywhere. */
function keptIn(home: Home, folder: string, made: readonly string[]): readonly string[] {
  const place = join(home.base, folder);
  if (!existsSync(place)) return [];
  return readdirSync(place, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (made.includes(path)) return [];
    if (entry.isDirectory()) return keptIn(home, path, made);
    return entry.isFile() && path.endsWith('.trace.json') ? [path] : [];
  });
}

function tracesIn({ base }: Home, folder: string): readonly string[] {
  const place = join(base, folder);
  const all = existsSync(place) ? readdirSync(place, { recursive: true, encoding: 'utf8' }) : [];
  return all
    .filter((each) => each.endsWith('.trace.json'))
    .map((each) => [folder, ...each.split(sep)].join('/'));
}
