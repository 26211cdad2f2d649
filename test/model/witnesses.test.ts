// A witness needs what its property is about: none is reached where nothing has happened yet, and
// none without a migration, or without a second host where it is the second host that matters.

import { describe, expect, test } from '@jest/globals';
import { explore } from '../../checker/search/explore.ts';
import { createSystem } from '../../checker/engine/system.ts';
import { instanceWith, propertiesFor } from '../../analysis/specification/instance.ts';
import { sizeOf } from '../../checker/specification/specification.ts';
import { boot } from '../../model/boot.ts';
import { sprite } from '../../model/kernel.ts';
import { scenarios } from '../../model/scenarios/all.ts';
import type { ProcessSpec, Scenario } from '../../model/scenarios/scenario.ts';
import type { Look } from '../../model/vocabulary/cell.ts';
import { loadedSprite } from '../../testing/sprite.ts';

const MAX_STATES = 100_000;
const SLOW = 120_000;

/** Two programs at their own hosts are enough for these: what two hosts do to one file. */
const ABOUT_SEVERAL_HOSTS = [
  'use-counts-sum-clients',
  'reads-see-last-write',
  'write-shared-is-uncached',
  'one-dirty-host',
  'version-never-decreases',
];

/** Two programs at one host are enough for this one. */
const ABOUT_SEVERAL_CALLS = ['no-cycle-of-waiting'];

/** A crash is enough for these, of a host that has a file open. */
const ABOUT_CRASHES = ['dead-hosts-are-forgotten', 'dead-hosts-do-nothing'];

const small = scenarios.filter((scenario) => sizeOf(scenario) === 'small');

describe.each(scenarios.map((scenario) => ({ name: scenario.name, scenario })))(
  'at the beginning of $name',
  ({ scenario }) => {
    test('no witness is reached', () => {
      const look = beginningOf(scenario);
      const reached = propertiesFor(loadedSprite, scenario).filter(({ witness }) =>
        witness.reached(scenario)(look),
      );
      expect(reached.map(({ id }) => id)).toEqual([]);
    });
  },
);

describe.each(small.map((scenario) => ({ name: scenario.name, scenario })))(
  '$name, when',
  ({ scenario }) => {
    test(
      'a scenario without migration reaches no witness of a property about migration',
      () => {
        const allowed = [...ABOUT_SEVERAL_HOSTS, ...ABOUT_SEVERAL_CALLS, ...ABOUT_CRASHES];
        expect(reachedIn(withoutMigration(scenario), allowed)).toEqual([]);
      },
      SLOW,
    );

    test(
      'a scenario on one host reaches no witness of a property about several hosts',
      () => {
        const allowed = [...ABOUT_SEVERAL_CALLS, ...ABOUT_CRASHES];
        expect(reachedIn(onOneHost(withoutMigration(scenario)), allowed)).toEqual([]);
      },
      SLOW,
    );
  },
);

function beginningOf(scenario: Scenario): Look {
  const cells = new Map(boot(sprite, scenario).cells.map(({ name, initial }) => [name, initial]));
  return (name) => {
    const local = cells.get(name);
    if (local === undefined) throw new Error(`no cell ${name}`);
    return local;
  };
}

/** Properties whose witness is reached, apart from those that may be. */
function reachedIn(scenario: Scenario, allowed: readonly string[]): readonly string[] {
  const asked = propertiesFor(loadedSprite, scenario);
  const { protocol, witnesses, applied } = instanceWith(loadedSprite, sprite, { scenario, asked });
  const { ending, unreached } = explore(createSystem(protocol), {
    witnesses,
    maxStates: MAX_STATES,
  });
  expect(ending).toBe('closed');
  const missed = new Set(unreached.map(({ property }) => property));
  return applied.filter((id) => !missed.has(id) && !allowed.includes(id));
}

function withoutMigration(scenario: Scenario): Scenario {
  const { evictions: _, ...rest } = scenario;
  return { ...rest, processes: scenario.processes.map(stays) };
}

function stays({ name, home, program }: ProcessSpec): ProcessSpec {
  if (!('script' in program)) return { name, home, program };
  const script = program.script.filter(({ call }) => call !== 'remoteExec');
  return { name, home, program: { script } };
}

function onOneHost(scenario: Scenario): Scenario {
  const [host = ''] = scenario.hosts;
  const moved = ({ home, ...spec }: ProcessSpec): ProcessSpec => ({
    ...spec,
    home: home === null ? null : host,
  });
  return { ...scenario, processes: scenario.processes.map(moved) };
}
