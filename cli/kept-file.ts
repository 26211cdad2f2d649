/** JSON files that are kept in the project: pins and lists. Nobody vouches for them all the same. */
import { existsSync } from 'node:fs';
import type { z } from 'zod';
import { readJson } from '../checker/read-json.ts';
import { readBounded } from '../checker/store.ts';
import { problemLine } from '../checker/trace-problems.ts';
import { BadInput } from './exit.ts';

const MAX_BYTES = 1024 * 1024;
const MAX_DEPTH = 4;

/** What the file holds; undefined where there is none. Throws BadInput, with `expected` in words. */
export function readKept<Held>(
  file: string,
  { schema, expected }: { readonly schema: z.ZodType<Held>; readonly expected: string },
): Held | undefined {
  if (!existsSync(file)) return undefined;
  const read = readBounded(file, { maxBytes: MAX_BYTES });
  if (read.kind === 'problem') throw new BadInput(read.problem);
  const document = readJson(read.text, { maxDepth: MAX_DEPTH });
  if (document.kind === 'problem') {
    throw new BadInput(problemLine(file, document.problem.line, document.problem));
  }
  const checked = schema.safeParse(document.value);
  if (checked.success) return checked.data;
  const line = document.lineOf(checked.error.issues[0]?.path ?? []);
  throw new BadInput(problemLine(file, line, { expected, found: 'something else' }));
}
