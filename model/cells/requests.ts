/** What a process asks of the file server: the server's side of it, and its call-back to a source. */
import type { Kernel } from '../kernel.ts';
import { releaseContext } from '../machines/release.machine.ts';
import { serviceContext } from '../machines/service.events.ts';
import type { OfProcess } from '../part.ts';
import { cell } from '../vocabulary/ids.ts';
import { put, type Cell } from './put.ts';

export function serviceCell(kernel: Kernel, place: OfProcess): Cell {
  const { process } = place;
  return put(cell.service(process), kernel.service, place, { context: serviceContext(process) });
}

export function releaseCell(kernel: Kernel, place: OfProcess): Cell {
  const { process } = place;
  return put(cell.release(process), kernel.release, place, { context: releaseContext(process) });
}
