/** What an evictor must know, and the ghost that watches it. */
import type { ProcessContext } from '../machines/process.machine.ts';
import type { ThreadContext } from '../machines/thread.events.ts';
import type { Look, Observes } from '../vocabulary/cell.ts';
import { cell, type Host, type Process } from '../vocabulary/ids.ts';

export function evictionObserves(host: Host, processes: readonly Process[]): Observes {
  return {
    ownerReturned: (look) => ({
      found: processes.map((process) => {
        const block = look(cell.process(process, host));
        const { isExiting, isKilled } = look(cell.thread(process)).context as ThreadContext;
        const { home } = block.context as ProcessContext;
        return { process, is: block.value as string, home, isExiting, isKilled };
      }),
    }),
  };
}

export function visitorsObserves(host: Host, processes: readonly Process[]): Observes {
  return {
    began: (look) => ({ present: processes.filter((process) => isVisiting(look, process, host)) }),
    left: (look, event) => ({ isThere: isVisiting(look, event['process'] as Process, host) }),
  };
}

/** Something of it is there, and it is not ending. */
function isVisiting(look: Look, process: Process, host: Host): boolean {
  const { value, context } = look(cell.process(process, host));
  const { isExiting, isKilled } = look(cell.thread(process)).context as ThreadContext;
  const isAtHome = (context as ProcessContext).home === host;
  return value !== 'absent' && !isAtHome && !isExiting && !isKilled;
}
