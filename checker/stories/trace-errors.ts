/** Zod's errors for a trace, in words: what was expected, and what was found. */
import type { z } from 'zod';
import { didYouMean, nearest } from '../text/nearest-name.ts';
import { clipped, printable } from '../text/printable.ts';
import type { Json } from '../text/json.ts';
import type { Document } from '../text/read-json.ts';

type Issue = z.core.$ZodIssue;

type IssueLine = {
  readonly path: readonly PropertyKey[];
  readonly expected: string;
  readonly found: string;
};

/** A reader needs no more, and a hostile file may have any number. */
const MOST_ISSUES = 50;

/** Every field a trace can have, for "did you mean". */
const fields = (
  'format version title story specification variant scenario name bounds start property verdict ' +
  'certificate kind steps finding subject expected found lastWorld provenance seed path at action params'
).split(' ');

/** Zod's first errors in a file, in the order of lines, each as `file:line: expected ..., found ...`. */
export function problemLines(
  fileName: string,
  document: Document,
  issues: readonly Issue[],
): readonly string[] {
  return issues
    .slice(0, MOST_ISSUES)
    .flatMap((issue) => issueLines(issue, document.value))
    .map((issue) => ({ ...issue, line: document.lineOf(issue.path) }))
    .toSorted((a, b) => a.line - b.line)
    .map(({ line, expected, found }) => problemLine(fileName, line, { expected, found }));
}

export function problemLine(
  fileName: string,
  line: number,
  { expected, found }: { readonly expected: string; readonly found: string },
): string {
  return printable(`${fileName}:${line}: expected ${expected}, found ${found}`);
}

function issueLines(issue: Issue, document: Json): readonly IssueLine[] {
  const { path } = issue;
  const found = described(valueAt(document, path));
  const where = path.length === 0 ? '' : ` in "${clipped(path.join('.'))}"`;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.slice(0, MOST_ISSUES).map((key) => ({
        path: [...path, key],
        expected: `only known fields${where}`,
        found: `"${clipped(key)}"${fields.includes(key) ? ', which has no place here' : didYouMean(key, fields)}`,
      }));
    case 'invalid_type':
      return [{ path, expected: `${typeName(issue.expected)}${where}`, found }];
    case 'invalid_value':
      return [oneOf(path, issue.values.map(String), valueAt(document, path), where)];
    case 'invalid_union': {
      const names = 'options' in issue ? (issue.options ?? []).map(String) : [];
      if (names.length === 0) return [{ path, expected: `JSON${where}`, found }];
      return [oneOf(path, names, valueAt(document, path), where)];
    }
    case 'too_big':
      return [{ path, expected: `at most ${issue.maximum} ${unit(issue.origin)}${where}`, found }];
    case 'too_small':
      return [{ path, expected: `at least ${issue.minimum} ${unit(issue.origin)}${where}`, found }];
    case 'invalid_format':
      return [{ path, expected: `text like ${issue.pattern ?? issue.format}${where}`, found }];
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'not_multiple_of':
      break;
  }
  return [{ path, expected: `${issue.message}${where}`, found }];
}

function oneOf(
  path: readonly PropertyKey[],
  names: readonly string[],
  value: Json | undefined,
  where: string,
): IssueLine {
  const hint = typeof value === 'string' ? nearest(value, names) : undefined;
  const expected = `${names.map((each) => `"${each}"`).join(' or ')}${where}`;
  const meant = hint === undefined ? '' : ` (did you mean "${hint}"?)`;
  return { path, expected, found: `${described(value)}${meant}` };
}

function valueAt(document: Json, path: readonly PropertyKey[]): Json | undefined {
  let value: Json | undefined = document;
  for (const key of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
    value = (value as { readonly [key: PropertyKey]: Json })[key];
  }
  return value;
}

function described(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (value !== null && typeof value === 'object') return 'an object';
  return clipped(JSON.stringify(value), 40);
}

function typeName(expected: string): string {
  return expected === 'int'
    ? 'a whole number'
    : `${/^[aeiou]/.test(expected) ? 'an' : 'a'} ${expected}`;
}

function unit(origin: string): string {
  if (origin === 'string') return 'characters';
  return origin === 'array' ? 'entries' : '';
}
