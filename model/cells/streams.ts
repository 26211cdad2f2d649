/** A stream on one host, its shadow at the server, and where a reader of it should stand. */
import type { Kernel } from '../kernel.ts';
import { positionContext, positionPart } from '../machines/ghosts.machine.ts';
import { shadowContext } from '../machines/shadow.machine.ts';
import { streamContext } from '../machines/stream.machine.ts';
import type { OfStream, OfStreamOnHost } from '../part.ts';
import { cell } from '../vocabulary/ids.ts';
import { put, type Cell } from './put.ts';

export function streamCell(kernel: Kernel, place: OfStreamOnHost): Cell {
  const { stream, host } = place;
  return put(cell.stream(stream, host), kernel.stream, place, { context: streamContext(host) });
}

export function shadowCell(kernel: Kernel, place: OfStream): Cell {
  return put(cell.shadow(place.stream), kernel.shadow, place, { context: shadowContext });
}

export function positionCell(place: OfStream): Cell {
  return put(cell.position(place.stream), positionPart, place, { context: positionContext });
}
