import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { replaceAll } from '../files/replace-files.ts';
import { reasonFrom } from './accept.ts';
import { withEntry } from './changelog-entry.ts';
import type { Measured } from './measurements.ts';
import { readStamp, writeStamp } from './stamp.ts';

const folder = mkdtempSync(join(tmpdir(), 'sprite-check-stamp-'));
const file = join(folder, 'out', 'stamp.json');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const measured: Measured = {
  scenarios: [
    {
      variant: 'sprite',
      scenario: 'two-closers',
      ending: 'closed',
      states: 109,
      transitions: 181,
      depth: 15,
      applied: ['one-offset'],
      undecided: [],
      unreached: [],
      found: [],
      taken: ['source: trap'],
      ms: 12.5,
    },
  ],
  faults: [],
  traces: [{ file: 'traces/a.trace.json', said: 'as stored', line: 'held', ms: 1 }],
};
const stamp = { tree: 'a'.repeat(64), finished: '2026-01-02T03:04:05.678Z', measured };

describe('a stamp', () => {
  test('is read back as it was written', () => {
    writeStamp(file, stamp);
    expect(readStamp(file)).toEqual({
      kind: 'stamp',
      stamp: { format: 'sprite-check-regress-stamp', version: 3, ...stamp },
    });
  });

  test('is none if the file does not exist', () => {
    expect(readStamp(join(folder, 'nowhere'))).toEqual({ kind: 'none' });
  });

  test.each<[string, (text: string) => string]>([
    ['an edited count', (text) => text.replace('"states":109', '"states":110')],
    ['an edited tree', (text) => text.replace('aaaa', 'bbbb')],
    ['half a file', (text) => text.slice(0, text.length / 2)],
    ['another version', (text) => text.replace('"version":3', '"version":2')],
    ['a field more', (text) => text.replace('{', '{"verdict":"held",')],
    ['nothing', () => ''],
    ['noise', () => '\u0000'.repeat(9_000_000)],
    ['a prototype', (text) => text.replace('{', '{"__proto__":{},')],
  ])('with %s is not used', (_, spoil) => {
    writeStamp(file, stamp);
    writeFileSync(file, spoil(readFileSync(file, 'utf8')));
    expect(readStamp(file)).toMatchObject({ kind: 'unusable' });
  });

  test('is read as before, or not at all, if a byte is changed', () => {
    writeStamp(file, stamp);
    const text = readFileSync(file, 'utf8');
    const held = readStamp(file);
    const edit = fc.tuple(
      fc.nat(text.length - 1),
      fc.constantFrom(...' {}[]",:0129aef\\\n'.split('')),
    );
    fc.assert(
      fc.property(edit, ([at, character]) => {
        writeFileSync(file, text.slice(0, at) + character + text.slice(at + 1));
        const read = readStamp(file);
        if (read.kind === 'stamp') expect(read).toEqual(held);
        else expect(read.kind).toBe('unusable');
      }),
      { seed: 1989, numRuns: 300 },
    );
  });
});

describe('several files are replaced', () => {
  const root = join(folder, 'files');
  const text = (name: string): string => readFileSync(join(root, name), 'utf8');

  test('all', () => {
    mkdirSync(root, { recursive: true });
    writeFileSync(join(root, 'gone'), 'old');
    replaceAll(root, {
      files: new Map([
        ['a', '1'],
        ['deep/b', '2'],
      ]),
      obsolete: ['gone'],
    });
    expect([text('a'), text('deep/b'), readdirSync(root)]).toEqual(['1', '2', ['a', 'deep']]);
  });

  test('or none, if one cannot be', () => {
    mkdirSync(join(root, 'folder', 'full'), { recursive: true });
    const files = new Map([
      ['a', 'new'],
      ['c', 'new'],
      ['folder', 'new'],
    ]);
    expect(() => replaceAll(root, { files, obsolete: [] })).toThrow(/./);
    expect([text('a'), readdirSync(root)]).toEqual(['1', ['a', 'deep', 'folder']]);
  });
});

describe('the changelog', () => {
  const head = '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n';
  const entry = '- why\n  - baseline x: 1 became 2\n';

  test.each([
    [head, `${head}\n### Changed\n\n${entry}`],
    [`${head}\n### Changed\n\n- Old.\n`, `${head}\n### Changed\n\n${entry}- Old.\n`],
    [`${head}\n## [1.0.0]\n\n- Old.\n`, `${head}\n### Changed\n\n${entry}\n## [1.0.0]\n\n- Old.\n`],
  ])('gets the reason and what it accepts (%#)', (before, after) => {
    expect(withEntry(before, 'why', ['baseline x: 1 became 2'])).toBe(after);
  });

  test('takes a reason as text, not as Markdown', () => {
    expect(withEntry(head, '*a* <b> `c`', [])).toContain('- \\*a\\* \\<b\\> \\`c\\`\n');
  });

  test('is refused if it has no place for the reason', () => {
    expect(() => withEntry('# Changelog\n', 'why', [])).toThrow('expected a heading');
  });
});

describe('a reason', () => {
  test('is one line', () => {
    expect(reasonFrom('  the lock order changed ')).toBe('the lock order changed');
  });

  test.each([undefined, '', '   ', 'two\nlines', 'a\u001b[31mred', 'long '.repeat(200)])(
    'is not %j',
    (text) => {
      expect(() => reasonFrom(text)).toThrow('expected a reason of one line');
    },
  );
});
