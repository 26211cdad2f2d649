/**
 * Reads every stored file of JSON with a schema: it checks size, depth and prototypes, and reports an error
 * with its line. A trace has more messages (open-trace.ts), and is read in the same way.
 */
import type { z } from 'zod';
import { clipped } from '../../checker/text/printable.ts';
import { readJson } from '../../checker/text/read-json.ts';
import { readBounded } from '../../checker/text/files.ts';
import { problemLine } from '../../checker/stories/trace-errors.ts';
import { BadInput } from '../errors.ts';

export type StoredFormat<T> = {
  readonly schema: z.ZodType<T>;
  /** In words: "a list of scenarios". */
  readonly expected: string;
  readonly maxBytes: number;
  readonly maxDepth: number;
};

/** The contents of the file. Throws BadInput. */
export function readStored<T>(file: string, stored: StoredFormat<T>): T {
  const read = readBounded(file, stored);
  if (read.kind === 'problem') throw new BadInput(read.problem);
  return parseStored(read.text, file, stored);
}

/** The same for a text that was read already. Throws BadInput. */
export function parseStored<T>(text: string, file: string, stored: StoredFormat<T>): T {
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

/** ` in "runs.0.tool"`; empty for the whole document. */
export function whereText(path: readonly PropertyKey[]): string {
  return path.length === 0 ? '' : ` in "${clipped(path.map(String).join('.'))}"`;
}
