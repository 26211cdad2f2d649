// The server's entry for a client has one name, in stories, ledgers, explanations and findings.

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { Local } from '../../checker/specification/protocol.ts';
import { accountsOf } from '../../model/ledger.ts';
import { scenarios } from '../../model/scenarios/all.ts';
import { wording } from '../../sprite/wording/sentences.ts';

const NAME = 'entry f for A';
const traces = new URL('../../traces/faults/', import.meta.url);
/** "file f at A", "entry f@A", "entry of A for file f". */
const OTHERS = /\bfile \w+ (?:at|on) [A-Z]\b|\bentry \w+(?:@| at | of )|\bentry of\b/;

test('in words of a state, of a change and alone', () => {
  const local = (value: string): Local => ({ value, context: {} });
  const [initial, to] = [local('unlisted'), local('listed')];
  expect([
    wording.state('entry f@A', to),
    wording.change('entry f@A', { initial, from: initial, to }),
    wording.longName('entry f@A'),
    wording.shortName('entry f@A'),
  ]).toEqual([`${NAME} is listed`, `${NAME}: listed`, NAME, NAME]);
});

test('in the ledger', () => {
  const accounts = scenarios.flatMap(accountsOf).filter(({ cell }) => cell === 'entry f@A');
  expect(accounts.length).toBeGreaterThan(0);
  expect(new Set(accounts.map(({ subject }) => subject))).toEqual(new Set([NAME]));
});

test('in stored findings', () => {
  const subjects = readdirSync(traces).map((file) => {
    const { finding } = JSON.parse(readFileSync(new URL(file, traces), 'utf8')) as {
      finding: { subject: string };
    };
    return finding.subject;
  });
  expect(subjects).toContain(NAME);
  expect(subjects.filter((subject) => OTHERS.test(subject))).toEqual([]);
});
