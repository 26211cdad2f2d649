/** A stream on one host, its shadow at the server, and where a reader of it should stand. */
import type { Kernel } from '../kernel.ts';
import { positionContext, positionMachine } from '../machines/ghosts.machine.ts';
import { shadowContext } from '../machines/shadow.machine.ts';
import { streamContext } from '../machines/stream.machine.ts';
import { cell, type Host, type Stream } from '../vocabulary/ids.ts';
import { part, type Cell } from './part.ts';

export function streamCell(kernel: Kernel, stream: Stream, host: Host): Cell {
  return part(cell.stream(stream, host), kernel.stream, streamContext(host));
}

export function shadowCell(kernel: Kernel, stream: Stream): Cell {
  return part(cell.shadow(stream), kernel.shadow, shadowContext);
}

export function positionCell(stream: Stream): Cell {
  return part(cell.position(stream), positionMachine, positionContext);
}
