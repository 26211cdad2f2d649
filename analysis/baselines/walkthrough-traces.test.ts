// A walkthrough goes from stage to stage: what a stage says of a step takes place, in the order of
// the stages; a stage that is true already takes no step.

import { expect, test } from '@jest/globals';
import { setup } from 'xstate';
import { cell } from '../../checker/specification/cell.ts';
import {
  defineSpecification,
  type Walkthrough,
} from '../../checker/specification/specification.ts';
import { loadedFrom } from '../specification/loaded.ts';
import { walkthroughTraces } from './walkthrough-traces.ts';

type Stages = Walkthrough['stages'];

const lamp = setup({}).createMachine({
  initial: 'off',
  states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } },
});

const presses =
  (at: string): Stages[number] =>
  (_, step) =>
    step?.at === at;
const isOn =
  (at: string): Stages[number] =>
  (look) =>
    look(at).value === 'on';

test.each<[string, Stages, readonly string[]]>([
  ['one order', [presses('left'), presses('right')], ['left', 'right']],
  ['the other', [presses('right'), presses('left')], ['right', 'left']],
  ['one step for each stage', [presses('left'), presses('left')], ['left', 'left']],
  ['a state', [presses('right'), isOn('left')], ['right', 'left']],
  ['a state that is there already', [presses('right'), isOn('right')], ['right']],
])('%s', (_, stages, expected) => {
  const { files, problems } = walkthroughTraces(lamps(stages));
  expect(problems).toEqual([]);
  const [text = ''] = files.values();
  const { steps } = JSON.parse(text) as { readonly steps: readonly { readonly at: string }[] };
  expect(steps.map(({ at }) => at)).toEqual(expected);
});

test('a stage that no step leads to is named', () => {
  const { files, problems } = walkthroughTraces(lamps([presses('left'), presses('middle')]));
  expect(problems).toEqual(['walkthrough w: no way to stage 2 of 2']);
  expect(files.size).toBe(0);
});

function lamps(stages: Stages): Parameters<typeof walkthroughTraces>[0] {
  const specification = defineSpecification({
    name: 'lamps',
    version: '1',
    variants: [{ id: 'plain', value: {} }],
    scenarios: [{ name: 'two' }],
    properties: [],
    boot: (_: object, { name }: { readonly name: string }) => ({
      name,
      cells: ['left', 'right'].map((each) =>
        cell(lamp, { name: each, initial: 'off', offers: () => [{ type: 'press' }] }),
      ),
      faults: new Set(),
    }),
    walkthroughs: [{ name: 'w', title: 'walks', scenario: 'two', stages }],
  });
  const home = { base: '/', folder: 'lamps.traces', changelog: 'CHANGES.md' };
  const source = { specification: '', variants: [], scenarios: [], properties: [] };
  return loadedFrom(specification, { source, home, options: '' });
}
