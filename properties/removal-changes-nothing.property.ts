/**
 * No residual dependencies, tested by removal: a person may turn a host off, and the process that has left
 * it does not notice.
 *
 *   in every state in which a process is at rest on a host, for every other host h that may crash
 *   and is not its home:  crash h and let its clean-up run; what the process's next read, seek,
 *   stat, page fault and wait would return is the same
 *
 * In a scenario with `fullTwins` both worlds then go on with the process's own program to its end,
 * and all its results are compared. The twin runs are made in the small scenarios in which a host may
 * crash.
 *
 * Excepted: what another process or a closed stream left dirty on h, children that run there, files
 * that h serves (none here), and the home.
 */
import type { Removal } from '../checker/specification/property.ts';
import { chosen } from '../model/vocabulary/choices.ts';
import { type MayGo, mayGoWith, nextResults } from '../model/results.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { cell, type Host, type Process } from '../model/vocabulary/ids.ts';
import type { Look } from '../model/vocabulary/cell.ts';
import { worldOf } from '../model/world.ts';
import { streamsHeld, visitedHosts } from './evidence.ts';
import { processNames } from './quiescence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const removalChangesNothing: SpriteProperty = {
  id: 'removal-changes-nothing',
  statement: 'A process gets the same results whether a host that it has left goes on or crashes.',
  kind: 'byRemoval',
  quiescence: 'no migration of the process in progress; it is in user mode',
  sources: {
    paper: '§2 "no residual dependencies"',
    kernel: 'proc/procMigrate.c; vm/vmMigrate.c',
  },
  catches: ['accent', 'P-dependency-kept', 'P-files-of-the-dead'],
  claims: () => [],
  removals: (scenario) =>
    scenario.faults?.crashes === undefined || scenario.size !== undefined
      ? []
      : processNames(scenario).flatMap((process) =>
          (scenario.faults?.crashes?.of ?? []).map((host) => removal(scenario, process, host)),
        ),
  witness: {
    statement:
      'a process is at rest, and a host that it has left with its file is up and may crash',
    reached: (scenario) => (look) =>
      streamsHeld(look, scenario).some(({ process, file }) =>
        visitedHosts(look, scenario, file).some(
          (host) =>
            (scenario.faults?.crashes?.of ?? []).includes(host) &&
            isAway(look, process, host) &&
            !worldOf(look).hostIsDown(host),
        ),
      ),
  },
};

/** Crash a host that the process does not need: after the clean-up its results are the same as without. */
function removal(scenario: Scenario, process: Process, host: Host): Removal {
  return {
    subject: `process ${process} without ${host}`,
    applies: (look) => isAway(look, process, host),
    removed: { cell: cell.host(host), event: { type: 'crashes' } },
    isInternal: ({ type }) => !chosen.has(type),
    excepted: (look) => mayGoWith(look, scenario, process, host),
    results: (look, excepted) => nextResults(look, scenario, process, excepted as readonly MayGo[]),
    ...(scenario.fullTwins === true
      ? { continuesWith: (at, { type }) => at === cell.thread(process) && chosen.has(type) }
      : {}),
  };
}

/** At rest, running on another host, and `host` is not its home. */
function isAway(look: Look, process: Process, host: Host): boolean {
  const world = worldOf(look);
  const thread = world.thread(process);
  if (thread.is !== 'user' || thread.host === null || thread.host === host) return false;
  if (world.source(process).is !== 'idle' || world.target(process).is !== 'idle') return false;
  const { home, peer, peerBoot } = world.process(process, thread.host);
  const isDoomed = peer !== null && world.hasCrashedSince(peer, peerBoot);
  return home !== null && home !== host && !isDoomed;
}
