// A search that was ended early: its progress is reported, and nothing that was not measured.

import { expect, test } from '@jest/globals';
import { exploredLines } from '../../cli/verbs/explore.ts';
import { loadedSprite } from '../../testing/sprite.ts';
import { exploreSchema } from '../schemas/stories.ts';
import { PROGRESS, PROGRESS_FIELDS, type ExhaustiveJob } from './jobs.ts';
import { measuredOf, unfinished } from './unfinished-job.ts';

const job: ExhaustiveJob = {
  kind: 'exhaustive',
  variant: 'sprite',
  scenario: 'office',
  properties: [],
  maxStates: 1000,
  until: [],
};

/** After 63 states and 72 transitions. */
function result() {
  const progress = new Float64Array(PROGRESS_FIELDS);
  progress[PROGRESS.states] = 63;
  progress[PROGRESS.transitions] = 72;
  const board = { progress, stop: new Int32Array(1) };
  const ended = unfinished(loadedSprite, { job, index: 0, board });
  if (ended?.kind !== 'exhaustive') throw new Error('no search');
  return ended;
}

test('a document leaves out what was not measured', () => {
  const { found, ...known } = measuredOf(result());
  expect(known).toEqual({
    kind: 'exhaustive',
    scenario: 'office',
    applied: [],
    ending: 'interrupted',
    isUnfinished: true,
    states: 63,
    transitions: 72,
    depth: 0,
    undecided: [],
    unreached: [],
  });
  const document = { variant: 'sprite', ...known, found, exitCode: 0 };
  expect(exploreSchema.safeParse(document).error).toBeUndefined();
});

test('lines for a terminal leave it out, too', () => {
  const about = { variant: 'sprite', ended: 'timeout', properties: [] } as const;
  expect(exploredLines(loadedSprite, result(), about)).toEqual([
    'office, kernel sprite: not closed (ended by --timeout)',
    '  states       63',
    '  transitions  72',
    '  depth         0',
    '  the search did not end in time: nothing else was measured',
  ]);
});

test('the document of a search that ended has everything', () => {
  const { isUnfinished: _, ...rest } = result();
  const ended: ReturnType<typeof result> = rest;
  expect(measuredOf(ended)).toEqual(ended);
});
