// Every shipped fault shows in a small scenario. Its stored story shows that a property catches it there
// (stories/traces.test.ts replays it), and scenarios.test.ts visits every state of that scenario on the
// repaired kernel, which violates nothing.

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parseTrace } from '../../checker/stories/trace-format.ts';
import { faults, smallScenarios } from '../support/explored.ts';

const folder = new URL('../../traces/faults/', import.meta.url);
const stories = readdirSync(folder).flatMap((file) => {
  const parsed = parseTrace(readFileSync(new URL(file, folder), 'utf8'), file);
  return parsed.kind === 'trace' ? [parsed.trace] : [];
});

test('every fault shows in a small scenario', () => {
  const small = smallScenarios.map(({ name }) => name);
  expect(faults.filter(({ scenario }) => !small.includes(scenario))).toEqual([]);
});

test.each(faults)(
  '$id is caught by one of $caughtBy in $scenario',
  ({ id, caughtBy, scenario }) => {
    const caught = stories.filter(
      (story) =>
        story.verdict === 'violated' &&
        story.variant === id &&
        story.scenario.name === scenario &&
        caughtBy.includes(story.property),
    );
    expect(caught).not.toEqual([]);
  },
);
