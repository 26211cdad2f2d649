import { expect, test } from '@jest/globals';
import { PROGRESS, PROGRESS_FIELDS, type Job } from '../analysis/jobs/jobs.ts';
import { progressLine } from './progress-line.ts';
import { createClock } from './time-left.ts';

const sizes: { readonly [scenario: string]: number } = { small: 10_000, huge: 90_000 };
const place = { variant: 'v', properties: [] };
const search = (scenario: string, until: readonly string[] = []): Job => ({
  kind: 'exhaustive',
  ...place,
  scenario,
  maxStates: 1_000_000,
  until,
});
const walk: Job = {
  kind: 'random',
  ...place,
  scenario: 'office',
  runs: 100,
  seed: 1,
  maxSteps: 300,
};

type Done = { readonly [name in keyof typeof PROGRESS]?: number };

function progressOf(...done: readonly Done[]): Float64Array {
  const progress = new Float64Array(done.length * PROGRESS_FIELDS);
  done.forEach((each, index) => {
    for (const [name, value] of Object.entries(each)) {
      progress[index * PROGRESS_FIELDS + PROGRESS[name as keyof typeof PROGRESS]] = value;
    }
  });
  return progress;
}

function clockOf(
  jobs: readonly Job[],
  progress: Float64Array,
  workers = 2,
): ReturnType<typeof createClock> {
  return createClock(jobs, progress, { workers, sizeOf: ({ scenario }) => sizes[scenario] });
}

test('nine jobs of ten are done, and the last is the largest: half the time is left, not a tenth', () => {
  const jobs = [...Array.from({ length: 9 }, () => search('small')), search('huge')];
  const done = Array.from({ length: 9 }, () => ({
    states: 10_000,
    expanded: 10_000,
    isDone: 1,
  }));
  const progress = progressOf(...done, { states: 0 });
  const clock = clockOf(jobs, progress, 1);
  progress.set(progressOf({ states: 1, expanded: 1 }), 9 * PROGRESS_FIELDS);
  clock.tick(90);
  // 90 seconds for 90,001 states, and 89,999 are left; the guess before is worth 10,000.
  expect(clock.secondsLeft()).toBeGreaterThan(75);
  expect(clock.secondsLeft()).toBeLessThan(95);
});

test('two workers share what is left, but not one job', () => {
  const alone = clockOf([search('huge')], progressOf({}));
  const shared = clockOf([search('huge'), search('huge')], progressOf({}, {}));
  expect(shared.secondsLeft()).toBe(alone.secondsLeft());
});

test('a walk takes as long as its steps so far say', () => {
  const progress = progressOf({ runs: 50, steps: 1_000_000 });
  const clock = clockOf([walk], progress);
  clock.tick(100);
  expect(clock.secondsLeft()).toBeGreaterThan(90);
  expect(clock.secondsLeft()).toBeLessThan(110);
});

test('a search without a pinned size has no estimate', () => {
  expect(clockOf([search('unknown')], progressOf({})).secondsLeft()).toBeUndefined();
});

test('nor has a search that ends at the first violation', () => {
  const fault = search('small', ['safe']);
  expect(clockOf([fault], progressOf({})).secondsLeft()).toBeUndefined();
});

test('the line has no estimate near the end: what is left is not counted in states', () => {
  const jobs = [search('small'), search('huge')];
  const progress = progressOf({ isDone: 1 }, { states: 90_000, expanded: 90_000 });
  const left = clockOf(jobs, progress).secondsLeft();
  expect(left).toBe(0);
  for (const each of [left, 1]) {
    expect(progressLine('checking', { jobs, progress, left: each }, 79)).toBe(
      'checking: 1 of 2 done; now huge (90,000 states)',
    );
  }
  expect(progressLine('checking', { jobs, progress, left: 1.1 }, 79)).toMatch('about 2 s left');
});

test('the line says what runs now, and fits', () => {
  const jobs = [search('small'), search('huge'), walk];
  const progress = progressOf(
    { isDone: 1, states: 1000 },
    { states: 4321 },
    { runs: 34, steps: 2000 },
  );
  const shown = { jobs, progress, left: 11.2 };
  expect(progressLine('checking', shown, 99)).toBe(
    'checking: 1 of 3 done; about 12 s left; now huge (4,321 states); office (34 of 100 runs)',
  );
  expect(progressLine('checking', shown, 79)).toBe(
    'checking: 1 of 3 done; about 12 s left; now huge (4,321 states)',
  );
  for (const most of [10, 39, 79, 119]) {
    expect(progressLine('checking', shown, most).length).toBeLessThanOrEqual(most);
  }
});
