/** What an evictor must know. */
import type { ProcessContext } from '../machines/process.machine.ts';
import type { ThreadContext } from '../machines/thread.events.ts';
import type { Observes } from '../vocabulary/cell.ts';
import { cell, type Host, type Process } from '../vocabulary/ids.ts';

/** Who must go when a host's owner returns: the visitors that run there. */
export function evictionObserves(host: Host, processes: readonly Process[]): Observes {
  return {
    ownerReturned: (look) => ({
      visitors: processes.filter((process) => {
        const block = look(cell.process(process, host));
        const thread = look(cell.thread(process)).context as ThreadContext;
        return (
          block.value === 'running' &&
          (block.context as ProcessContext).home !== host &&
          !thread.isExiting &&
          !thread.isKilled
        );
      }),
    }),
  };
}
