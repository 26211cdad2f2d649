/**
 * I13. A home knows where its processes are, and it knows each visitor that names it as its home.
 *
 *   at rest on the process:  home is migrated with peer h  <=>  h has it, with this home as peer
 *   always:                  a visitor that runs has a home that is migrated, or is switching to it
 *
 * Excepted: a host that has crashed and has not been noticed yet; a process that is ending.
 */
import type { Finding } from '../checker/specification/property.ts';
import type { Host, Process } from '../model/vocabulary/ids.ts';
import type { Look } from '../model/vocabulary/cell.ts';
import { worldOf, type World } from '../model/world.ts';
import { runsAway } from './evidence.ts';
import { processNames } from './quiescence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const homeKnowsLocation: SpriteProperty = {
  id: 'home-knows-location',
  statement: 'Home and physical host of a process point at each other.',
  kind: 'atRest',
  quiescence: 'no migration of the process in progress, it is not ending, no crash unnoticed',
  sources: {
    paper: '§2 "the home node must know the current location"',
    kernel: 'proc/procRecovery.c (dependencies on both sides); proc/procRpc.c WaitSanityChecks',
  },
  catches: [
    'A12',
    'A37',
    'A46',
    'A48',
    'P-points-nowhere',
    'P-runs-unmarked',
    'P-second-shell',
    'P-boot-bit',
  ],
  claims: (scenario) =>
    processNames(scenario).flatMap((process) =>
      scenario.hosts.map((host) => (look) => claim(look, process, host, processNames(scenario))),
    ),
  witness: {
    statement: 'a process runs away from home, and no migration of it is in progress',
    reached: (scenario) => (look) =>
      processNames(scenario).some((process) => runsAway(look, process) && !isBusy(look, process)),
  },
};

function claim(
  look: Look,
  process: Process,
  host: Host,
  names: readonly Process[],
): Finding | undefined {
  const world = worldOf(look);
  const block = world.process(process, host);
  const subject = `process ${process} on ${host}`;
  if (block.is === 'shell') {
    const { is, to } = world.target(process);
    if (is !== 'idle' && is !== 'asked' && to === host) return undefined;
    return { subject, expected: 'a shell that a migration fills', found: 'an orphaned shell' };
  }
  if (block.is === 'migrated') {
    const { peer, peerBoot } = block;
    if (peer === null || isBusy(look, process)) return undefined;
    if (world.hasCrashedSince(peer, peerBoot)) return undefined;
    if (names.some((parent) => isForking(world, parent, process))) return undefined;
    const there = world.process(process, peer);
    if (there.is !== 'running' && there.is !== 'frozen') {
      return { subject, expected: `alive on ${peer}`, found: `${there.is} there` };
    }
    if (there.peer === host) return undefined;
    return {
      subject,
      expected: `${peer} points back`,
      found: `points at ${there.peer ?? 'no host'}`,
    };
  }
  if (block.is !== 'running' || block.home === null || block.home === host) return undefined;
  if (world.hasCrashedSince(block.home, block.peerBoot)) return undefined;
  const home = world.process(process, block.home);
  if (home.is === 'migrated' && home.peer === host) return undefined;
  if (home.is === 'frozen' || isBusy(look, process)) return undefined;
  const found =
    home.is === 'migrated' ? `home has it on ${home.peer ?? 'no host'}` : `${home.is} at home`;
  return { subject, expected: `${block.home} knows it is here`, found };
}

/** Its home has allocated its identity, and its parent's host does not know yet. */
function isForking(world: World, parent: Process, child: Process): boolean {
  const call = world.homeCall(parent);
  return call.is !== 'arrived' && call.call === 'fork' && call.child === child;
}

/** A migration of the process is in progress, or the process is ending. */
function isBusy(look: Look, process: Process): boolean {
  const world = worldOf(look);
  const thread = world.thread(process);
  return (
    world.source(process).is !== 'idle' ||
    world.target(process).is !== 'idle' ||
    thread.is === 'leaving' ||
    (thread.is === 'absent' && world.homeCall(process).is !== 'idle')
  );
}
