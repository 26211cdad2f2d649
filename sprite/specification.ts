/**
 * Sprite as a specification: the kernels, scenarios and properties, how a kernel is booted, and all
 * that lets the verbs use its own words. All users of Sprite import it from here.
 */
import type { Specification } from '../checker/specification/specification.ts';
import { kernelProblems } from '../model/input/kernel-problems.ts';
import { scenarioProblems } from '../model/input/scenario-problems.ts';
import type { Kernel } from '../model/kernel.ts';
import { accountsOf } from '../model/ledger.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { chosen } from '../model/vocabulary/choices.ts';
import { properties } from '../properties/all.ts';
import { behavior } from './behavior.ts';
import { countsUndone } from './covering/counts-undone.ts';
import { meetings } from './covering/meetings.ts';
import { sharingCases } from './covering/sharing-cases.ts';
import { differencesOf } from './kernel-differences.ts';
import { sized } from './sized-cost.ts';
import { cost, timing } from './timing.ts';
import { waits } from './waits.ts';
import { walkthroughs } from './walkthroughs.ts';
import { wording } from './wording/sentences.ts';

const sprite: Specification<Kernel, Scenario> = {
  name: 'sprite',
  version: '1',
  title: 'process migration in Sprite',
  noun: 'kernel',
  ...behavior,
  properties,
  boundsOf: ({ hosts, files, processes, descriptors, faults }) => ({
    hosts: hosts.length,
    files: files.length,
    processes: processes.length,
    descriptors,
    crashes: faults?.crashes?.times ?? 0,
  }),
  variantProblems: kernelProblems,
  scenarioProblems,
  wording,
  choices: {
    chosen,
    kindOf: ({ at, action }) =>
      action === 'requested'
        ? 'migration request'
        : at.startsWith('thread ')
          ? 'program call'
          : 'other choice',
  },
  activities: new Set([
    'service',
    'release',
    'consistency',
    'recall',
    'source',
    'target',
    'homeCall',
    'eviction',
    'cleanup',
  ]),
  accounts: accountsOf,
  waits,
  differences: differencesOf,
  walkthroughs,
  coverings: [sharingCases, meetings, countsUndone],
  files: {
    property: (id) => `properties/${id}.property.ts`,
    variants: 'docs/reference/kernels.md',
  },
  timing,
  cost,
  sized,
};

// oxlint-disable-next-line import/no-default-export -- a specification file has one, so that --spec finds it
export default sprite;
