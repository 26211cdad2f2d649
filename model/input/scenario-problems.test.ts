import { expect, test } from '@jest/globals';
import { scenarios } from '../scenarios/all.ts';
import { scenarioProblems } from './scenario-problems.ts';

const good = {
  name: 'mine',
  title: 'p goes to B',
  hosts: ['A', 'B'],
  files: ['f'],
  descriptors: 1,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: { script: [{ call: 'open', file: 'f', mode: 'write', descriptor: 0 }] },
      migrations: { to: ['B'], times: 1 },
    },
    { name: 'q', home: null, program: { anyCalls: { open: 1 } } },
  ],
};

test.each(scenarios.map((each) => [each.name, each] as const))('%s is one', (_, scenario) => {
  expect(scenarioProblems(scenario)).toEqual([]);
});

/** Replaces one part of the text by another, at every place. */
function edited(from: string, to: string): unknown {
  const text = JSON.stringify(good);
  expect(text).toContain(from);
  return JSON.parse(text.replace(from, to)) as unknown;
}

test('a complete scenario whose names exist has no problem', () => {
  expect(scenarioProblems(good)).toEqual([]);
});

test.each([
  [
    '"descriptors":1',
    '"descriptors":1,"delayedWrite":true',
    'there is no field "delayedWrite" (did you mean "delayedWrites"?)',
  ],
  [
    '"descriptors":1',
    '"descriptors":1,"faults":{"crash":{"of":["A"],"times":1}}',
    'faults: there is no field "crash" (did you mean "crashes"?)',
  ],
  [
    '"descriptors":1',
    '"descriptors":1,"faults":{"crashes":{"of":["C"],"times":1}}',
    'faults.crashes.of names "C", and there is no host of this name (did you mean "A"?)',
  ],
  ['"descriptors":1', '"descriptors":"1"', 'descriptors must be a number'],
  [
    '"descriptors":1',
    '"descriptors":0',
    'processes[0].program.script[0].descriptor is 0, and descriptors is 0: it must be less',
  ],
  ['"descriptors":1,', '', 'descriptors is missing: a number'],
  [
    '"descriptors":1',
    '"descriptors":1,"size":"smal"',
    'size must be one of small, general, large (did you mean "small"?)',
  ],
  [
    '"write"',
    '"wirte"',
    'processes[0].program.script[0].mode must be one of read, write (did you mean "write"?)',
  ],
  [
    '"call":"open"',
    '"call":"opne"',
    'processes[0].program.script[0].call must be one of open, read, write, close, fork, wait, stat, unlink, writePage, readPage, remoteExec, holdSignals, exit (did you mean "open"?)',
  ],
  [
    '"anyCalls":{"open":1}',
    '"anyCalls":{"opne":1}',
    'processes[1].program.anyCalls: there is no field "opne" (did you mean "open"?)',
  ],
  [
    '"anyCalls":{"open":1}',
    '"anyCalls":{"open":1},"script":[]',
    'processes[1].program must have one of script and anyCalls',
  ],
  [
    '"file":"f"',
    '"file":"file1"',
    'processes[0].program.script[0].file names "file1", and there is no file of this name',
  ],
  [
    '"call":"open","file":"f","mode":"write","descriptor":0',
    '"call":"fork","child":"p"',
    'processes[0].program.script[0].child names "p", and there is no process whose home is null of this name (did you mean "q"?)',
  ],
  [
    '"to":["B"]',
    '"to":["D"]',
    'processes[0].migrations.to names "D", and there is no host of this name (did you mean "A"?)',
  ],
  [
    '"home":"A"',
    '"home":"X"',
    'processes[0].home names "X", and there is no host of this name (did you mean "A"?)',
  ],
  ['"name":"q"', '"name":"p"', 'processes has "p" twice'],
  [
    '"hosts":["A","B"]',
    '"hosts":["A","B","S"]',
    'hosts names "S", which is a word of stories and cells: rename the host',
  ],
  [
    '"hosts":["A","B"]',
    '"hosts":["A","B","write"]',
    'hosts names "write", which is a word of stories and cells: rename the host',
  ],
  [
    '"hosts":["A","B"]',
    '"hosts":["A","B","f"]',
    'hosts and files both have "f": rename one of the two',
  ],
  [
    '"hosts":["A","B"]',
    '"hosts":["A","B","q"]',
    'hosts and processes both have "q": rename one of the two',
  ],
  [
    '"hosts":["A","B"]',
    '"hosts":["A","B","p0"]',
    'hosts and streams both have "p0": rename one of the two',
  ],
  ['"name":"q"', '"name":"q 1"', 'processes[1].name must be letters and digits, a letter first'],
])('%s as %s', (from, to, problem) => {
  expect(scenarioProblems(edited(from, to))).toEqual([`scenario mine: ${problem}`]);
});

test('two processes may not have one stream between them', () => {
  const processes = [
    { name: 'p', home: 'A', program: { anyCalls: { open: 1 } } },
    { name: 'p1', home: 'A', program: { anyCalls: { open: 1 } } },
  ];
  expect(scenarioProblems({ ...good, descriptors: 11, processes })).toEqual([
    'scenario mine: descriptor 10 of process p and descriptor 0 of process p1 would both be stream "p10": rename one of the processes',
  ]);
});

test('every list may be empty', () => {
  expect(
    scenarioProblems({
      ...good,
      hosts: [],
      files: [],
      processes: [],
      evictions: undefined,
      faults: undefined,
    }),
  ).toEqual([]);
});

test('a value that is not an object is reported, too', () => {
  expect(scenarioProblems(null)).toEqual(['scenario without a name: it must be an object']);
});
