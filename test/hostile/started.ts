/**
 * Damaged files on the command line. Refused: exit 1, one line on standard error, nothing else. Taken:
 * a documented exit code, nothing but plain lines. Either way it ends, and no file is changed.
 */
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../../cli/exit-codes.ts';
import {
  outcomeOf,
  samplesOf,
  SHOWN,
  DAMAGED,
  damagedFile,
  whyChanged,
  whyNoRefusal,
  type Outcome,
} from './attack.ts';
import type { Reader } from './readers.ts';

/** Bound on the time of a program that was started. */
const LONGEST_START_MS = 60_000;
/** Files looked at for each that is started, where hardly any is taken or refused. */
const MOST_TRIED = 50;

/** Of what is taken. It is neither bad input, nor a mistake of ours, nor was it interrupted. */
const TAKEN: readonly (number | null)[] = [
  EXIT.holds,
  EXIT.unknown,
  EXIT.deadlock,
  EXIT.safety,
  EXIT.liveness,
  EXIT.differs,
];

/** A line of a stack trace, as Node prints them. */
const STACK = /^ +at .+:\d+:\d+\)?$/;

type Start = {
  /** The command's program. */
  readonly main: string;
  /** Empty, and used by nothing else. */
  readonly folder: string;
  readonly first: number;
  /** Of those refused, and of those taken. */
  readonly files: number;
  /** Before each; false ends it. */
  readonly goOn?: () => boolean;
  readonly longestMs?: number;
};

/** What was wrong, a line each. */
export function startedWrong(
  reader: Reader,
  { main, folder, first, files, goOn = () => true, longestMs = LONGEST_START_MS }: Start,
): string[] {
  const { verb } = reader;
  if (verb === undefined) return [];
  const samples = samplesOf(reader);
  const path = join(folder, DAMAGED);
  const wrong: string[] = [];
  const started = { taken: 0, refused: 0 };
  const end = first + files * MOST_TRIED;
  for (let seed = first; seed < end && goOn(); seed++) {
    if (started.taken >= files && started.refused >= files) break;
    const bytes = damagedFile(reader, samples, seed);
    writeFileSync(path, bytes);
    const { outcome } = outcomeOf(reader, path);
    if (started[outcome] >= files) continue;
    started[outcome]++;
    const ended = start([main, ...verb(path)], folder, longestMs);
    const why = whyChanged(folder, bytes) ?? whyWrong(outcome, ended);
    if (why !== undefined) wrong.push(`seed ${seed}, ${outcome}: ${why}`);
  }
  rmSync(path, { force: true });
  return wrong;
}

type Ended = {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly isLate: boolean;
};

function start(args: readonly string[], folder: string, timeout: number): Ended {
  const options = { cwd: folder, encoding: 'utf8', timeout, killSignal: 'SIGKILL' } as const;
  const { status, stdout, stderr, error } = spawnSync(process.execPath, args, options);
  const isLate = error !== undefined && 'code' in error && error.code === 'ETIMEDOUT';
  return { status, stdout, stderr, isLate };
}

function whyWrong(outcome: Outcome, { status, stdout, stderr, isLate }: Ended): string | undefined {
  if (isLate) return 'hangs';
  if (outcome === 'refused') {
    if (status !== EXIT.usage) return `exit ${status}: ${stderr}`;
    if (stdout !== '') return `on standard output: ${stdout}`;
    return whyNoRefusal(stderr.replace(/\n$/, ''));
  }
  if (!TAKEN.includes(status)) return `exit ${status}: ${stderr}`;
  const line = [...stdout.split('\n'), ...stderr.split('\n')].find(
    (each) => !SHOWN.test(each) || STACK.test(each),
  );
  return line === undefined ? undefined : `printed ${line}`;
}
