// Every `all.ts` lists all of its folder: a file that is written and not listed would never be checked.

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { kernels } from '../../model/kernels/all.ts';

const root = new URL('../../', import.meta.url);

/** Folders with an `all.ts`, and which of their files it must import. */
const lists: readonly (readonly [folder: string, isListed: (file: string) => boolean])[] = [
  ['properties', (file) => file.endsWith('.property.ts')],
  ['model/scenarios', (file) => exportsTyped(`model/scenarios/${file}`, 'Scenario')],
  ['model/kernels', (file) => exportsTyped(`model/kernels/${file}`, 'readonly ShippedKernel[]')],
  ['model/kernels/plausible', () => true],
];

test.each(lists)('%s/all.ts lists every file of its folder', (folder, isListed) => {
  const text = textOf(`${folder}/all.ts`);
  const unlisted = readdirSync(new URL(`${folder}/`, root))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'all.ts')
    .filter((file) => isListed(file) && !text.includes(`from './${file}'`));
  expect(
    unlisted.map((file) => `${folder}/${file} is not in ${folder}/all.ts: import it there`),
  ).toEqual([]);
});

test('every property that all.ts imports is in its list', () => {
  const text = textOf('properties/all.ts');
  const imported = [...text.matchAll(/^import \{ (\w+) \}/gm)].map(([, name = '']) => name);
  const unlisted = imported.filter((name) => !text.includes(`\n  ${name},`));
  expect(
    unlisted.map((name) => `properties/all.ts imports ${name}, and does not list it: add it`),
  ).toEqual([]);
});

test('decision 0010 has a repair for every fault of sprite-1992', () => {
  const page = textOf('docs/design/decisions/0010-what-sprite-repairs.md');
  const faults = kernels.find(({ id }) => id === 'sprite-1992')?.composedOf ?? [];
  const named = page.split(/[\s,|()]+/);
  expect(faults.length).toBeGreaterThan(20);
  expect(faults.filter((id) => !named.includes(id))).toEqual([]);
});

function exportsTyped(path: string, type: string): boolean {
  return (
    textOf(path)
      .match(/^export const \w+: (.+) =/gm)
      ?.some((each) => each.includes(`: ${type} `)) === true
  );
}

function textOf(path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}
