/** The list of stored stories: a story that is gone breaks nothing, and nobody would miss it. */
import { z } from 'zod';
import { readKept } from './kept-file.ts';

/** Relative to the root, with slashes. */
export const STORIES = 'traces/stories.baseline.json';

export const storyListSchema = z.array(z.string().min(1).max(500)).max(10_000);

/** In order. Empty where there is no file yet. */
export function storiesIn(file: string): readonly string[] {
  return (
    readKept(file, { schema: storyListSchema, expected: 'a list of the files of stories' }) ?? []
  );
}

export function storyListText(files: readonly string[]): string {
  return `${JSON.stringify(files.toSorted(), null, 2)}\n`;
}
