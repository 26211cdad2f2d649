/** The observations of the source of a migration. */
import type { ProcessContext } from '../machines/process.machine.ts';
import type { Carried, SourceContext, TargetAnswer } from '../machines/source.events.ts';
import type { sourceMachine } from '../machines/source.machine.ts';
import type { StreamContext } from '../machines/stream.machine.ts';
import type { TargetContext } from '../machines/target.events.ts';
import type { ThreadContext } from '../machines/thread.events.ts';
import type { Observations, OfPackedProcess } from '../part.ts';
import type { Look } from '../vocabulary/cell.ts';
import { cell, type Host, type Process, type Stream } from '../vocabulary/ids.ts';
import { bootOf, controlBlock, hasPages, hostOf, isDirty, pagesOf, stateOf } from './common.ts';

export const sourceObserves: Observations<typeof sourceMachine, OfPackedProcess> = {
  requested: (look, { process }, { to }) => {
    const thread = look(cell.thread(process));
    const { host, isExiting, isKilled } = thread.context as ThreadContext;
    const isBusy = thread.value === 'frozen' || thread.value === 'execing';
    const isThere = host !== null && !isBusy && !isExiting && !isKilled;
    return {
      isThere,
      host: host ?? '',
      home: isThere ? (controlBlock(look, process).home ?? '') : '',
      targetIs: stateOf(look, cell.target(process)),
      toBoot: bootOf(look, to),
    };
  },
  replyTaken: (look, { process }) => {
    const { value, context } = look(cell.target(process));
    const answer = answerOf(value as string, (context as TargetContext).isSilent);
    return {
      answer,
      threadIsHere: answer === 'dead' && look(cell.thread(process)).value === 'frozen',
    };
  },
  evicted: (look, { process }, { from }) => ({
    home: homeIn(look, process, from),
    blockIs: stateOf(look, cell.process(process, from)),
  }),
  hostCrashed: (look, { process }) => {
    const { evictFrom } = look(cell.source(process)).context as SourceContext;
    return {
      evictedIs: evictFrom === null ? 'absent' : stateOf(look, cell.process(process, evictFrom)),
    };
  },
  execRequested: (look, { process }, { from, to }) => ({
    toBoot: bootOf(look, to),
    home: homeIn(look, process, from),
  }),
  trapped: (look, { process }) => {
    const thread = look(cell.thread(process));
    return {
      threadIs: thread.value as string,
      isKilled: (thread.context as ThreadContext).isKilled,
      homeCallIs: stateOf(look, cell.homeCall(process)),
      targetIsIdle: look(cell.target(process)).value === 'idle',
    };
  },
  encapsulated: (look, { process, modules, scenario }) => {
    const { host, descriptors, holdsSignals } = controlBlock(look, process);
    const pages = hasPages(scenario) ? pagesOf(look, process, host) : [];
    return {
      carried: descriptors.map((stream) =>
        modules.includes('files') ? carry(look, stream, host) : null,
      ),
      holdsSignals: modules.includes('signals') && holdsSignals,
      hasPages: hasPages(scenario),
      hasDirtyPages:
        modules.includes('memory') && pages.some((page) => page !== null && isDirty(page)),
    };
  },
  pageFlushed: (look, { process, modules }, { page: index }) => {
    const page = modules.includes('memory')
      ? pagesOf(look, process, hostOf(look, process))[index]
      : null;
    return { data: page !== null && page !== undefined && isDirty(page) ? page.data : null };
  },
};

/** The home in the control block on that host. */
function homeIn(look: Look, process: Process, host: Host): Host {
  return (look(cell.process(process, host)).context as ProcessContext).home ?? '';
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
