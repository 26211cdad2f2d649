/** The Sprite model: how fast it is explored and walked, and what remembering transitions is worth. */
import { canonical } from '../checker/text/canonical-json.ts';
import { explore } from '../checker/search/explore.ts';
import { createPrng } from '../checker/random/prng.ts';
import { claimsOf, witnessesOf } from '../checker/specification/property.ts';
import { checkRandom } from '../checker/random/random-check.ts';
import { createSystem, type System } from '../checker/engine/system.ts';
import { boot } from '../model/boot.ts';
import { sprite } from '../model/kernel.ts';
import { twoClients } from '../model/scenarios/general.ts';
import { properties } from '../properties/all.ts';
import { alone } from './alone.ts';

export type SpriteFigures = {
  readonly scenario: string;
  readonly claims: number;
  readonly states: number;
  readonly transitions: number;
  readonly statesPerSecond: number;
  readonly bytesPerState: number;
  readonly machineRuns: number;
  /** Of all transitions. */
  readonly machineShare: number;
  readonly randomSteps: number;
  readonly randomStepsPerSecond: number;
  /** Of the random run, outside the walk itself: fast-check's own. */
  readonly fastCheckShare: number;
  readonly comparedSteps: number;
  readonly census: readonly { readonly cell: string; readonly locals: number }[];
};

type Explored = Pick<
  SpriteFigures,
  | 'claims'
  | 'states'
  | 'transitions'
  | 'statesPerSecond'
  | 'bytesPerState'
  | 'machineRuns'
  | 'census'
>;
type Walked = Pick<SpriteFigures, 'randomSteps' | 'randomStepsPerSecond' | 'fastCheckShare'>;

export function benchSprite(isQuick: boolean): SpriteFigures {
  const explored = alone(exploreSprite, { maxStates: isQuick ? 300_000 : 5_000_000 });
  return {
    scenario: twoClients.name,
    ...explored,
    machineShare: explored.machineRuns / explored.transitions,
    ...alone(walkSprite, { runs: isQuick ? 5000 : 400_000 }),
    comparedSteps: compareWithoutMemory(isQuick ? 500 : 4000),
  };
}

/** Breadth first, with every property that speaks of states; warm-up included. */
export function exploreSprite({ maxStates }: { readonly maxStates: number }): Explored {
  const claims = claimsOf(properties, twoClients);
  const system = createSystem(boot(sprite, twoClients));
  const started = performance.now();
  const { found, states, transitions, bytes } = explore(system, { claims, maxStates });
  const seconds = (performance.now() - started) / 1000;
  if (found.length > 0) throw new Error('sprite violates a property in two-clients');
  const { machineRuns, census } = system.statistics();
  return {
    claims: claims.length,
    states,
    transitions,
    statesPerSecond: states / seconds,
    bytesPerState: (bytes.rows + bytes.table) / states,
    machineRuns,
    census: census.toSorted((a, b) => b.locals - a.locals).slice(0, 8),
  };
}

/** At random, with every property and witness; warm-up included. */
export function walkSprite({ runs }: { readonly runs: number }): Walked {
  const system = createSystem(boot(sprite, twoClients));
  const clock = (): number => performance.now();
  const started = clock();
  const { steps, outsideMs = 0 } = checkRandom(
    system,
    claimsOf(properties, twoClients),
    witnessesOf(properties, twoClients),
    { runs, seed: 1989, clock },
  );
  const ms = clock() - started;
  return {
    randomSteps: steps,
    randomStepsPerSecond: (steps / ms) * 1000,
    fastCheckShare: outsideMs / ms,
  };
}

/** Walks both with and without memory and compares every world in full. Returns the steps. */
function compareWithoutMemory(steps: number): number {
  const kept = createSystem(boot(sprite, twoClients));
  const bare = createSystem(boot(sprite, twoClients), { remember: false });
  const prng = createPrng(1989);
  let [row, twin] = [kept.initial(), bare.initial()];
  for (let step = 0; step < steps; step++) {
    const into = new Int32Array(4096);
    const count = kept.enabled(row, into);
    if (count === 0) {
      [row, twin] = [kept.initial(), bare.initial()];
      continue;
    }
    const chosen = into[prng.below(count)] ?? 0;
    const cell = kept.protocol.cells[kept.cellOf(chosen)]?.name ?? '';
    kept.perform(row, chosen);
    bare.perform(twin, bare.delivery(cell, kept.eventOf(chosen)));
    if (worldText(kept, row) !== worldText(bare, twin)) {
      throw new Error(`step ${step}: the world with memory is another than the one without`);
    }
  }
  return steps;
}

function worldText(system: System, row: Int32Array): string {
  return Array.from(row, (id, cell) => canonical(system.local(cell, id))).join('\n');
}
