/**
 * Activities at a file, a stream, a process or a host that last several steps, each with its owner.
 * `sudden-events.ts` has the events of one step; `meetings.ts` pairs both.
 */
import { streamsOf } from '../../model/scenarios/calls.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import type { EvictionContext } from '../../model/machines/eviction.machine.ts';
import type { Look } from '../../model/vocabulary/cell.ts';
import {
  cell,
  type File,
  type Host,
  type Process,
  type Stream,
} from '../../model/vocabulary/ids.ts';
import { worldOf, type World } from '../../model/world.ts';
import { processNames } from '../../properties/quiescence.ts';

export type Kind = 'file' | 'stream' | 'process' | 'host';

/** `of` distinguishes two activities of one kind. */
export type Activity = { readonly what: string; readonly of: string };

export const lasting: { readonly [kind in Kind]: readonly string[] } = {
  file: ['open to read', 'open to write', 'close', 'move', 'call-back', 'clean-up'],
  stream: ['open', 'close', 'move', 'clean-up'],
  process: [
    'migration out',
    'migration home',
    'remote exec',
    'taking back',
    'eviction',
    'open',
    'close',
    'fork away',
    'wait away',
    'exit',
    'exit away',
  ],
  host: ['arrival', 'departure', 'eviction', 'clean-up', 'call-back', 'release', 'open', 'close'],
};

/** The objects of a scenario, and the activities at each. */
export function objectsIn(scenario: Scenario): readonly {
  readonly kind: Kind;
  readonly name: string;
  readonly activities: (look: Look) => readonly Activity[];
}[] {
  return [
    ...scenario.files.map((name) => ({
      kind: 'file' as const,
      name,
      activities: (look: Look) => atFile(look, scenario, name),
    })),
    ...streamsOf(scenario).map((name) => ({
      kind: 'stream' as const,
      name,
      activities: (look: Look) => atStream(look, scenario, name),
    })),
    ...processNames(scenario).map((name) => ({
      kind: 'process' as const,
      name,
      activities: (look: Look) => atProcess(look, scenario, name),
    })),
    ...scenario.hosts.map((name) => ({
      kind: 'host' as const,
      name,
      activities: (look: Look) => atHost(look, scenario, name),
    })),
  ];
}

function atFile(look: Look, scenario: Scenario, file: File): readonly Activity[] {
  const world = worldOf(look);
  return [
    ...processNames(scenario).flatMap((process) => {
      const { is, file: served, call, mode } = world.service(process);
      if (is !== 'idle' && served === file) {
        return [{ what: callText(call, ` to ${mode}`), of: process }];
      }
      return comesWith(world, process, (each) => each.file === file);
    }),
    ...scenario.hosts.flatMap((host) =>
      world.recall(file, host).is === 'idle' ? [] : [{ what: 'call-back', of: host }],
    ),
    ...cleanUps(look, scenario.hosts),
  ];
}

function atStream(look: Look, scenario: Scenario, stream: Stream): readonly Activity[] {
  const world = worldOf(look);
  return [
    ...processNames(scenario).flatMap((process) => {
      const { is, stream: served, call } = world.service(process);
      if (is !== 'idle' && served === stream) return [{ what: callText(call), of: process }];
      return comesWith(world, process, (each) => each.stream === stream);
    }),
    ...cleanUps(look, scenario.hosts),
  ];
}

function atProcess(look: Look, { hosts }: Scenario, process: Process): readonly Activity[] {
  const world = worldOf(look);
  const { is: source } = world.source(process);
  const { is: thread, isExiting } = world.thread(process);
  const { is: homeCall, call } = world.homeCall(process);
  const isEvicted = hosts.some((host) => awaitedOn(look, host).includes(process));
  return [
    ...(source === 'idle' ? [] : [migrationOf(world, process)]),
    ...(['closing', 'giving up', 'destroying'].includes(world.target(process).is)
      ? ['taking back']
      : []),
    ...(isEvicted ? ['eviction'] : []),
    ...(thread === 'opening' ? ['open'] : []),
    ...(thread === 'closing' ? ['close'] : []),
    ...(homeCall === 'idle' ? [] : [`${call ?? ''} away`]),
    ...(isExiting ? ['exit'] : []),
  ].map((what) => ({ what, of: what }));
}

function atHost(look: Look, { files, processes }: Scenario, host: Host): readonly Activity[] {
  const world = worldOf(look);
  return [
    ...processes.flatMap(({ name }) => {
      const [source, target, service] = [
        world.source(name),
        world.target(name),
        world.service(name),
      ];
      const release = world.release(name);
      const isServed = service.is !== 'idle' && service.caller === host;
      return [
        ...(source.is !== 'idle' && source.from === host ? ['departure'] : []),
        ...(target.is !== 'idle' && target.to === host ? ['arrival'] : []),
        ...(release.is !== 'idle' && release.source === host ? ['release'] : []),
        ...(isServed && service.call !== 'migrate' ? [service.call ?? ''] : []),
      ].map((what) => ({ what, of: name }));
    }),
    ...(awaitedOn(look, host).length > 0 ? [{ what: 'eviction', of: host }] : []),
    ...files.flatMap((file) =>
      world.recall(file, host).is === 'idle' ? [] : [{ what: 'call-back', of: file }],
    ),
    ...cleanUps(look, [host]),
  ];
}

function callText(call: string | null, mode = ''): string {
  if (call === 'migrate') return 'move';
  return call === 'open' ? `open${mode}` : (call ?? '');
}

/** A reference moves from when it is sent until it is attached, also while its call is served. */
function comesWith(
  { target }: World,
  process: Process,
  isMeant: (carried: { readonly stream: Stream; readonly file: File }) => boolean,
): readonly Activity[] {
  const { is, carried, index } = target(process);
  const isComing = ['transferred', 'unpacking', 'moving'].includes(is);
  const comes = isComing && carried.slice(index).some((each) => each !== null && isMeant(each));
  return comes ? [{ what: 'move', of: process }] : [];
}

function migrationOf(world: World, process: Process): string {
  const { isExec, from, to } = world.source(process);
  if (isExec || from === null) return 'remote exec';
  return to === world.process(process, from).home ? 'migration home' : 'migration out';
}

function awaitedOn(look: Look, host: Host): readonly Process[] {
  return (look(cell.eviction(host)).context as EvictionContext).awaited;
}

function cleanUps(look: Look, hosts: readonly Host[]): readonly Activity[] {
  return hosts.flatMap((host) =>
    look(cell.cleanup(host)).value === 'idle' ? [] : [{ what: 'clean-up', of: host }],
  );
}
