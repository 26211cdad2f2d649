import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';
import { about, held, meta } from '../../test/support/outcomes.ts';
import { loadedSprite } from '../../testing/sprite.ts';
import { BadInput } from '../errors.ts';
import { junit } from '../reports/junit.ts';
import { sarif } from '../reports/sarif.ts';
import { refusePlaces } from './output-places.ts';
import { openBaseline, writeReports } from '../reports/write-reports.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sprite-check-places-'));
const report = { outcomes: [held], meta };
const place = (name: string): string => join(folder, name);

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
});

const story = 'traces/walkthroughs/there-and-back.trace.json';
const pinned = 'traces/explore.baseline.json';

describe('a report does not replace', () => {
  test.each<[string, () => string]>([
    ['a stored story', () => join(root, story)],
    ['a baseline', () => join(root, pinned)],
    ['anything new in traces/', () => join(root, 'traces', 'new', 'report.xml')],
    ['anything in traces/ through a link', () => linked('link', join(root, 'traces'), 'new.xml')],
    ['a source', () => join(root, 'cli', 'verbs', 'check.ts')],
    ['a copy of a story', () => written('a', readFileSync(join(root, story), 'utf8'))],
    [
      'a report of another tool',
      () => written('a', sarif([], about).replace('"sprite-check"', '"x"')),
    ],
    [
      'JUnit of another tool',
      () => written('a', '<?xml version="1.0"?>\n<testsuites name="jest">'),
    ],
    ['a text that quotes one', () => written('a', ` ${junit([held], meta)}`)],
    ['a link', () => linked('link', written('a', ''), '')],
    ['a link that leads nowhere', () => linked('link', 'nowhere', '')],
    ['a folder', () => folder],
    ['a path below a file', () => join(written('a', ''), 'x.xml')],
    ['a name that is too long', () => place('x'.repeat(300))],
    ['a pipe', () => pipe('pipe')],
    ['a device', () => '/dev/null'],
  ])('%s', (_, made) => {
    const file = made();
    for (const options of [{ junit: file }, { sarif: file }]) {
      const refusing = (): void => refusePlaces(loadedSprite.home, options);
      expect(refusing).toThrow(BadInput);
      expect(refusing).toThrow(/^cannot write the report to [^\n]*; give another file$/);
    }
  });

  test('the other report, under any name', () => {
    expect(() => openBaseline(loadedSprite, { junit: place('a'), sarif: place('x/../a') })).toThrow(
      'JUnit',
    );
  });

  test('the earlier report with which it is compared', () => {
    const before = written('before.sarif', sarif([held], about));
    expect(() => openBaseline(loadedSprite, { sarif: before, sarifBaseline: before })).toThrow(
      'compare with',
    );
  });

  test('a file that was written there during the search', () => {
    const options = { junit: place('report.xml') };
    openBaseline(loadedSprite, options);
    written('report.xml', 'mine');
    expect(() => writeReports(loadedSprite, { options, baseline: undefined }, report)).toThrow(
      BadInput,
    );
    expect(readFileSync(options.junit, 'utf8')).toBe('mine');
  });
});

describe('a report replaces', () => {
  test.each<[string, () => string]>([
    ['nothing', () => place('deep/new.xml')],
    ['an empty file', () => written('a', '')],
    ['an earlier JUnit report', () => written('a', junit([], { ...meta, verb: 'regress' }))],
    ['an earlier SARIF report', () => written('a', sarif([held], about))],
  ])('%s', (_, made) => {
    const file = made();
    openBaseline(loadedSprite, { junit: file });
    writeReports(loadedSprite, { options: { junit: file }, baseline: undefined }, report);
    expect(readFileSync(file, 'utf8')).toBe(junit([held], meta));
    writeReports(loadedSprite, { options: { sarif: file }, baseline: undefined }, report);
    expect(readFileSync(file, 'utf8')).toBe(sarif([held], about));
  });
});

function written(name: string, text: string): string {
  writeFileSync(place(name), text);
  return place(name);
}

function linked(name: string, to: string, below: string): string {
  symlinkSync(to, place(name));
  return below === '' ? place(name) : join(place(name), below);
}

function pipe(name: string): string {
  execFileSync('/usr/bin/env', ['mkfifo', place(name)]);
  return place(name);
}
