/**
 * Accepts the present results, with a reason: `traces/` is generated again and the reason is written into
 * the changelog, all of it or nothing.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printable } from '../../checker/text/printable.ts';
import { readBounded, whyNotWritten } from '../../checker/text/files.ts';
import { BadInput } from '../errors.ts';
import type { Pool } from '../jobs/worker-pool.ts';
import { fromHere } from '../files/home.ts';
import type { Home } from '../specification/loaded.ts';
import { makeTraces } from '../baselines/stored-files.ts';
import { replaceAll } from '../files/replace-files.ts';
import { changesText } from './accepted-changes.ts';
import { withEntry } from './changelog-entry.ts';
import type { Expected } from './expected.ts';
import { keptTraces } from './kept-traces.ts';
import type { Row } from './row.ts';

const LONGEST_REASON = 500;

export type Accepted =
  /** Number of files with another text now. */
  | { readonly kind: 'written'; readonly files: number; readonly removed: readonly string[] }
  /** Nothing was written; each problem is one line. */
  | { readonly kind: 'refused'; readonly problems: readonly string[] };

/** Throws `BadInput` if this is no reason. Called before anything runs. */
export function reasonFrom(text: string | undefined): string {
  const reason = (text ?? '').trim();
  const isOneLine = printable(reason) === reason;
  if (reason !== '' && isOneLine && reason.length <= LONGEST_REASON) return reason;
  const found = reason === '' ? 'none' : isOneLine ? `${reason.length}` : 'control characters';
  throw new BadInput(
    `sprite-check: expected a reason of one line, at most ${LONGEST_REASON} characters, found ${found}:` +
      ' regress --accept --reason "why it moved"',
  );
}

export async function accept(
  pool: Pool,
  { rows, expected }: { readonly rows: readonly Row[]; readonly expected: Expected },
  reason: string,
): Promise<Accepted> {
  const changed = rows.filter(({ holds }) => !holds);
  const refused = changed.filter(({ canBeAccepted }) => !canBeAccepted);
  if (refused.length > 0) {
    return {
      kind: 'refused',
      problems: refused.map(({ what, id, now }) => `${what} ${id}: ${now}`),
    };
  }
  const { spec } = expected;
  const { home } = spec;
  const made = await makeTraces(spec, pool);
  const kept = await keptTraces(pool, expected);
  if (pool.ended() !== undefined) return { kind: 'refused', problems: ['interrupted'] };
  const problems = [...made.problems, ...kept.problems];
  if (problems.length > 0) return { kind: 'refused', problems };
  const changelog = withEntry(
    readChangelog(home),
    reason,
    changesText(spec, changed).map(printable),
  );
  // The reason first: after a loss of power between two files, nothing is accepted without a reason.
  const all = [[home.changelog, changelog] as const, ...kept.files, ...made.files];
  const files = new Map(all.filter(([path, text]) => !isText(join(home.base, path), text)));
  try {
    replaceAll(home.base, { files, obsolete: made.obsolete });
  } catch (error) {
    return { kind: 'refused', problems: [`nothing can be written: ${whyNotWritten(error)}`] };
  }
  return { kind: 'written', files: files.size, removed: made.obsolete };
}

function isText(file: string, text: string): boolean {
  return existsSync(file) && readFileSync(file, 'utf8') === text;
}

/** A changelog that does not exist yet begins with the heading of the changes. */
function readChangelog(home: Home): string {
  if (!existsSync(join(home.base, home.changelog))) return '# Changes\n\n## [Unreleased]\n';
  const read = readBounded(fromHere(home, home.changelog), { maxBytes: 1024 * 1024 });
  if (read.kind === 'problem') throw new BadInput(read.problem);
  return read.text;
}
