/**
 * `npm run bench`: all figures of docs/performance.md in one run. `-- --quick` takes a minute and
 * writes nothing but `out/bench.json`.
 */
import { mkdirSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { readBounded, writeWhole } from '../checker/store.ts';
import { kernels } from '../model/kernels/all.ts';
import { allAlone } from './alone.ts';
import { findFault, shrinkFault } from './faults-bench.ts';
import { benchMiniMig, duel } from './minimig-bench.ts';
import { performanceText, type Figures } from './report.ts';
import { benchSprite } from './sprite-bench.ts';

const BEGIN = '<!-- figures: written by npm run bench -->';
const END = '<!-- end of figures -->';
const SOUND = 'sprite';
const PAGE = join('docs', 'performance.md');

const isQuick = process.argv.includes('--quick');
const faults = kernels.filter(({ caughtBy }) => caughtBy.length > 0);

const minimig = benchMiniMig(isQuick);
note(`MiniMig: ${minimig.length} sizes`);
const spin = await duel(isQuick ? 1 : 3);
note(
  spin === undefined
    ? 'SPIN is not installed: our figures alone'
    : `SPIN: ${spin.ratio.toFixed(2)} times the faster of its searches`,
);
const sprite = benchSprite(isQuick);
note(
  `the Sprite model: ${Math.round(sprite.statesPerSecond)} states a second,` +
    ` ${Math.round(sprite.randomStepsPerSecond)} random steps a second`,
);
const toShrink = faults.slice(0, isQuick ? 5 : faults.length);
const shrinking = toShrink.flatMap((fault) => shrinkFault(fault) ?? []);
const unmet = toShrink
  .map(({ id }) => id)
  .filter((id) => !shrinking.some(({ fault }) => fault === id));
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

const figures: Figures = {
  machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
  node: process.version,
  date: new Date().toISOString().slice(0, 10),
  minimig,
  spin,
  sprite,
  control,
  findings,
  shrinking,
  unmet,
};
mkdirSync('out', { recursive: true });
writeWhole(join('out', 'bench.json'), `${JSON.stringify(figures, null, 2)}\n`);
const written = performanceText(figures);
process.stdout.write(`${written}\n`);
if (!isQuick) writeWhole(PAGE, withFigures(written));

function withFigures(figuresText: string): string {
  const page = readBounded(PAGE, { maxBytes: 2 ** 20 });
  const before = page.kind === 'text' ? page.text : `# Performance\n\n${BEGIN}\n${END}\n`;
  const [head = '', rest = ''] = before.split(BEGIN);
  return `${head}${BEGIN}\n\n${figuresText}\n${END}${rest.split(END)[1] ?? '\n'}`;
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}
