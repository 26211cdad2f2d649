/** The observations of the target of a migration. */
import type { FaultsContext } from '../machines/host.machine.ts';
import type { ProcessContext } from '../machines/process.machine.ts';
import type { SourceContext } from '../machines/source.events.ts';
import type { StreamContext } from '../machines/stream.machine.ts';
import type { TargetContext } from '../machines/target.events.ts';
import type { targetMachine } from '../machines/target.machine.ts';
import type { Observations, OfProcess } from '../part.ts';
import type { Local, Look } from '../vocabulary/cell.ts';
import { cell, type Process } from '../vocabulary/ids.ts';
import { closeFactsOf } from './closing.ts';
import { bootOf, isUp } from './common.ts';
import { replyFacts } from './reply.ts';

export const targetObserves: Observations<typeof targetMachine, OfProcess> = {
  asked: (look, { scenario }, { from, to }) => ({
    fromBoot: bootOf(look, from),
    isUp: isUp(look, to),
    takesVisitors: scenario.refusing?.includes(to) !== true,
  }),
  transferred: (look, { process }, { from, to }) => ({
    fromBoot: bootOf(look, from),
    isUp: isUp(look, to),
    isExpected: look(cell.process(process, to)).value === 'migrated',
    home: (look(cell.process(process, from)).context as ProcessContext).home,
  }),
  noticed: (look, { process }) => {
    const { from } = self(look, process);
    return { sourceIsUp: isUp(look, from ?? ''), sourceBoot: bootOf(look, from ?? '') };
  },
  hostCrashed: (look, { process }) => {
    const { value, context } = look(cell.source(process));
    const { from } = self(look, process);
    return { isAwaited: value !== 'idle' && (context as SourceContext).from === from };
  },
  replyLost: (look) => ({
    lossesLeft: (look(cell.faults()).context as FaultsContext).losses > 0,
  }),
  closed: (look, { process }) => {
    const { to } = self(look, process);
    const block = look(cell.process(process, to ?? '')).context as ProcessContext;
    const descriptor = block.descriptors.findIndex((held) => held !== null);
    const { isOpen: _, isFirstOpen: __, ...facts } = closeFactsOf(look, process, block, descriptor);
    return { descriptor, ...facts };
  },
  fetched: (look, { process }) => {
    const held = nextStream(look, process);
    if (held === undefined) return { streamIsFree: true, isNew: false };
    return {
      streamIsFree: held.value === 'absent' || held.value === 'open',
      isNew:
        held.value === 'absent' || (held.value === 'open' && (held.context as StreamContext).isNew),
    };
  },
  replyTaken: (look, { process }) => replyFacts(look, process, self(look, process).to ?? ''),
};

/** The next stream to be unpacked, on the target's host; undefined after the last. */
export function nextStream(look: Look, process: Process): Local | undefined {
  const { carried, index, to } = self(look, process);
  const next = carried[index];
  return next === undefined || next === null ? undefined : look(cell.stream(next.stream, to ?? ''));
}

function self(look: Look, process: Process): TargetContext {
  return look(cell.target(process)).context as TargetContext;
}
