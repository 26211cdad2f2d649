// Random machines of every supported feature, each run beside actors of XState: nested and
// parallel states, history, final states, timers, `always`, raised events, entry and exit. The actors
// are restored from their snapshot for each event: one that lives on may take the states of a parallel
// state in another order (see the page), and so may only agree where that makes no difference.

import { expect, test } from '@jest/globals';
import { assign, raise } from 'xstate';
import { createPrng, type Prng } from '../../checker/random/prng.ts';
import { machineOf, walkTwins } from '../support/actor-twin.ts';

const MACHINES = Number(process.env['SPRITE_CHECK_MACHINES'] ?? 60);
const events = ['a', 'b', 'c'];

test(`${MACHINES} random machines behave as XState actors do`, () => {
  let [met, refused] = [0, 0];
  for (let seed = 1; seed <= MACHINES; seed++) {
    const machine = randomMachine(createPrng(seed));
    try {
      const every = events.map((type) => ({ type }));
      met += walkTwins(() => machine, every, { seed, walks: 4, steps: 12, restored: true }).held
        .size;
    } catch (error) {
      const { message } = error as Error;
      if (!/do not fit together|never comes to rest/.test(message)) {
        throw new Error(`seed ${seed}: ${message}`, { cause: error });
      }
      refused++;
    }
  }
  expect(refused).toBeLessThan(MACHINES / 2);
  expect(met).toBeGreaterThan(5 * MACHINES);
});

type Table = Record<string, unknown>;

function randomMachine(prng: Prng) {
  const paths: string[] = [];
  const root = randomState(prng, [], 0, paths);
  for (const fill of fills) fill(paths);
  fills.length = 0;
  return machineOf({ ...root, id: 'm', context: { n: 0 } }, { delays: { SOON: 5, SOME: () => 7 } });
}

/** What can be written only when all states are known. */
const fills: ((paths: readonly string[]) => void)[] = [];

function randomState(prng: Prng, path: readonly string[], depth: number, paths: string[]): Table {
  const id = ['m', ...path].join('.');
  if (depth > 0) paths.push(`#${id}`);
  const table: Table = {};
  const kind = depth === 0 ? 1 : prng.below(depth === 1 ? 4 : 8);
  if (kind === 1 || kind === 2) {
    const names = ['p', 'q', 'r'].slice(0, 2 + prng.below(2));
    const isParallel = kind === 2 || (depth === 0 && prng.below(3) === 0);
    const states: Table = {};
    for (const name of names) states[name] = randomState(prng, [...path, name], depth + 1, paths);
    if (!isParallel && depth > 0 && prng.below(2) === 0) {
      states['f'] = { type: 'final' };
      paths.push(`#${id}.f`);
    }
    if (prng.below(2) === 0) {
      states['h'] = { type: 'history', ...(prng.below(2) === 0 ? { history: 'deep' } : {}) };
      paths.push(`#${id}.h`);
    }
    Object.assign(table, isParallel ? { type: 'parallel' } : { initial: 'p' }, { states });
    if (depth > 0 && prng.below(2) === 0)
      fills.push((all) => (table['onDone'] = randomExit(prng, all)));
  }
  if (prng.below(3) === 0) table['entry'] = add(1);
  if (prng.below(3) === 0) table['exit'] = add(2);
  fills.push((all) => {
    table['on'] = Object.fromEntries(
      events
        .filter(() => prng.below(2) === 0)
        .map((type) => [type, [randomExit(prng, all), randomExit(prng, all)]]),
    );
    if (prng.below(4) === 0)
      table['after'] = { [delays[prng.below(3)] ?? '']: randomExit(prng, all) };
    if (prng.below(5) === 0) {
      table['always'] = { ...randomExit(prng, all), guard: isN(prng.below(5)), actions: add(1) };
    }
  });
  return table;
}

const delays = ['5', 'SOON', 'SOME'];

function randomExit(prng: Prng, all: readonly string[]): Table {
  const actions = [
    ...(prng.below(2) === 0 ? [add(1 + prng.below(3))] : []),
    ...(prng.below(5) === 0 ? [raise({ type: 'c' })] : []),
  ];
  return {
    ...(prng.below(3) === 0 ? {} : { target: all[prng.below(all.length)] }),
    ...(prng.below(2) === 0 ? { guard: isN(prng.below(5)) } : {}),
    ...(prng.below(6) === 0 ? { reenter: true } : {}),
    actions,
  };
}

function add(by: number) {
  return assign(({ context }) => ({ n: ((context as { n: number }).n + by) % 5 }));
}

function isN(wanted: number) {
  return ({ context }: { context: object }): boolean => (context as { n: number }).n === wanted;
}
