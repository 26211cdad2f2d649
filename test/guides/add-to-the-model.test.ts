// The guide "Add to the model", executed in a copy of the repository; each of its tables names the
// files of the patch below it, and no others. SPRITE_CHECK_LONG=1 makes what is stored again, too.

import { readFileSync } from 'node:fs';
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
