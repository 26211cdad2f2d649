/**
 * Signs, in one state, that something has moved. Witnesses need them: without a migration a property about
 * migration holds, and nothing was tested.
 */
import type { Scenario } from '../model/scenarios/scenario.ts';
import type { File, Host, Process, Stream } from '../model/vocabulary/ids.ts';
import type { Look } from '../model/vocabulary/cell.ts';
import { worldOf } from '../model/world.ts';
import { processNames } from './quiescence.ts';

export type Evidence = {
  readonly process: Process;
  readonly host: Host;
  readonly stream: Stream;
  readonly file: File;
};

/** Streams that running processes have open, where they run. */
export function streamsHeld(look: Look, scenario: Scenario): readonly Evidence[] {
  const world = worldOf(look);
  return processNames(scenario).flatMap((process) => {
    const { host } = world.thread(process);
    if (host === null) return [];
    const { is, descriptors } = world.process(process, host);
    if (is !== 'running') return [];
    return descriptors.flatMap((stream) => {
      if (stream === null) return [];
      const { is: state, file } = world.stream(stream, host);
      return state === 'open' && file !== null ? [{ process, host, stream, file }] : [];
    });
  });
}

/** The same, for processes that are away from home. */
export function streamsAway(look: Look, scenario: Scenario): readonly Evidence[] {
  return streamsHeld(look, scenario).filter(({ process }) => runsAway(look, process));
}

export function runsAway(look: Look, process: Process): boolean {
  const world = worldOf(look);
  const { host } = world.thread(process);
  if (host === null) return false;
  const { is, home } = world.process(process, host);
  return is === 'running' && home !== host;
}

/**
 * Hosts that have used the file although no process starts there: a process has brought it, and may have
 * left. A host has used it when a reply about it has come; its version shows nothing if all only read.
 */
export function visitedHosts(look: Look, scenario: Scenario, file: File): readonly Host[] {
  const world = worldOf(look);
  return scenario.hosts.filter(
    (host) =>
      scenario.processes.every(({ home }) => home !== host) && world.handle(file, host).stamp > 0,
  );
}
