/** The facts for the close of a descriptor. */
import type { HandleContext } from '../machines/handle.machine.ts';
import type { ProcessContext } from '../machines/process.machine.ts';
import type { StreamContext } from '../machines/stream.machine.ts';
import type { CloseFacts } from '../machines/thread.events.ts';
import type { Look } from '../vocabulary/cell.ts';
import { cell, type Process } from '../vocabulary/ids.ts';
import { controlBlock } from './common.ts';

const noClose: CloseFacts = {
  isOpen: false,
  isFirstOpen: false,
  isLastReference: false,
  handleIsFree: false,
  lastDirtyBlock: false,
  stream: '',
  file: '',
  mode: 'read',
};

export function closeFacts(look: Look, process: Process, descriptor: number): CloseFacts {
  const block = controlBlock(look, process);
  return closeFactsOf(look, process, block, descriptor);
}

export function closeFactsOf(
  look: Look,
  process: Process,
  { descriptors, host }: ProcessContext,
  descriptor: number,
): CloseFacts {
  const stream = descriptors[descriptor] ?? null;
  if (stream === null) return noClose;
  const { file, mode, references } = look(cell.stream(stream, host)).context as StreamContext;
  // In a faulty kernel a stream may be gone before its last reference.
  const handle = file === null ? null : (look(cell.handle(file, host)).context as HandleContext);
  const isLastReference = references === 1;
  const handleIsFree =
    !isLastReference || (handle?.lockedBy === null && look(cell.service(process)).value === 'idle');
  return {
    isOpen: true,
    isFirstOpen: descriptors.findIndex((held) => held !== null) === descriptor,
    isLastReference,
    handleIsFree,
    lastDirtyBlock: handle?.references === 1 && handle.block?.dirty !== true,
    stream,
    file: file ?? '',
    mode: mode ?? 'read',
  };
}
