// The package as others get it: packed, unpacked in a folder of its own with its dependencies and
// nothing else, and used as the guide says.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { installPacked } from '../support/packed.ts';
import { brokenLinks, pagesIn } from '../support/pages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const modules = join(root, 'node_modules');
const folder = mkdtempSync(join(tmpdir(), 'sprite-check-package-'));
const place = join(folder, 'node_modules', 'sprite-check');
const guide = readFileSync(join(root, 'docs', 'guides', 'in-your-own-tests.md'), 'utf8');
const SLOW = 60_000;

type Ran = { readonly status: number | null; readonly out: string; readonly err: string };

beforeAll(() => installPacked(folder, ['@jest/globals', '@types/node']), SLOW);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the links of its pages work in it', () => {
  const pages = pagesIn(place);
  expect(pages).toContain(join('docs', 'guides', 'check-your-own-protocol.md'));
  expect(pages.flatMap((page) => brokenLinks(place, page))).toEqual([]);
});

test('holds the published schemas, and the sources of no test', () => {
  expect(existsSync(join(place, 'docs/reference/schemas/check.schema.json'))).toBe(true);
  const files = readdirSync(place, { recursive: true, encoding: 'utf8' });
  expect(files.filter((file) => file.endsWith('.test.ts'))).toEqual([]);
});

test(
  'is imported by plain Node, and has its command line',
  () => {
    write(
      'plain.mjs',
      `import { kernels, properties, scenarios, sprite } from 'sprite-check';
     import { expectKernel } from 'sprite-check/testing';
     await expectKernel(sprite).toHold('requester-is-woken', 'exit-races-request');
     console.log(kernels.length > 1 && properties.length > 1 && scenarios.length > 1);`,
    );
    expect(node(['plain.mjs'])).toEqual({ status: 0, out: 'true\n', err: '' });
    const list = node([
      join('node_modules', 'sprite-check', 'dist', 'cli', 'main.js'),
      'list',
      'kernels',
    ]);
    expect(list.out).toMatch(/^sprite /);
  },
  SLOW,
);

test(
  'has types',
  () => {
    write(
      'typed.ts',
      `import { partWith, sprite, type Kernel, type Scenario } from 'sprite-check';
     import { expectKernel } from 'sprite-check/testing';
     const own: Kernel = { ...sprite, source: partWith(sprite.source, { guards: { isThere: () => true } }) };
     export const scenario: Scenario['hosts'] = ['A'];
     // @ts-expect-error there is no such guard
     partWith(sprite.source, { guards: { isTher: () => true } });
     // @ts-expect-error a property is a name or a value
     await expectKernel(own).toHold(1, 'two-closers');`,
    );
    const options = [
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--module',
      'nodenext',
      '--target',
      'es2023',
    ];
    write('package.json', '{ "type": "module" }');
    const { status, out } = node([
      join(modules, 'typescript', 'bin', 'tsc'),
      ...options,
      'typed.ts',
    ]);
    expect({ status, out }).toEqual({ status: 0, out: '' });
  },
  SLOW,
);

describe('the guide', () => {
  const [example = ''] = blocks('js');

  test(
    'its example passes',
    () => {
      write('kernel.test.mjs', example);
      expect(jest('kernel.test.mjs')).toMatchObject({ status: 0 });
    },
    SLOW,
  );

  test(
    'its failure prints the text that the guide shows',
    () => {
      write('failing.test.mjs', example.replace('toBeCaughtBy', 'toHold'));
      const { status, err } = jest('failing.test.mjs');
      expect(status).toBe(1);
      const printed = err.split('\n').map((line) => line.trim());
      const [shown = ''] = blocks('text');
      let from = 0;
      for (const line of shown.trim().split('\n')) {
        if (line === '…') continue;
        const at = printed.indexOf(line.trim(), from);
        expect({ line, isPrinted: at >= 0 }).toEqual({ line, isPrinted: true });
        from = at + 1;
      }
    },
    SLOW,
  );
});

function blocks(language: string): readonly string[] {
  const found = guide.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'));
  return [...found].map(([, text = '']) => text);
}

function jest(file: string): Ran {
  const config = JSON.stringify({ testMatch: [`**/${file}`], transform: {} });
  const bin = join(modules, 'jest', 'bin', 'jest.js');
  const flags = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules'];
  return node([...flags, bin, '--rootDir', folder, '--config', config, '--no-cache']);
}

function write(file: string, text: string): void {
  writeFileSync(join(folder, file), text);
}

function node(args: readonly string[]): Ran {
  return ran(process.execPath, args, folder);
}

function ran(command: string, args: readonly string[], cwd: string): Ran {
  const env = { ...process.env, NO_COLOR: '1', COLUMNS: '200', FORCE_COLOR: '0' };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  return { status, out: stdout, err: stderr };
}
