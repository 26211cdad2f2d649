/** What a process asks of the file server: the server's side of it, and its call-back to a source. */
import type { Kernel } from '../kernel.ts';
import { releaseContext, releaseObserves } from '../machines/release.machine.ts';
import { serviceContext } from '../machines/service.events.ts';
import { serviceObserves } from '../machines/service.machine.ts';
import { cell, type Process } from '../vocabulary/ids.ts';
import { just, part, type Cell } from './part.ts';

export function serviceCell(kernel: Kernel, process: Process): Cell {
  return part(cell.service(process), kernel.service, serviceContext(process), {
    observes: serviceObserves(process),
    offers: {
      arrived: just('served'),
      holding: just('served'),
      closing: just('served'),
      reopening: just('served'),
      checking: just('checked'),
      calling: just('releaseTaken'),
      accounting: just('served'),
    },
  });
}

export function releaseCell(kernel: Kernel, process: Process): Cell {
  return part(cell.release(process), kernel.release, releaseContext(process), {
    observes: releaseObserves(process),
    offers: { sent: just('served') },
  });
}
