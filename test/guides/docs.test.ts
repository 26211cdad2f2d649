// What the pages say can be done can be done: links lead somewhere, commands exist, what is shown as
// output is what is printed, and the generated pages are current (`npm run docs`).

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generatedDocs } from '../../maintenance/docs/pages.ts';
import { kernels } from '../../model/kernels/all.ts';
import { scenarios } from '../../model/scenarios/all.ts';
import { loadedSprite } from '../../testing/sprite.ts';
import { everyProperty } from '../support/explored.ts';
import { createCommandServer } from '../support/program.ts';
import { brokenLinks, pagesIn } from '../support/pages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const main = join(root, 'dist', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'sprite-check-docs-'));
const pages = pagesIn(root).map((path) => ({ path, text: readText(path) }));
const SLOW = 60_000;
/** As wide as a page is, whatever the terminal. */
const env = { ...process.env, COLUMNS: '80' };
const server = createCommandServer(folder);
/** What each command printed: pages show the same ones. */
const printed = new Map<string, Promise<string>>();
const helps = new Map<string, string>();

/** What is stored can be named as in a checkout. */
beforeAll(() => symlinkSync(join(root, 'traces'), join(folder, 'traces')));

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('generated pages', () => {
  test.each([...generatedDocs(root, loadedSprite)].map(([path, text]) => ({ path, text })))(
    '$path is current',
    ({ path, text }) => {
      expect(readText(path)).toBe(text);
    },
  );
});

test.each(pages)('relative links of $path lead somewhere', ({ path }) => {
  expect(brokenLinks(root, path)).toEqual([]);
});

/** Run from start to end by a test of its own, which also knows which verbs are still to come. */
const EXECUTED = 'docs/guides/change-the-kernel.md';

describe('commands exist', () => {
  test.each(pages.filter(({ path }) => path !== EXECUTED))(
    '$path',
    ({ text }) => {
      const { scripts } = JSON.parse(readText('package.json')) as { scripts: object };
      const named = [...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(
        ([, name = '']) => name,
      );
      expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
      const commands = [...text.matchAll(/npx sprite-check ([^`\n#]+)/g)];
      expect(commands.flatMap(([, command = '']) => whatIsWrong(command, text))).toEqual([]);
    },
    SLOW,
  );
});

describe('the command line has a section and a row for', () => {
  const page = readText('docs/reference/command-line.md');
  const sections = new Map(
    page.split(/^## /m).map((section) => [section.split(/\s/, 1)[0] ?? '', section] as const),
  );

  test.each(verbs())('%s', (verb) => {
    const section = sections.get(verb) ?? '';
    const missing = optionsOf(verb).filter((option) => !section.includes(`\`${option}`));
    expect({ hasSection: section !== '', missing }).toEqual({ hasSection: true, missing: [] });
  });
});

describe('the output that a page shows is printed', () => {
  const shown = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/^```console\n\$ npx sprite-check (.*)\n([^]*?)^```/gm)].map(
      ([, command = '', output = '']) => ({ path, command, output }),
    ),
  );

  test.each(shown)(
    '$path: $command',
    async ({ command, output }) => {
      const lines = (await printedBy(command)).split('\n').map((line) => line.trimEnd());
      let from = 0;
      for (const line of output.trimEnd().split('\n')) {
        if (line === '…') continue;
        const at = lines.indexOf(line.trimEnd(), from);
        expect({ line, isPrinted: at >= 0 }).toEqual({ line, isPrinted: true });
        from = at + 1;
      }
    },
    SLOW,
  );
});

describe('the code of a file that README shows is in the file', () => {
  const readme = readText('README.md');
  const shown = [...readme.matchAll(/from `([^`]+\.ts)`[^`]*```ts\n([^]*?)^```/gm)].map(
    ([, path = '', code = '']) => ({ path, code }),
  );

  test('a machine and a property', () => {
    expect(shown.map(({ path }) => path.split('/', 1)[0])).toEqual(['model', 'properties']);
  });

  test.each(shown)('$path', ({ path, code }) => {
    expect(withoutIndents(readText(path))).toContain(withoutIndents(code));
  });
});

function withoutIndents(text: string): string {
  return text.replaceAll(/^ +/gm, '');
}

/** A page may name what it has its reader write. */
function whatIsWrong(command: string, page: string): readonly string[] {
  const [verb = '', ...words] = command.trim().split(/\s+/);
  if (isPlaceholder(verb)) return [];
  if (!verbs().includes(verb)) return [`no verb ${verb}`];
  const known = optionsOf(verb);
  return words.flatMap((word, index) => {
    if (isPlaceholder(word) || new RegExp(`(id|name): '${word}'`).test(page)) return [];
    if (word.startsWith('--')) return known.includes(word) ? [] : [`${verb} has no ${word}`];
    // Names of a user's own specification are in its file.
    if (words.includes('--spec')) return [];
    const before = words[index - 1] ?? '';
    const names = namesFor(verb, before.startsWith('--') ? before : '');
    return names === undefined || names(word) ? [] : [`${verb} ${before}: nothing called ${word}`];
  });
}

type IsName = (word: string) => boolean;

/** The values that may follow this option, or be alone; undefined if anything may. */
function namesFor(verb: string, option: string): IsName | undefined {
  if (option === '--scenario') return (word) => scenarios.some(({ name }) => name === word);
  if (option === '--kernel' || (verb === 'diff' && option === '')) {
    return (word) => kernels.some(({ id }) => id === word);
  }
  if (option === '--property') return (word) => everyProperty.includes(word);
  if (option !== '') return undefined;
  if (verb === 'list') return (word) => /^(kernels|scenarios|properties|faults)$/.test(word);
  if (verb === 'check' || verb === 'explore' || verb === 'regress') {
    return (word) => scenarios.some(({ name }) => name === word);
  }
  return (word) => word.startsWith('out/') || existsSync(join(root, word));
}

function isPlaceholder(word: string): boolean {
  return /^<|^\[|^[A-Z]+$|…/.test(word);
}

function verbs(): readonly string[] {
  return [...helpOf().matchAll(/^ {2}([a-z]+) .*\[/gm)]
    .map(([, verb = '']) => verb)
    .filter((verb) => verb !== 'help');
}

function optionsOf(verb: string): readonly string[] {
  const names = [...helpOf(verb).matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)];
  return names.map(([, name = '']) => name).filter((name) => name !== '--help');
}

/** Known before the tests are listed. */
function helpOf(verb = ''): string {
  const args = [main, ...(verb === '' ? [] : [verb]), '--help'];
  const help =
    helps.get(verb) ??
    spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' }).stdout;
  helps.set(verb, help);
  return help;
}

function printedBy(command: string): Promise<string> {
  const known = printed.get(command) ?? server.run(command.split(' '), '80').then(({ out }) => out);
  printed.set(command, known);
  return known;
}

function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
