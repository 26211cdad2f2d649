/** The list of stored stories: a story that is gone breaks nothing, and nobody would miss it. */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { readStored } from './stored.ts';

/** Relative to the root, with slashes. */
export const STORIES = 'traces/stories.baseline.json';

export const storyListSchema = z.array(z.string().min(1).max(500)).max(10_000);

const stored = {
  schema: storyListSchema,
  expected: 'a list of the files of stories',
  maxBytes: 1024 * 1024,
  maxDepth: 2,
};

/** In order. Empty where there is no file yet. */
export function storiesIn(file: string): readonly string[] {
  return existsSync(file) ? readStored(file, stored) : [];
}

export function storyListText(files: readonly string[]): string {
  return `${JSON.stringify(files.toSorted(), null, 2)}\n`;
}
