/**
 * `npm run bench`: all figures of docs/performance.md in one run. `-- --quick` takes two minutes and
 * writes nothing but `out/bench.json`. Each section is written when it has been measured.
 * Exit 0, or 1 for a wrong option.
 */
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { kernels } from '../model/kernels/all.ts';
import { allAlone } from './alone.ts';
import { findFault, shrinkFault } from './faults-bench.ts';
import { benchMiniMig, duel } from './minimig-bench.ts';
import {
  findingOnOneLine,
  miniMigText,
  runText,
  shrinkingText,
  spriteText,
  type BenchRun,
} from './report.ts';
import { benchSprite } from './sprite-bench.ts';
import { createWritten } from './written.ts';

const SOUND = 'sprite';
const PAGE = join('docs', 'performance.md');

const { quick: isQuick } = options();
const faults = kernels.filter(({ caughtBy }) => caughtBy.length > 0);

const run: BenchRun = {
  machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
  node: process.version,
  date: new Date().toISOString().slice(0, 10),
};
const written = createWritten(
  { run, head: runText(run) },
  { json: join('out', 'bench.json'), page: isQuick ? undefined : PAGE },
);

const minimig = benchMiniMig(isQuick);
note(`MiniMig: ${minimig.length} sizes`);
const spin = await duel(isQuick ? 1 : 3);
note(
  spin === undefined
    ? 'SPIN is not installed: our figures alone'
    : `SPIN: ${spin.ratio.toFixed(2)} times the faster of its searches`,
);
written.add('MiniMig', { minimig, spin }, miniMigText({ minimig, spin }));
const sprite = benchSprite(isQuick);
written.add('The Sprite model', { sprite }, spriteText(sprite));
note(
  `the Sprite model: ${Math.round(sprite.statesPerSecond)} states a second,` +
    ` ${Math.round(sprite.randomStepsPerSecond)} random steps a second`,
);
const toShrink = faults.slice(0, isQuick ? 5 : faults.length);
const shrinking = toShrink.flatMap((fault) => shrinkFault(fault) ?? []);
const unmet = toShrink
  .map(({ id }) => id)
  .filter((id) => !shrinking.some(({ fault }) => fault === id));
written.add('Shrinking', { shrinking, unmet }, shrinkingText({ shrinking, unmet }));
note(`shrinking: ${shrinking.length} faults`);
// The repaired kernel first: where a seed finds something in it, the table below means nothing.
const sought = [SOUND, ...faults.slice(0, isQuick ? 3 : faults.length).map(({ id }) => id)].map(
  (id) => ({ id, seeds: isQuick ? 3 : 20 }),
);
const [control, ...findings] = await allAlone(
  findFault,
  sought,
  ({ fault, found, seeds, scenario }) => note(`${fault}: ${found} of ${seeds} seeds, ${scenario}`),
);
written.add(
  'Finding faults at random',
  { control, findings },
  findingOnOneLine({ control, findings }),
);
process.stdout.write(`${written.text()}\n`);

/** A run of an hour must not fail at its end because of a misspelled word. */
function options(): { readonly quick: boolean } {
  try {
    return parseArgs({ options: { quick: { type: 'boolean', default: false } } }).values;
  } catch (error) {
    process.stderr.write(`bench: ${(error as Error).message}; there is only --quick\n`);
    return process.exit(1);
  }
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}
