/** A result of `check` with everything that a report can contain. */
import type { CheckResult } from '../../analysis/check/check-result.ts';
import type { ExhaustiveResult, RandomJobResult } from '../../analysis/jobs/jobs.ts';
import { verdicts } from '../../analysis/check/verdicts.ts';
import type { ViolatedTrace } from '../../checker/stories/trace-format.ts';

const property = 'use-counts-sum-clients';
const unreached = 'one-offset';
const finding = { subject: 'file f', expected: '1', found: '2 \u001b[31m<&>"\' ]]> \u0007\ufffe' };
const violation = { property, finding };

const explored: ExhaustiveResult = {
  kind: 'exhaustive',
  scenario: 'two-closers',
  applied: [property, unreached],
  ending: 'closed',
  states: 10,
  transitions: 20,
  depth: 5,
  stuck: 1,
  found: [{ violation, steps: [{ at: 'thread p', action: 'open', params: {} }] }],
  undecided: [],
  unreached: [unreached],
  machineRuns: 3,
  bytesPerState: 8.5,
  coverage: { taken: [], never: [] },
  hints: { neverEnabled: [], growing: [] },
  asked: { answers: 9, twice: 9 },
  census: [{ cell: 'thread p', locals: 3 }],
  exploreMs: 1234.5,
};

const sampled: RandomJobResult = {
  kind: 'random',
  scenario: 'two-clients',
  applied: [property],
  runs: 100,
  steps: 1000,
  seed: -1,
  found: [],
  undecided: [],
  unreached: [],
  interrupted: false,
  asked: { answers: 9, twice: 9 },
  walkMs: 20,
};

const trace: ViolatedTrace = {
  format: 'sprite-check-trace',
  version: 2,
  specification: { name: 'sprite', version: '1' },
  variant: 'R1',
  scenario: { name: 'two-closers', bounds: { hosts: 2 } },
  property,
  verdict: 'violated',
  certificate: { kind: 'lowerBound', steps: 1 },
  finding,
  lastWorld: '0123456789abcdef',
  provenance: { found: 'random', seed: -1, path: '1:2' },
  steps: [],
};

const results = [explored, sampled];

export const checked: CheckResult = {
  variant: 'R1',
  options: {
    variant: 'R1',
    seed: -1,
    maxSteps: 300,
    maxStates: 1000,
    maxAhead: 20_000,
    runs: 100,
    workers: 2,
    out: 'out',
  },
  results,
  verdicts: verdicts([property, unreached, 'one-dirty-host'], results),
  stories: [
    {
      trace,
      file: 'out/R1-use-counts-sum-clients.trace.json',
      walked: 9,
      shrunkTo: 2,
      unwritten: undefined,
      differs: 'step 1: refused',
      alsoIn: ['A1'],
    },
  ],
  faults: [
    {
      fault: 'R1',
      title: 'a title',
      scenario: 'two-closers',
      verdict: 'CAUGHT',
      by: property,
      steps: 3,
      states: 7,
      exploreMs: 250,
    },
    {
      fault: 'R2',
      title: 'another',
      scenario: 'two-closers',
      verdict: 'MISSED',
      by: undefined,
      steps: undefined,
      states: 7,
      exploreMs: 250,
    },
    {
      fault: 'R3',
      title: 'a third',
      scenario: 'two-closers',
      verdict: 'UNKNOWN',
      by: undefined,
      steps: undefined,
      states: 0,
      exploreMs: 0,
    },
  ],
  ended: 'timeout',
};
