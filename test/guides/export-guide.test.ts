// The commands of docs/guides/export-a-story.md, one after the other in a folder of their own, and
// what the two verbs say to bad input.

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCommandServer, type Ran } from '../support/program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sprite-check-export-'));
const story = 'traces/faults/R1-use-counts-sum-clients.trace.json';
const server = createCommandServer(folder);
const SLOW = 60_000;

beforeAll(() => cpSync(join(root, 'traces'), join(folder, 'traces'), { recursive: true }));

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

test(
  'every command of the guide does what the guide says, and the imported story equals the exported one',
  async () => {
    const guide = readFileSync(join(root, 'docs', 'guides', 'export-a-story.md'), 'utf8');
    const blocks = [...guide.matchAll(/^```sh\n([^]*?)^```/gm)].map(([, block = '']) => block);
    const commands = blocks.join('').trimEnd().split('\n');
    const written: string[] = [];
    for (const command of commands) {
      const [, verb, args = ''] = /^npx sprite-check (\w+) (.+)$/.exec(command) ?? [];
      // oxlint-disable-next-line no-await-in-loop -- each may read what the one before wrote
      const { code, out, err } = await run(verb ?? '', ...args.split(' '));
      expect({ command, code, err }).toEqual({ command, code: 0, err: '' });
      if (verb === 'replay') expect(out).toContain('violated as stored');
      written.push(...(/--out (\S+)/.exec(command)?.slice(1) ?? []));
    }
    const names = written.map((path) => path.replace(/^out\//, ''));
    expect(readdirSync(join(folder, 'out')).toSorted()).toEqual(names.toSorted());
    expect(new Set(commands.flatMap((each) => /--to (\w+)/.exec(each)?.[1] ?? [])).size).toBe(5);
    expect(textOf('out/r1.trace.json')).toBe(textOf(story));
  },
  SLOW,
);

type Itf = { readonly vars: readonly string[]; readonly states: readonly object[] };

/** An exported story, edited: the text of a file by its name. */
const damaged: { readonly [name: string]: (text: string) => string } = {
  'other.itf.json': (text) => text.replaceAll('"variant":"R1"', '"variant":"R1x"'),
  'cut.itf.json': edited((itf) => ({ ...itf, states: itf.states.slice(0, 12) })),
  'twice.itf.json': edited((itf) => ({ ...itf, vars: itf.vars.slice(0, 1).concat(itf.vars) })),
};

function edited(edit: (itf: Itf) => Itf): (text: string) => string {
  return (text) => JSON.stringify(edit(JSON.parse(text) as Itf));
}

describe('bad input is one line, exit 1, nothing written', () => {
  test.each([
    [['export', story], "required option '--to <format>' not specified"],
    [['export', story, '--to', 'pdf'], 'Allowed choices are itf, mermaid, dot, shiviz, chrome'],
    [['export', 'none.json', '--to', 'dot'], 'none.json: no such file'],
    [['export', story, '--to', 'dot', '--out', 'traces'], 'cannot write traces: '],
    [
      ['export', story, '--to', 'dot', '--out', `./${story}`],
      'over the trace it is made of; give --out another file',
    ],
    [['import', story], `${story}:1: expected an object in "#meta", found nothing`],
    [['import', 'cut.itf.json'], 'one for each of 23 steps in "states", found 12 states'],
    [['import', 'twice.itf.json'], 'a variable that is not listed before in "vars.1", found "'],
    [['import', 'other.itf.json'], 'other.itf.json:2: expected a kernel, found "R1x"'],
  ])('%j', async (args, expected) => {
    const [, name = ''] = args;
    const spoil = damaged[name];
    if (spoil !== undefined) {
      const { out } = await run('export', story, '--to', 'itf');
      writeFileSync(join(folder, name), spoil(out));
    }
    const before = readdirSync(folder);
    const { code, out, err } = await run(...args);
    expect(err).toContain(expected);
    expect({ code, out, lines: err.trimEnd().split('\n').length }).toEqual({
      code: 1,
      out: '',
      lines: 1,
    });
    expect(readdirSync(folder)).toEqual(before);
  });
});

test('a story that does not end as its file says is not exported: exit 20', async () => {
  writeFileSync(join(folder, 'cut.json'), textOf(story).replace(/,\n[^\n]*\n {2}\]\n/, '\n  ]\n'));
  const { code, out, err } = await run('export', 'cut.json', '--to', 'dot', '--out', 'cut.dot');
  expect({ code, out }).toEqual({ code: 20, out: '' });
  expect(err).toMatch(
    /^cut\.json: expected a trace that ends as stored, found [^\n]*; "sprite-check replay" prints it\n$/,
  );
  expect(readdirSync(folder)).not.toContain('cut.dot');
});

describe('a story on another kernel is exported as it runs there', () => {
  const to = ['--to', 'dot', '--kernel'];

  test('as a walkthrough if it violates nothing', async () => {
    const { code, out } = await run('export', story, ...to, 'sprite');
    expect(code).toBe(0);
    expect(out).toContain('label="a walkthrough: kernel sprite, scenario double-migration');
  });

  test('not at all if it is stale: exit 20', async () => {
    const walk = 'traces/walkthroughs/migration-with-open-file.trace.json';
    const { code, out, err } = await run('export', walk, ...to, 'sprite-1986');
    expect({ code, out }).toEqual({ code: 20, out: '' });
    expect(err).toMatch(/ on sprite-1986, found one stale at step \d+ because [^\n]*\n$/);
  });
});

function run(...args: readonly string[]): Promise<Ran> {
  return server.run(args);
}

function textOf(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}
