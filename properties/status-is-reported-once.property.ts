/**
 * I14, the rest. A parent learns how its child ended once, and the status is not lost before that.
 *
 *   always:  a living parent must still learn how its child p ended  =>  p's home has a control block
 *            of p, or the answer to the parent's wait for p is on its way
 *   always:  p's home has p as a zombie  =>  no wait has returned how p ended
 *   always:  a wait reports that there is no such child  =>  the caller need not learn its end
 *   always:  a process has made a wait that has not returned  =>  it waits, or makes it again next,
 *            or is being killed
 *
 * A parent must learn it from the fork on, until a wait of its own has returned it. Excepted: a parent
 * that is being killed; a home that has crashed. `nothing-waits-for-ever` claims that a wait is answered at
 * all, and `status-is-true` that the answer is true.
 */
import type { Finding } from '../checker/specification/property.ts';
import { callsLeft } from '../model/scenarios/calls.ts';
import type { ProcessSpec, Scenario } from '../model/scenarios/scenario.ts';
import type { Look } from '../model/vocabulary/cell.ts';
import type { Host, Process } from '../model/vocabulary/ids.ts';
import { worldOf, type World } from '../model/world.ts';
import { runsAway } from './evidence.ts';
import { processNames } from './quiescence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const statusIsReportedOnce: SpriteProperty = {
  id: 'status-is-reported-once',
  statement: 'A parent learns once how its child ended, and the status is not lost before.',
  kind: 'always',
  quiescence: 'none needed: a zombie goes and the answer with its status comes in one section',
  sources: {
    paper: '§2 (exit and wait are synchronized at the home)',
    kernel: 'proc/procExit.c Proc_WaitCommand, ProcExitProcess; proc/procRpc.c Proc_RpcRemoteWait',
  },
  catches: [
    'N11',
    'P-no-zombie',
    'P-zombie-kept',
    'P-wait-forgotten',
    'P-no-such-child',
    'P-parent-away',
  ],
  claims: (scenario) => [
    ...processNames(scenario).flatMap((process) => [
      (look: Look) => lost(worldOf(look), process, scenario.hosts),
      (look: Look) => denied(worldOf(look), process),
      ...scenario.hosts.map((host) => (look: Look) => kept(worldOf(look), process, host)),
    ]),
    ...scenario.processes.map((spec) => (look: Look) => unasked(worldOf(look), scenario, spec)),
  ],
  witness: {
    statement: 'a child has ended and its parent has learned it, while one of the family is away',
    reached: (scenario) => (look) =>
      processNames(scenario).some((process) => worldOf(look).fate(process).reported !== null) &&
      processNames(scenario).some((process) => runsAway(look, process)),
  },
};

function lost(world: World, process: Process, hosts: readonly Host[]): Finding | undefined {
  const { owedTo } = world.fate(process);
  if (owedTo === null || world.thread(owedTo).isKilled) return undefined;
  if (hosts.some((host) => isAtHome(world, process, host))) return undefined;
  const { is, call, child } = world.homeCall(owedTo);
  if (is !== 'idle' && is !== 'arrived' && call === 'wait' && child === process) return undefined;
  return {
    subject: `process ${process}`,
    expected: `its home knows it until ${owedTo} has learned how it ended`,
    found: 'its home has forgotten it',
  };
}

function denied(world: World, process: Process): Finding | undefined {
  const { deniedTo } = world.fate(process);
  if (deniedTo === null) return undefined;
  return {
    subject: `wait of ${deniedTo} for ${process}`,
    expected: 'an answer once it has ended',
    found: 'no such child',
  };
}

function kept(world: World, process: Process, host: Host): Finding | undefined {
  if (world.process(process, host).is !== 'zombie') return undefined;
  const { reported } = world.fate(process);
  if (reported === null) return undefined;
  return {
    subject: `process ${process} on ${host}`,
    expected: 'gone: its parent has learned how it ended',
    found: 'a zombie, to be reported again',
  };
}

/** A wait that the signal to migrate has broken off, and that is not made again. */
function unasked(world: World, scenario: Scenario, spec: ProcessSpec): Finding | undefined {
  const { waitsFor } = world.fate(spec.name);
  if (waitsFor === null) return undefined;
  const { is, isKilled, isExiting, remaining } = world.thread(spec.name);
  if (is === 'waiting' || is === 'absent' || isKilled || isExiting) return undefined;
  const next = callsLeft(scenario, spec, remaining);
  if (next.some((each) => each.call === 'wait' && each.child === waitsFor)) return undefined;
  return {
    subject: `wait of ${spec.name} for ${waitsFor}`,
    expected: `made again: ${spec.name} has not learned how ${waitsFor} ended`,
    found: 'forgotten',
  };
}

function isAtHome(world: World, process: Process, host: Host): boolean {
  const { is, home } = world.process(process, host);
  return is !== 'absent' && home === host;
}
