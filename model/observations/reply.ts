/** The I/O server's reply to a process's call. */
import type { HandleContext } from '../machines/handle.machine.ts';
import type { ReplyFacts, ServiceContext } from '../machines/service.events.ts';
import type { Look } from '../vocabulary/cell.ts';
import { cell, type Host, type Process } from '../vocabulary/ids.ts';

export function replyFacts(look: Look, process: Process, host: Host): ReplyFacts {
  const service = look(cell.service(process));
  const { reply, file, call } = service.context as ServiceContext;
  const found = reply ?? {
    ok: false,
    cachable: false,
    version: 0,
    size: 0,
    stamp: 0,
    offset: 0,
    shared: false,
  };
  const handleIsFree =
    reply === null ||
    call === 'close' ||
    (look(cell.handle(file, host)).context as HandleContext).lockedBy === null;
  return { replied: reply !== null, handleIsFree, ...found };
}
