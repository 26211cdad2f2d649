/**
 * Where a changed kernel first shows that it is another one: other counts, a violation, or a witness that
 * is reached no more. The smaller scenarios first; the general ones come last, and only their beginning
 * is compared: as many states as stated here, breadth first.
 */
import { join } from 'node:path';
import { allPinned } from '../analysis/baselines/pinned-counts.ts';
import { root } from '../analysis/files/project-root.ts';
import { explore, type Exploration } from '../checker/search/explore.ts';
import { coverageOf } from '../checker/engine/transition-coverage.ts';
import { createSystem } from '../checker/engine/system.ts';
import { claimsOf, witnessesOf } from '../checker/specification/property.ts';
import { sizeOf } from '../checker/specification/specification.ts';
import { boot } from '../model/boot.ts';
import type { Kernel } from '../model/kernel.ts';
import { scenarios } from '../model/scenarios/all.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { properties } from '../properties/all.ts';
import { takeTouchedGuards, watchedSprite } from './watched-guards.ts';

export type Base = Pick<Exploration, 'states' | 'transitions' | 'depth' | 'unreached'> & {
  /** The transitions that are taken there, by name. */
  readonly taken: ReadonlySet<string>;
  /** The guards that would have decided otherwise there with one condition less. */
  readonly touched: ReadonlySet<string>;
};

const MAX_STATES = 500_000;
const MAX_STATES_OF_GENERAL = 20_000;
const pins = allPinned(join(root, 'traces', 'explore.baseline.json'));
/** The general ones, of which nothing is pinned there, last. */
export const compared = scenarios
  .filter((scenario) => sizeOf(scenario) !== 'large')
  .toSorted((a, b) => pinnedStates(a) - pinnedStates(b));
const bases = new Map<Scenario, Base>();

/** What the repaired kernel does there, found out when it is first asked for. */
export function baseOf(scenario: Scenario): Base {
  const known = bases.get(scenario);
  if (known !== undefined) return known;
  const system = createSystem(boot(watchedSprite, scenario));
  takeTouchedGuards();
  const explored = explore(system, {
    witnesses: witnessesOf(propertiesFor(scenario), scenario),
    maxStates: boundOf(scenario),
  });
  const base = {
    ...explored,
    taken: new Set(coverageOf(system).taken),
    touched: takeTouchedGuards(),
  };
  bases.set(scenario, base);
  return base;
}

export function difference(kernel: Kernel, scenario: Scenario, base: Base): string | undefined {
  try {
    const result = explore(createSystem(boot(kernel, scenario)), {
      claims: claimsOf(propertiesFor(scenario), scenario),
      witnesses: witnessesOf(propertiesFor(scenario), scenario),
      // One more is enough to know.
      maxStates: Math.min(base.states + 1, boundOf(scenario)),
    });
    const [first] = result.found;
    if (first !== undefined) return first.violation.property;
    const isSame =
      result.states === base.states &&
      result.transitions === base.transitions &&
      result.depth === base.depth;
    if (!isSame) return 'other counts';
    const before = new Set(base.unreached.map(({ property }) => property));
    const missed = result.unreached.find(({ property }) => !before.has(property));
    return missed === undefined ? undefined : `${missed.property}: witness not reached`;
  } catch (error) {
    return `an exception: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function propertiesFor(scenario: Scenario): typeof properties {
  return properties.filter((property) => claimsOf([property], scenario).length > 0);
}

function boundOf(scenario: Scenario): number {
  return sizeOf(scenario) === 'small' ? MAX_STATES : MAX_STATES_OF_GENERAL;
}

function pinnedStates({ name }: Scenario): number {
  return pins.get(`sprite/${name}`)?.states ?? MAX_STATES;
}
