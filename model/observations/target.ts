/** What the target of a migration must know of other cells to take an event. */
import type { FaultsContext } from '../machines/host.machine.ts';
import type { ProcessContext } from '../machines/process.machine.ts';
import type { StreamContext } from '../machines/stream.machine.ts';
import type { TargetContext } from '../machines/target.events.ts';
import type { Observes } from '../vocabulary/cell.ts';
import { cell, type Host, type Process } from '../vocabulary/ids.ts';
import { closeFactsOf } from './closing.ts';
import { bootOf, isUp } from './common.ts';
import { replyFacts } from './reply.ts';

export function targetObserves(process: Process, refusing: readonly Host[]): Observes {
  return {
    asked: (look, event) => ({
      fromBoot: bootOf(look, event['from'] as Host),
      isUp: isUp(look, event['to'] as Host),
      takesVisitors: !refusing.includes(event['to'] as Host),
    }),
    transferred: (look, event) => ({
      fromBoot: bootOf(look, event['from'] as Host),
      isUp: isUp(look, event['to'] as Host),
      isExpected: look(cell.process(process, event['to'] as Host)).value === 'migrated',
      home: (look(cell.process(process, event['from'] as Host)).context as ProcessContext).home,
    }),
    noticed: (look) => {
      const { from } = look(cell.target(process)).context as TargetContext;
      return { sourceIsUp: isUp(look, from ?? ''), sourceBoot: bootOf(look, from ?? '') };
    },
    replyLost: (look) => ({
      lossesLeft: (look('faults').context as FaultsContext).losses > 0,
    }),
    closed: (look) => {
      const { to } = look(cell.target(process)).context as TargetContext;
      const block = look(cell.process(process, to ?? '')).context as ProcessContext;
      const descriptor = block.descriptors.findIndex((held) => held !== null);
      const { isLastReference, handleIsFree, stream, file, mode } = closeFactsOf(
        look,
        process,
        block,
        descriptor,
      );
      return { descriptor, isLastReference, handleIsFree, stream, file, mode };
    },
    fetched: (look) => {
      const { carried, index, to } = look(cell.target(process)).context as TargetContext;
      const next = carried[index];
      if (next === undefined || next === null) {
        return { streamIsFree: true, streamIsArriving: false, isNew: false };
      }
      const held = look(cell.stream(next.stream, to ?? ''));
      return {
        streamIsFree: held.value === 'absent' || held.value === 'open',
        streamIsArriving: held.value === 'arriving',
        isNew:
          held.value === 'absent' ||
          (held.value === 'open' && (held.context as StreamContext).isNew),
      };
    },
    replyTaken: (look) => {
      const { to } = look(cell.target(process)).context as TargetContext;
      return replyFacts(look, process, to ?? '');
    },
  };
}
