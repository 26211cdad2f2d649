/** The observations of an evictor, and of the ghost that watches it. */
import type { evictionMachine } from '../machines/eviction.machine.ts';
import type { ProcessContext } from '../machines/process.machine.ts';
import type { ThreadContext } from '../machines/thread.events.ts';
import type { visitorsMachine } from '../machines/visitors.machine.ts';
import type { Observations, OfHost } from '../part.ts';
import type { Look } from '../vocabulary/cell.ts';
import { cell, type Host, type Process } from '../vocabulary/ids.ts';
import { namesIn } from './common.ts';

export const evictionObserves: Observations<typeof evictionMachine, OfHost> = {
  ownerReturned: (look, { host, scenario }) => ({
    found: namesIn(scenario).map((process) => {
      const block = look(cell.process(process, host));
      const { isExiting, isKilled } = look(cell.thread(process)).context as ThreadContext;
      const { home } = block.context as ProcessContext;
      return { process, is: block.value as string, home, isExiting, isKilled };
    }),
  }),
};

export const visitorsObserves: Observations<typeof visitorsMachine, OfHost> = {
  began: (look, { host, scenario }) => ({
    present: namesIn(scenario).filter((process) => isVisiting(look, process, host)),
  }),
  left: (look, { host }, { process }) => ({ isThere: isVisiting(look, process, host) }),
};

/** Whether a part of the process is on the host, and the process is not ending. */
function isVisiting(look: Look, process: Process, host: Host): boolean {
  const { value, context } = look(cell.process(process, host));
  const { isExiting, isKilled } = look(cell.thread(process)).context as ThreadContext;
  const isAtHome = (context as ProcessContext).home === host;
  return value !== 'absent' && !isAtHome && !isExiting && !isKilled;
}
