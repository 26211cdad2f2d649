// On an unchanged tree `regress` believes a stamp only as far as a sample, measured again, agrees.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseTrace } from '../../checker/stories/trace-format.ts';
import type { Expected } from '../../analysis/regress/expected.ts';
import { sampleAgain } from '../../analysis/regress/unchanged-tree.ts';
import type { Pool } from '../../analysis/jobs/worker-pool.ts';
import { unfinished } from '../../analysis/jobs/unfinished-job.ts';
import { measure } from '../../analysis/regress/measure.ts';
import type { Measured } from '../../analysis/regress/measurements.ts';
import { loadedSprite } from '../../testing/sprite.ts';
import { board, inThisThread } from '../support/in-this-thread.ts';

const file = 'traces/faults/R44-unlinked-lives-until-unused.trace.json';
const parsed = parseTrace(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'), file);
if (parsed.kind === 'problems') throw new Error(parsed.problems.join('\n'));
const { trace } = parsed;

const expected: Expected = {
  spec: loadedSprite,
  pins: new Map(),
  tested: new Map(),
  taken: undefined,
  listed: [],
  stored: [{ file, trace }],
};
const scope = { chosen: [trace.scenario.name], maxStates: 10_000, out: 'out' };
const measured = measure(inThisThread, expected, scope);

async function sampled(change: (honest: Measured) => Measured): Promise<string> {
  const stamp = { tree: '', finished: '', measured: change(await measured) };
  const said = await sampleAgain(inThisThread, stamp, { expected, scope });
  return said.kind === 'same' ? `${said.repeated} the same` : said.which;
}

describe('a stamp', () => {
  test('of this tree agrees with its sample', async () => {
    expect(await sampled((honest) => honest)).toMatch(/^[1-9]\d* the same$/);
  });

  test.each<[string, string, (honest: Measured) => Measured]>([
    [
      'that hides a collapse',
      `scenario sprite/${trace.scenario.name}`,
      (honest) => ({
        ...honest,
        scenarios: honest.scenarios.map((each) => ({ ...each, states: each.states + 1 })),
      }),
    ],
    [
      'that claims a catch',
      `fault R44/${trace.scenario.name}`,
      (honest) => ({
        ...honest,
        faults: honest.faults.map((each) => ({ ...each, found: [] })),
      }),
    ],
    [
      'that claims a replay',
      file,
      (honest) => ({
        ...honest,
        traces: honest.traces.map((each) => ({ ...each, said: 'fixed' as const })),
      }),
    ],
  ])('%s is found out', async (_, which, forge) => {
    expect(await sampled(forge)).toBe(which);
  });
});

test('a story whose replay was interrupted is left out', async () => {
  const attempt: Pool['attempt'] = async (jobs, what) =>
    jobs.some(({ kind }) => kind === 'replay')
      ? (jobs.map((job) => unfinished(loadedSprite, { job, index: 0, board })) as never)
      : inThisThread.attempt(jobs, what);
  const { traces, scenarios } = await measure({ ...inThisThread, attempt }, expected, scope);
  expect(traces).toEqual([]);
  expect(scenarios).toEqual([expect.objectContaining({ ending: 'closed' })]);
});

test('a story that throws does not end the others', async () => {
  const other = { ...trace, variant: 'no-such-kernel' };
  const stored = [{ file: 'traces/other.trace.json', trace: other }, ...expected.stored];
  const only = { explored: new Set<string>(), files: new Set(stored.map((each) => each.file)) };
  const { traces } = await measure(inThisThread, { ...expected, stored }, { ...scope, only });
  expect(traces).toMatchObject([
    { said: 'broken', line: expect.stringContaining('no-such-kernel') },
    { said: 'as stored' },
  ]);
});
