/**
 * The one way in for stored files of JSON that have a schema: size, depth and prototypes are looked
 * after here, and what is wrong is told with its line. A trace tells more (open-trace.ts), and goes
 * the same way.
 */
import type { z } from 'zod';
import { clipped } from '../../checker/text/printable.ts';
import { readJson } from '../../checker/text/read-json.ts';
import { readBounded } from '../../checker/text/files.ts';
import { problemLine } from '../../checker/stories/trace-errors.ts';
import { BadInput } from '../errors.ts';

export type Stored<T> = {
  readonly schema: z.ZodType<T>;
  /** In words: "a list of scenarios". */
  readonly expected: string;
  readonly maxBytes: number;
  readonly maxDepth: number;
};

/** What stands in the file. Throws BadInput. */
export function readStored<T>(file: string, stored: Stored<T>): T {
  const read = readBounded(file, stored);
  if (read.kind === 'problem') throw new BadInput(read.problem);
  return parseStored(read.text, file, stored);
}

/** The same of a text that was read already. Throws BadInput. */
export function parseStored<T>(text: string, file: string, stored: Stored<T>): T {
  const document = readJson(text, stored);
  if (document.kind === 'problem') {
    throw new BadInput(problemLine(file, document.problem.line, document.problem));
  }
  const checked = stored.schema.safeParse(document.value);
  if (checked.success) return checked.data;
  const path = checked.error.issues[0]?.path ?? [];
  const found = `something else${whereText(path)}`;
  throw new BadInput(
    problemLine(file, document.lineOf(path), { expected: stored.expected, found }),
  );
}

/** ` in "runs.0.tool"`; nothing where it is the whole. */
export function whereText(path: readonly PropertyKey[]): string {
  return path.length === 0 ? '' : ` in "${clipped(path.map(String).join('.'))}"`;
}
