/** Events of one step at a file, a stream, a process or a host, beside the activities there. */
import type { StepTaken } from '../../checker/specification/property.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import type { Look } from '../../model/vocabulary/cell.ts';
import type { Process } from '../../model/vocabulary/ids.ts';
import { worldOf } from '../../model/world.ts';
import { processNames } from '../../properties/quiescence.ts';
import type { Kind } from './activities.ts';

export type Sudden = { readonly kind: Kind; readonly name: string; readonly what: string };

export const sudden: { readonly [kind in Kind]: readonly string[] } = {
  file: ['read', 'write', 'stat', 'unlink', 'write-back', 'grant'],
  stream: ['read', 'write', 'fork', 'close of one of several'],
  process: [
    'request',
    'lost reply',
    'crash where it is',
    'crash where it goes',
    'crash of its home',
  ],
  host: ['crash', 'reboot', 'return of its owner', 'write-back'],
};

export function suddenIn(
  scenario: Scenario,
  before: Look,
  step: StepTaken,
  after: Look,
): readonly Sudden[] {
  const { type } = step.event;
  const [kind = '', name = ''] = step.cell.split(' ');
  if (kind === 'thread') return callOf(before, step, after, name);
  if (kind === 'service') return type === 'served' ? grantOf(before, after, name) : [];
  if (kind === 'source') {
    return type === 'requested' ? [{ kind: 'process', name, what: 'request' }] : [];
  }
  if (type === 'replyLost') return [{ kind: 'process', name, what: 'lost reply' }];
  if (kind === 'eviction') return [{ kind: 'host', name, what: 'return of its owner' }];
  if (kind === 'host' && type === 'reboots') return [{ kind: 'host', name, what: 'reboot' }];
  if (kind === 'host') return crashOf(scenario, before, name);
  if (kind !== 'handle') return [];
  const [file = '', host = ''] = name.split('@');
  return [
    { kind: 'file', name: file, what: 'write-back' },
    { kind: 'host', name: host, what: 'write-back' },
  ];
}

function callOf(
  before: Look,
  { event }: StepTaken,
  after: Look,
  process: Process,
): readonly Sudden[] {
  const { type } = event;
  if (type === 'stat' || type === 'unlink') {
    return [{ kind: 'file', name: event['file'] as string, what: type }];
  }
  if (type === 'read' || type === 'write') {
    const { host } = worldOf(before).thread(process);
    if (host === null) return [];
    const { descriptors } = worldOf(before).process(process, host);
    const stream = descriptors[event['descriptor'] as number] ?? null;
    const file = stream === null ? null : worldOf(before).stream(stream, host).file;
    if (stream === null || file === null) return [];
    return [
      { kind: 'stream', name: stream, what: type },
      { kind: 'file', name: file, what: type },
    ];
  }
  if (!['fork', 'homeReplied', 'close', 'closeOnExit'].includes(type)) return [];
  return referencesOf(before, after, process);
}

/** A fork adds a reference to each stream of its parent; a close that is not the last removes one. */
function referencesOf(before: Look, after: Look, process: Process): readonly Sudden[] {
  const { host } = worldOf(before).thread(process);
  if (host === null) return [];
  return worldOf(before)
    .process(process, host)
    .descriptors.flatMap((stream) => {
      if (stream === null) return [];
      const [then, now] = [before, after].map((look) => worldOf(look).stream(stream, host));
      const by = (now?.references ?? 0) - (then?.references ?? 0);
      if (by === 0) return [];
      const what = by > 0 ? 'fork' : 'close of one of several';
      return [{ kind: 'stream', name: stream, what } as const];
    });
}

/** The server lets the caller of an open, or the target of a stream, cache the file. */
function grantOf(before: Look, after: Look, process: Process): readonly Sudden[] {
  const { caller, file } = worldOf(before).service(process);
  const { stamp } = worldOf(before).entry(file, caller);
  const now = worldOf(after).entry(file, caller);
  return now.cached && now.stamp > stamp ? [{ kind: 'file', name: file, what: 'grant' }] : [];
}

function crashOf(scenario: Scenario, before: Look, host: string): readonly Sudden[] {
  const world = worldOf(before);
  return [
    { kind: 'host', name: host, what: 'crash' },
    ...processNames(scenario).flatMap((name) => {
      const { host: runsOn } = world.thread(name);
      const { is, from, to } = world.source(name);
      const home = runsOn === null ? null : world.process(name, runsOn).home;
      const isLeaving = is !== 'idle' && from === host;
      return [
        ...(runsOn === host || isLeaving ? ['crash where it is'] : []),
        ...(is !== 'idle' && to === host ? ['crash where it goes'] : []),
        ...(runsOn !== host && home === host ? ['crash of its home'] : []),
      ].map((what) => ({ kind: 'process', name, what }) as const);
    }),
  ];
}
