// The guide "Add to the model", executed in a copy of the repository; each of its tables names the
// files of the patch below it, and no others. SPRITE_CHECK_LONG=1 makes what is stored again, too.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createCopy, type Copy } from '../support/followed-guide.ts';

const GUIDE = 'docs/guides/add-to-the-model.md';
const isLong = process.env['SPRITE_CHECK_LONG'] !== undefined;
const SLOW = 900_000;

let copy: Copy;

beforeAll(() => {
  copy = createCopy();
}, SLOW);

afterAll(() => copy.remove());

test(
  'the guide can be followed, and the compiler agrees with it',
  () => {
    copy.follow(GUIDE, {
      takesLong: (line) =>
        !isLong && /^(npm run|npx sprite-check (regress\b|check guest-refused$))/.test(line),
    });
    expect(copy.run('npm run --silent typecheck')).toEqual({ code: 0, out: '' });
  },
  SLOW,
);

test(
  'what is written, and not listed, is said to be so',
  () => {
    const write = (path: string, text: string): void =>
      writeFileSync(join(copy.folder, path), text);
    write('properties/quite-new.property.ts', 'export {};\n');
    write('model/scenarios/unlisted.ts', "export const quiteNew = {\n  name: 'quite-new',\n};\n");
    write(
      'model/kernels/plausible/unlisted.ts',
      "export const all = [\n  { id: 'P-quite-new' },\n];\n",
    );
    const said = (file: string, list: string): string =>
      `sprite-check: ${file}, and ${list} does not list it: export it, and list it there`;
    const property = said('properties/quite-new.property.ts exists', 'properties/all.ts');
    for (const [line, out] of [
      ['check --property quite-new', property],
      ['list quite-new', property],
      [
        'check quite-new',
        said('model/scenarios/unlisted.ts defines "quite-new"', 'model/scenarios/all.ts'),
      ],
      [
        'check --kernel P-quite-new',
        said(
          'model/kernels/plausible/unlisted.ts defines "P-quite-new"',
          'model/kernels/plausible/all.ts',
        ),
      ],
    ] as const) {
      const ran = copy.run(`npx sprite-check ${line}`);
      // The first of them builds.
      expect({ ...ran, out: ran.out.split('\n').at(-2) }).toEqual({ code: 1, out });
    }
  },
  SLOW,
);

test('each table names the files of the patch of its section', () => {
  const sections = readFileSync(join(copy.folder, GUIDE), 'utf8').split(/^## /m);
  const patched = sections.filter((section) => section.includes('```diff'));
  expect(patched).toHaveLength(4);
  for (const section of patched) {
    const named = [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, file = '']) => file);
    const changed = [...section.matchAll(/^\+\+\+ b\/(\S+)/gm)].map(([, file = '']) => file);
    expect(named.toSorted()).toEqual(changed.toSorted());
  }
});
