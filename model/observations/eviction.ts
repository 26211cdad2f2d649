/** What an evictor must know. */
import type { ProcessContext } from '../machines/process.machine.ts';
import type { ThreadContext } from '../machines/thread.events.ts';
import type { Observes } from '../vocabulary/cell.ts';
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
