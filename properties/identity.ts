/** Which home a process must have: the one that its family started with. */
import type { Scenario } from '../model/scenarios/scenario.ts';
import type { Host, Process } from '../model/vocabulary/ids.ts';
import type { Look } from '../model/vocabulary/cell.ts';
import { worldOf } from '../model/world.ts';

/** As far as the control block of the process on `host`, or the one at its home, lets it be known. */
export function homeOfFamily(
  look: Look,
  scenario: Scenario,
  process: Process,
  host: Host,
): Host | null {
  const own = scenario.processes.find(({ name }) => name === process)?.home ?? null;
  if (own !== null) return own;
  const { parent } = worldOf(look).process(process, host);
  return homeOfParent(scenario, parent) ?? homeElsewhere(look, scenario, process);
}

function homeOfParent({ processes }: Scenario, parent: Process | null): Host | null {
  return processes.find(({ name }) => name === parent)?.home ?? null;
}

/** The home that the control block at home names: it was there first. */
function homeElsewhere(look: Look, { hosts }: Scenario, process: Process): Host | null {
  const atHome = hosts
    .map((host) => worldOf(look).process(process, host))
    .find(({ is }) => is === 'migrated' || is === 'zombie');
  return atHome?.home ?? null;
}
