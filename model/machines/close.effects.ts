/** What a close of a last reference asks of other cells: by a program, or by a target that gives up. */
import { send, type Effects } from '../vocabulary/cell.ts';
import { cell, type File, type Host, type Process, type Stream } from '../vocabulary/ids.ts';
import type { CloseFacts } from './thread.events.ts';

/** The process whose stream is closed, where, and the cell that holds the handle's lock meanwhile. */
type Closer = { readonly process: Process; readonly host: Host; readonly owner: string };

type Sent = readonly ReturnType<typeof send>[];

/** The handle gives the use up before the server does, and stays locked until the reply. */
export function closeCalled(
  { process, host, owner }: Closer,
  {
    stream,
    file,
    mode,
    lastDirtyBlock,
  }: Pick<CloseFacts, 'stream' | 'file' | 'mode' | 'lastDirtyBlock'>,
): Sent {
  return [
    send(cell.stream(stream, host), { type: 'closing' }),
    send(cell.handle(file, host), { type: 'locked', owner }),
    send(cell.handle(file, host), { type: 'unused', mode }),
    send(cell.service(process), {
      type: 'closing',
      caller: host,
      file,
      stream,
      mode,
      lastDirtyBlock,
    }),
  ];
}

export function closeFinished(
  host: Host,
  { stream, file }: { readonly stream: Stream; readonly file: File },
): Effects {
  return [
    send(cell.handle(file, host), { type: 'unlocked' }),
    send(cell.stream(stream, host), { type: 'closed' }),
  ];
}
