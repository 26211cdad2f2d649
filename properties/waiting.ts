/**
 * Which cell waits for which: the edges of the wait-for graph, read from activities and from the locks in
 * the objects they guard.
 */
import type { Scenario } from '../model/scenarios/scenario.ts';
import { cell } from '../model/vocabulary/ids.ts';
import type { Look } from '../model/vocabulary/cell.ts';
import { worldOf, type World } from '../model/world.ts';
import { processNames } from './quiescence.ts';

/** What an activity waits for; each must give way before it can go on. */
export function waitsFor(look: Look, activity: string, scenario: Scenario): readonly string[] {
  const world = worldOf(look);
  const [kind = '', name = ''] = activity.split(' ');
  if (kind === 'service') return serviceWaitsFor(world, name);
  if (kind === 'release') return releaseWaitsFor(world, name);
  if (kind === 'thread') return threadWaitsFor(world, name);
  if (kind === 'target') return world.target(name).is === 'moving' ? [cell.service(name)] : [];
  if (kind === 'recall') return recallWaitsFor(world, name, scenario);
  return [];
}

function serviceWaitsFor(world: World, process: string): readonly string[] {
  const service = world.service(process);
  if (service.is === 'idle' || service.is === 'replied') return [];
  if (service.is === 'calling') return [cell.release(process)];
  const round = world.consistency(service.file);
  if (service.is === 'consulting') {
    return round.waitingFor.map((host) => cell.recall(service.file, host));
  }
  const fileLock = world.file(service.file).lockedBy;
  const shadowLock = world.shadow(service.stream).lockedBy;
  const wantsRound = service.is === 'counted' || service.is === 'accounting';
  const wantsShadow =
    service.is === 'closing' || service.is === 'holding' || service.call === 'migrate';
  return [
    ...(fileLock === null || service.is === 'counted' ? [] : [fileLock]),
    ...(wantsShadow && service.is !== 'accounting' && shadowLock !== null ? [shadowLock] : []),
    ...(wantsRound && round.forProcess !== null ? [cell.service(round.forProcess)] : []),
  ].filter((other) => other !== cell.service(process));
}

function releaseWaitsFor(world: World, process: string): readonly string[] {
  const { is, stream, source } = world.release(process);
  if (is !== 'sent' || stream === null || source === null) return [];
  const { references, file } = world.stream(stream, source);
  if (references !== 1 || file === null) return [];
  const { lockedBy } = world.handle(file, source);
  return lockedBy === null ? [] : [lockedBy];
}

function threadWaitsFor(world: World, process: string): readonly string[] {
  const { is } = world.thread(process);
  return is === 'closing' || is === 'opening' ? [cell.service(process)] : [];
}

function recallWaitsFor(world: World, name: string, scenario: Scenario): readonly string[] {
  const [file = '', host = ''] = name.split('@');
  const { is } = world.recall(file, host);
  if (is === 'answered') {
    const { lockedBy } = world.file(file);
    return lockedBy === null ? [] : [lockedBy];
  }
  if (is !== 'sent') return [];
  const { lockedBy } = world.handle(file, host);
  if (lockedBy !== null) return [lockedBy];
  return processNames(scenario)
    .filter((process) => {
      const service = world.service(process);
      return service.is === 'replied' && service.file === file && service.caller === host;
    })
    .map((process) => cell.thread(process))
    .filter((thread) => world.thread(thread.slice('thread '.length)).is === 'opening');
}
