/**
 * What `npm test` does a little of, done for long: damaged files for every reader. Bundled and started
 * by `scripts/nightly.mjs`.
 *
 *   The files are read on a worker thread, so that one thread is left to say that it hangs.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { treeHash } from '../../analysis/regress/tree-hash.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { root } from '../../analysis/files/project-root.ts';
import { counted, table } from '../../checker/text/tables.ts';
import { attack, type Figures } from './attack.ts';
import { readers, type Reader } from './readers.ts';
import { startedWrong } from './started.ts';
import { runNightly, say } from '../support/nightly-thread.ts';

type Asked = {
  readonly files: number;
  readonly seed: number;
  /** All, where none is named. */
  readonly reader?: string;
  readonly minutes?: number;
  readonly board: Int32Array;
};

/** Files of each reader, of those refused and of those taken, that go through the command line. */
const STARTED = 20;
const EVERY_MS = 10_000;
/** Bound on the time for one file, also on a busy machine. */
const HANGS_MS = 120_000;
/** Of the board: which reader, how many files it has had, and that something else goes on. */
const [READER, FILES, ELSEWHERE] = [0, 1, 2];

runNightly<Omit<Asked, 'board'>>({
  fields: 3,
  hangsMs: HANGS_MS,
  mayTakeLong: (board) => board[ELSEWHERE] === 1,
  hanging: (asked, board) => {
    const name = chosen(asked)[board[READER] ?? 0]?.name;
    return [`FAILED  ${name}: hangs on the file of seed ${asked.seed + (board[FILES] ?? 0)}`];
  },
  work: tryAll,
});

function chosen({ reader }: Pick<Asked, 'reader'>): readonly Reader[] {
  return reader === undefined ? readers : readers.filter(({ name }) => name === reader);
}

/** The exit code. */
function tryAll(asked: Asked): number {
  const asking = chosen(asked);
  if (asking.length === 0) {
    const names = readers.map(({ name }) => `"${name}"`).join(', ');
    say(`nightly: --reader: expected one of ${names}, found "${asked.reader}"`);
    return EXIT.usage;
  }
  const before = treeHash(root, []);
  const began = Date.now();
  const results = asking.map((reader, index) => {
    Atomics.store(asked.board, READER, index);
    return tryReader(reader, asked, endOf(asked, began, asking.length - index));
  });
  const isSame = treeHash(root, []) === before;
  if (!isSame) say('FAILED  a file of the repository was changed');
  say('', `seed ${asked.seed}`, ...figureLines(results));
  return isSame && results.every(({ wrong }) => wrong.length === 0) ? EXIT.holds : EXIT.differs;
}

/** When this reader must be done: an equal share of what is left. */
function endOf({ minutes }: Asked, began: number, left: number): number {
  if (minutes === undefined) return Infinity;
  const now = Date.now();
  return now + Math.max(0, began + minutes * 60_000 - now) / left;
}

type Result = {
  readonly name: string;
  readonly figures: Figures;
  readonly seconds: number;
  readonly wrong: readonly string[];
};

function tryReader(reader: Reader, { files, seed, board }: Asked, end: number): Result {
  const folder = mkdtempSync(join(tmpdir(), 'sprite-check-nightly-'));
  const began = Date.now();
  let [figures, said]: [Figures, number] = [
    { files: 0, refused: 0, slowest: { ms: 0, seed } },
    began,
  ];
  const wrong: string[] = [];
  const onFile = (now: number, so: Figures): boolean => {
    figures = so;
    Atomics.store(board, FILES, now - seed);
    if (Date.now() - said >= EVERY_MS) {
      said = Date.now();
      say(progressText(reader.name, so, files));
    }
    return Date.now() < end;
  };
  try {
    figures = attack(reader, { folder, first: seed, files, onFile });
    Atomics.store(board, ELSEWHERE, 1);
    const main = join(root, 'dist', 'cli', 'main.js');
    const started = Math.min(STARTED, figures.files);
    const goOn = (): boolean => Date.now() < end;
    wrong.push(...startedWrong(reader, { main, folder, first: seed, files: started, goOn }));
    wrong.push(...tooFew(reader, figures));
  } catch (error) {
    wrong.push(String(error));
  } finally {
    Atomics.store(board, ELSEWHERE, 0);
    rmSync(folder, { recursive: true, force: true });
  }
  say(progressText(reader.name, figures, files));
  for (const each of wrong) say(`FAILED  ${reader.name}: ${each}`);
  return { name: reader.name, figures, seconds: (Date.now() - began) / 1000, wrong };
}

/** A reader that takes all files, or none, was not tested. */
function tooFew({ least }: Reader, { files, refused }: Figures): readonly string[] {
  if (files < 200) return [];
  return [
    ...(refused < files * least.refused ? ['hardly a file was refused'] : []),
    ...(files - refused < files * least.taken ? ['hardly a file was taken'] : []),
  ];
}

function progressText(name: string, { files, refused }: Figures, asked: number): string {
  return `${name}: ${counted(files)} of ${counted(asked)} files, ${counted(refused)} refused`;
}

function figureLines(results: readonly Result[]): readonly string[] {
  const rows = results.map(({ name, figures, seconds, wrong }) => [
    name,
    counted(figures.files),
    counted(figures.refused),
    figures.slowest.ms.toFixed(0),
    String(figures.slowest.seed),
    seconds.toFixed(0),
    wrong.length === 0 ? 'held' : 'FAILED',
  ]);
  return table(
    [['reader', 'files', 'refused', 'slowest CPU ms', 'its seed', 'seconds', ''], ...rows],
    [1, 2, 3, 4, 5],
  );
}
