/** What the source of a migration must know of other cells to take an event. */
import type { Module } from '../kernel.ts';
import type { ProcessContext } from '../machines/process.machine.ts';
import type { Carried, SourceContext, TargetAnswer } from '../machines/source.events.ts';
import type { StreamContext } from '../machines/stream.machine.ts';
import type { TargetContext } from '../machines/target.events.ts';
import type { ThreadContext } from '../machines/thread.events.ts';
import type { Look, Observes } from '../vocabulary/cell.ts';
import { cell, type Host, type Process, type Stream } from '../vocabulary/ids.ts';
import { bootOf, controlBlock, hostOf, isDirty, pagesOf } from './common.ts';

export function sourceObserves(
  process: Process,
  modules: readonly Module[],
  hasPages: boolean,
): Observes {
  return {
    requested: (look, event) => {
      const thread = look(cell.thread(process));
      const { host, isExiting, isKilled } = thread.context as ThreadContext;
      const isBusy = thread.value === 'frozen' || thread.value === 'execing';
      const isThere = host !== null && !isBusy && !isExiting && !isKilled;
      return {
        isThere,
        host: host ?? '',
        home: isThere ? (controlBlock(look, process).home ?? '') : '',
        targetIs: look(cell.target(process)).value,
        toBoot: bootOf(look, event['to'] as Host),
      };
    },
    replyTaken: (look) => {
      const { value, context } = look(cell.target(process));
      const answer = answerOf(value as string, (context as TargetContext).isSilent);
      return {
        answer,
        threadIsHere: answer === 'dead' && look(cell.thread(process)).value === 'frozen',
      };
    },
    evicted: (look, event) => {
      const block = look(cell.process(process, event['from'] as Host));
      return { home: (block.context as ProcessContext).home ?? '', blockIs: block.value };
    },
    hostCrashed: (look) => {
      const { evictFrom } = look(cell.source(process)).context as SourceContext;
      return {
        evictedIs: evictFrom === null ? 'absent' : look(cell.process(process, evictFrom)).value,
      };
    },
    execRequested: (look, event) => ({
      toBoot: bootOf(look, event['to'] as Host),
      home:
        (look(cell.process(process, event['from'] as Host)).context as ProcessContext).home ?? '',
    }),
    trapped: (look) => {
      const thread = look(cell.thread(process));
      return {
        threadIs: thread.value,
        isKilled: (thread.context as ThreadContext).isKilled,
        homeCallIs: look(cell.homeCall(process)).value,
        targetIsIdle: look(cell.target(process)).value === 'idle',
      };
    },
    encapsulated: (look) => {
      const { host, descriptors, holdsSignals } = controlBlock(look, process);
      const pages = hasPages ? pagesOf(look, process, host) : [];
      const memoryMoves = modules.includes('memory');
      return {
        carried: descriptors.map((stream) =>
          modules.includes('files') ? carry(look, stream, host) : null,
        ),
        holdsSignals: modules.includes('signals') && holdsSignals,
        hasPages,
        hasDirtyPages: memoryMoves && pages.some((page) => page !== null && isDirty(page)),
        pages,
      };
    },
    pageFlushed: (look, event) => {
      const page = modules.includes('memory')
        ? pagesOf(look, process, hostOf(look, process))[event['page'] as number]
        : null;
      return { data: page !== null && page !== undefined && isDirty(page) ? page.data : null };
    },
  };
}

const answers = ['accepted', 'refused', 'failed', 'unpacked', 'resumed'] as const;

function answerOf(state: string, isSilent: boolean): TargetAnswer {
  if (state === 'dead') return 'dead';
  if (isSilent) return 'silent';
  return answers.find((answer) => answer === state) ?? 'none';
}

function carry(look: Look, stream: Stream | null, host: Host): Carried | null {
  if (stream === null) return null;
  const { file, mode, offset } = look(cell.stream(stream, host)).context as StreamContext;
  return { stream, file: file ?? '', mode: mode ?? 'read', offset };
}
