/**
 * What `traces/` holds, made anew from the model as it stands. Writes nothing.
 *
 *   traces/faults/<kernel>-<property>.trace.json   every expected violation of every shipped fault
 *   traces/walkthroughs/<name>.trace.json          stories in which nothing goes wrong
 *   traces/explore.baseline.json                   the counts of every small scenario on `sprite`
 *   traces/bounded.baseline.json                   of every other, those of its first states
 *   traces/properties.baseline.json                where each property is put to the test
 *   traces/transitions.baseline.json               the transitions that some small scenario takes
 *   traces/stories.baseline.json                   which stories should be there
 */
import { existsSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Pool } from '../jobs/worker-pool.ts';
import { root } from '../files/project-root.ts';
import { STORIES, storyList } from './trace-list.ts';
import { faultTraces } from './fault-traces.ts';
import type { Part } from './generated-files.ts';
import { pins } from './make-baselines.ts';
import { walkthroughTraces } from './walkthrough-traces.ts';

export type Made = Part & {
  /** Files that stand there and are made no more. */
  readonly obsolete: readonly string[];
};

/** The folders in which nobody keeps anything of his own. */
const made: readonly string[] = ['traces/faults', 'traces/walkthroughs'];

export async function makeTraces(pool: Pool): Promise<Made> {
  const parts = [await faultTraces(pool), walkthroughTraces(), await pins(pool)];
  const files = new Map(parts.flatMap((part) => [...part.files]));
  const stories = [...files.keys()].filter((each) => each.endsWith('.trace.json'));
  return {
    files: new Map([...files, [STORIES, storyList.textOf([...stories, ...keptIn('traces')])]]),
    obsolete: made.flatMap(tracesIn).filter((each) => !files.has(each)),
    remarks: parts.flatMap(({ remarks }) => remarks),
    problems: parts.flatMap(({ problems }) => problems),
  };
}

/** Stories that somebody keeps beside those made here, however deep. No links: they may lead anywhere. */
function keptIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (made.includes(path)) return [];
    if (entry.isDirectory()) return keptIn(path);
    return entry.isFile() && path.endsWith('.trace.json') ? [path] : [];
  });
}

function tracesIn(folder: string): readonly string[] {
  const place = join(root, folder);
  const all = existsSync(place) ? readdirSync(place, { recursive: true, encoding: 'utf8' }) : [];
  return all
    .filter((each) => each.endsWith('.trace.json'))
    .map((each) => [folder, ...each.split(sep)].join('/'));
}
