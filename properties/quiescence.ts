/**
 * When an object is at rest: no open, close, migration, call-back or clean-up in progress on it.
 * Many counts are equal only then, and that is no fault: a kernel that locks one object at a time changes
 * them one after the other.
 */
import type { Scenario } from '../model/scenarios/scenario.ts';
import { cell, type File, type Host, type Process, type Stream } from '../model/vocabulary/ids.ts';
import type { Look } from '../model/vocabulary/cell.ts';
import { worldOf, type World } from '../model/world.ts';

export function processNames({ processes }: Scenario): readonly Process[] {
  return processes.map(({ name }) => name);
}

/** No call of any process that the server serves concerns this stream, and none of it is in transit. */
export function streamIsAtRest(look: Look, scenario: Scenario, stream: Stream): boolean {
  const world = worldOf(look);
  return (
    processNames(scenario).every((process) => {
      const service = world.service(process);
      return service.is === 'idle' || service.stream !== stream;
    }) &&
    inTransit(world, scenario, stream).length === 0 &&
    noCleanup(look, scenario)
  );
}

/** No call, round, call-back or clean-up concerns this file. */
export function fileIsAtRest(look: Look, scenario: Scenario, file: File): boolean {
  const world = worldOf(look);
  return (
    world.consistency(file).is === 'idle' &&
    processNames(scenario).every((process) => {
      const service = world.service(process);
      return service.is === 'idle' || service.file !== file;
    }) &&
    scenario.hosts.every((host) => world.recall(file, host).is === 'idle') &&
    noCleanup(look, scenario)
  );
}

export function noCleanup(look: Look, scenario: Scenario): boolean {
  if (scenario.faults?.crashes === undefined) return true;
  return scenario.hosts.every((host) => look(cell.cleanup(host)).value === 'idle');
}

/**
 * Hosts whose count of references to this stream includes one in transit: encapsulated there, and
 * not yet released.
 */
export function inTransit(world: World, scenario: Scenario, stream: Stream): readonly Host[] {
  return processNames(scenario).flatMap((process) => {
    const source = world.source(process);
    return source.unreleased.includes(stream) && source.from !== null ? [source.from] : [];
  });
}
