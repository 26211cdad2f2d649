/**
 * Every case in which hosts share a file: {event} x {for reading, for writing} x {what its host has
 * cached} x {what another host has}. The list comes from the tables of the kernel's consistency module (fsconsist/fsconsistCache.c StartConsistency), not from the scenarios.
 *
 *   An event is the step that decides: the server serves an open, an arrival or a close; a stream is
 *   duplicated; a client writes a dirty block back by itself; a client does what a call-back asks. "For
 *   writing" is the stream's mode. For a write-back it says whether its host still has the file open for
 *   writing; for a recall, whether the opener that causes it writes.
 *
 *   The data themselves say what the host has cached: older than the last write, or not. The server's
 *   entries say what other hosts have, because they decide. Each other host reaches a case by itself;
 *   "nothing" if none is listed.
 */
import type { Covering } from '../../checker/specification/covering.ts';
import type { StepTaken } from '../../checker/specification/property.ts';
import type { FileContext } from '../../model/machines/file.machine.ts';
import type { ServiceContext } from '../../model/machines/service.events.ts';
import type { StreamContext } from '../../model/machines/stream.machine.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import type { Look } from '../../model/vocabulary/cell.ts';
import { cell, type File, type Host, type Mode } from '../../model/vocabulary/ids.ts';
import { worldOf } from '../../model/world.ts';
import { whyNoCase } from './impossible-cases.ts';

export const happenings = ['open', 'arrival', 'fork', 'close', 'write-back', 'recall'] as const;
export const modes = ['read', 'write'] as const;
export const caches = ['nothing', 'older', 'current', 'dirty'] as const;
export const others = [
  'nothing',
  'clean',
  'dirty',
  'reads',
  'read-dirty',
  'writes',
  'reads-uncached',
  'writes-uncached',
] as const;

export type Happening = (typeof happenings)[number];
export type Cache = (typeof caches)[number];
export type Other = (typeof others)[number];

export type SharingCase = {
  readonly what: Happening;
  readonly mode: Mode;
  readonly own: Cache;
  readonly other: Other;
};

export function caseName({ what, mode, own, other }: SharingCase): string {
  return [what, mode, own, other].join(' / ');
}

const cases: readonly SharingCase[] = happenings.flatMap((what) =>
  modes.flatMap((mode) =>
    caches.flatMap((own) => others.map((other) => ({ what, mode, own, other }))),
  ),
);
const reasons = new Map(cases.map((each) => [caseName(each), whyNoCase(each)]));

export const sharingCases: Covering<Scenario> = {
  id: 'sharing',
  what: 'cases of sharing a file',
  page: 'docs/reference/covering.md',
  situations: [...reasons.keys()],
  impossible: (situation) => reasons.get(situation),
  onStep: (scenario) => [
    (before, step, after) =>
      happened(before, step, after).flatMap((each) => casesOf(scenario, each, before, after)),
  ],
};

/** The event, its host and its file. */
type Happened = Pick<SharingCase, 'what' | 'mode'> & { readonly file: File; readonly host: Host };

function happened(before: Look, step: StepTaken, after: Look): readonly Happened[] {
  const [kind = '', name = ''] = step.cell.split(' ');
  if (kind === 'service') return served(before, step, after, name);
  if (kind === 'thread') return forked(before, after, name);
  const [file = '', host = ''] = name.split('@');
  if (kind === 'handle' && step.event.type === 'writeBack') {
    const { writers } = worldOf(before).handle(file, host);
    return [{ what: 'write-back', mode: writers > 0 ? 'write' : 'read', file, host }];
  }
  if (kind === 'recall' && step.event.type === 'served') {
    const { openerWrites } = worldOf(before).consistency(file);
    return [{ what: 'recall', mode: openerWrites ? 'write' : 'read', file, host }];
  }
  return [];
}

function served(before: Look, step: StepTaken, after: Look, process: string): readonly Happened[] {
  if (step.event.type !== 'served') return [];
  const { value, context } = before(cell.service(process));
  const { call, file, caller: host, mode } = context as ServiceContext;
  if (value === 'accounting') return [{ what: 'arrival', mode, file, host }];
  if (call === 'close') return [{ what: 'close', mode, file, host }];
  const begins = value === 'counted' && after(cell.service(process)).value !== 'counted';
  return begins ? [{ what: 'open', mode, file, host }] : [];
}

/** A child has been created, and has its parent's streams. */
function forked(before: Look, after: Look, process: string): readonly Happened[] {
  const { host } = worldOf(before).thread(process);
  if (host === null) return [];
  const { descriptors } = worldOf(before).process(process, host);
  return descriptors.flatMap((stream) => {
    if (stream === null) return [];
    const [then, now] = [before, after].map(
      (look) => look(cell.stream(stream, host)).context as StreamContext,
    ) as [StreamContext, StreamContext];
    if (now.references <= then.references || then.file === null) return [];
    return [{ what: 'fork', mode: then.mode ?? 'read', file: then.file, host } as const];
  });
}

function casesOf(
  { hosts }: Scenario,
  { what, mode, file, host }: Happened,
  before: Look,
  after: Look,
): readonly string[] {
  const own = cachedOn(before, file, host);
  // The source of a stream gives it up in the same step, before any host is called back.
  const entries = what === 'arrival' ? after : before;
  const { lastWriter } = before(cell.file(file)).context as FileContext;
  const found = hosts
    .filter((other) => other !== host)
    .map((other) => held(entries, file, other, lastWriter === other))
    .filter((other) => other !== 'nothing');
  const each: readonly Other[] = found.length === 0 ? ['nothing'] : [...new Set(found)];
  return each.map((other) => caseName({ what, mode, own, other }));
}

function cachedOn(look: Look, file: File, host: Host): Cache {
  const { block } = worldOf(look).handle(file, host);
  if (block === null) return 'nothing';
  if (block.dirty) return 'dirty';
  return block.data === worldOf(look).lastWrite(file).data ? 'current' : 'older';
}

function held(look: Look, file: File, host: Host, wroteLast: boolean): Other {
  const { references, writers, cached } = worldOf(look).entry(file, host);
  // What may not be cached is not there, also if the server believes that the host wrote last.
  if (references === 0 && !cached) return 'nothing';
  if (references === 0) return wroteLast ? 'dirty' : 'clean';
  if (!cached) return writers > 0 ? 'writes-uncached' : 'reads-uncached';
  if (writers > 0) return 'writes';
  return wroteLast ? 'read-dirty' : 'reads';
}
