/** How surely random walks find each shipped fault, and how short their stories become. */
import { certify } from '../checker/search/certify.ts';
import { claimsOf, witnessesOf, type Claim } from '../checker/specification/property.ts';
import { checkRandom } from '../checker/random/random-check.ts';
import { shrink } from '../checker/stories/shrink.ts';
import { createSystem } from '../checker/engine/system.ts';
import { boot } from '../model/boot.ts';
import { kernels } from '../model/kernels/all.ts';
import type { ShippedKernel } from '../model/kernels/shipped.ts';
import { scenarios } from '../model/scenarios/all.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { properties } from '../properties/all.ts';
import { median } from './statistics.ts';

export type FaultFigures = {
  readonly fault: string;
  /** Seeds of `seeds` that found it within the runs, in the best general scenario. */
  readonly found: number;
  readonly seeds: number;
  readonly scenario: string;
  /** Median runs until found, over the seeds that found it. */
  readonly runs: number;
};

export type Shrinking = {
  readonly fault: string;
  readonly walked: number;
  readonly shrunk: number;
  readonly shortest: number;
  readonly isProven: boolean;
};

const RUNS = 2000;
const CERTIFICATE_STATES = 500_000;

/**
 * Looks for the fault in one general scenario after another, until every seed finds it; the scenario
 * that found it best is listed.
 */
export function findFault({
  id,
  seeds,
}: {
  readonly id: string;
  readonly seeds: number;
}): FaultFigures {
  const fault = kernels.find((each) => each.id === id);
  if (fault === undefined) throw new Error(`no kernel ${id}`);
  let best = { scenario: '', found: 0, runs: 0 };
  for (const scenario of scenarios.filter(({ size }) => size === 'general')) {
    const now = findIn(scenario, fault, seeds);
    if (now.found > best.found || (now.found === best.found && now.runs < best.runs)) best = now;
    if (best.found === seeds) break;
  }
  return { fault: id, seeds, ...best };
}

function findIn(
  scenario: Scenario,
  { kernel }: ShippedKernel,
  seeds: number,
): Pick<FaultFigures, 'scenario' | 'found' | 'runs'> {
  const system = createSystem(boot(kernel, scenario));
  const claims = claimsOf(properties, scenario);
  const runs = Array.from({ length: seeds }, (_, seed) => {
    const witnesses = witnessesOf(properties, scenario);
    const result = checkRandom(system, claims, witnesses, { runs: RUNS, seed: seed + 1 });
    return result.found === undefined ? undefined : result.runs;
  }).filter((count) => count !== undefined);
  return { scenario: scenario.name, found: runs.length, runs: median(runs) };
}

/** Finds the fault at random in its own scenario, shrinks the story, looks for a shorter one. */
export function shrinkFault(fault: ShippedKernel): Shrinking | undefined {
  const scenario = scenarios.find(({ name }) => name === fault.scenario);
  if (scenario === undefined) return undefined;
  const system = createSystem(boot(fault.kernel, scenario));
  const claims = claimsOf(properties, scenario);
  const walk = walkTo(fault, scenario, claims);
  if (walk === undefined) return undefined;
  const shrunk = shrink(system, claims, walk, {});
  if (shrunk === undefined) return undefined;
  const certified = certify(system, claims, shrunk, { maxStates: CERTIFICATE_STATES });
  return {
    fault: fault.id,
    walked: walk.walked,
    shrunk: shrunk.steps.length,
    shortest: certified.steps.length,
    isProven: certified.certificate.kind === 'shortest',
  };
}

function walkTo(
  fault: ShippedKernel,
  scenario: Scenario,
  claims: readonly Claim[],
): { steps: Parameters<typeof shrink>[2]['steps']; property: string; walked: number } | undefined {
  const system = createSystem(boot(fault.kernel, scenario));
  const { found } = checkRandom(system, claims, [], {
    runs: 20_000,
    seed: 1989,
    stopAt: ({ property }) => fault.caughtBy.includes(property),
  });
  if (found === undefined) return undefined;
  return { steps: found.steps, property: found.violation.property, walked: found.walked };
}
