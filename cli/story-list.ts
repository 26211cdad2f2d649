/** The list of stored stories: a story that is gone breaks nothing, and nobody would miss it. */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { readJson } from '../checker/read-json.ts';
import { readBounded } from '../checker/store.ts';
import { problemLine } from '../checker/trace-problems.ts';
import { BadInput } from './exit.ts';

/** Relative to the root, with slashes. */
export const STORIES = 'traces/stories.baseline.json';

export const storyListSchema = z.array(z.string().min(1).max(500)).max(10_000);

/** In order. Empty where there is no file yet. */
export function storiesIn(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  const read = readBounded(file, { maxBytes: 1024 * 1024 });
  if (read.kind === 'problem') throw new BadInput(read.problem);
  const document = readJson(read.text, { maxDepth: 2 });
  if (document.kind === 'problem') {
    throw new BadInput(problemLine(file, document.problem.line, document.problem));
  }
  const checked = storyListSchema.safeParse(document.value);
  if (checked.success) return checked.data;
  const line = document.lineOf(checked.error.issues[0]?.path ?? []);
  const problem = { expected: 'a list of the files of stories', found: 'something else' };
  throw new BadInput(problemLine(file, line, problem));
}

export function storyListText(files: readonly string[]): string {
  return `${JSON.stringify(files.toSorted(), null, 2)}\n`;
}
