/** Spoilt files on the command line: exit 1, one line on standard error, nothing else. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outcomeOf, samplesOf, spoiltFile, whyNoRefusal } from './attack.ts';
import type { Reader } from './readers.ts';

type Start = {
  /** The command's program. */
  readonly main: string;
  readonly folder: string;
  readonly first: number;
  /** Of those refused. */
  readonly files: number;
  /** Before each; false ends it. */
  readonly goOn?: () => boolean;
};

/** What was wrong, a line each. */
export function startedWrong(
  reader: Reader,
  { main, folder, first, files, goOn = () => true }: Start,
): string[] {
  const { verb } = reader;
  if (verb === undefined) return [];
  const samples = samplesOf(reader);
  const path = join(folder, 'spoilt.json');
  const wrong: string[] = [];
  let started = 0;
  for (let seed = first; started < files && goOn(); seed++) {
    writeFileSync(path, spoiltFile(reader, samples, seed));
    if (outcomeOf(reader, path).outcome === 'taken') continue;
    started++;
    const why = whyWrong([main, ...verb(path)], folder);
    if (why !== undefined) wrong.push(`seed ${seed}: ${why}`);
  }
  return wrong;
}

function whyWrong(args: readonly string[], folder: string): string | undefined {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status !== 1) return `exit ${status}: ${stderr}`;
  if (stdout !== '') return `on standard output: ${stdout}`;
  return whyNoRefusal(stderr.replace(/\n$/, ''));
}
