/**
 * A file: its state at the server, its handles and entries by client, what keeps them consistent, and
 * what its last write, its uses and its name should be.
 */
import type { Kernel } from '../kernel.ts';
import { consistencyContext } from '../machines/consistency.machine.ts';
import { entryContext } from '../machines/entry.machine.ts';
import { fileContext } from '../machines/file.machine.ts';
import {
  lastWriteContext,
  lastWritePart,
  usesContext,
  usesPart,
} from '../machines/ghosts.machine.ts';
import { handleContext } from '../machines/handle.machine.ts';
import { nameContext, namePart } from '../machines/name.machine.ts';
import { recallContext } from '../machines/recall.machine.ts';
import type { OfFile, OfFileOnHost } from '../part.ts';
import { cell } from '../vocabulary/ids.ts';
import { put, type Cell } from './put.ts';

export function fileCell(kernel: Kernel, place: OfFile): Cell {
  return put(cell.file(place.file), kernel.file, place, { context: fileContext });
}

export function handleCell(kernel: Kernel, place: OfFileOnHost): Cell {
  const { file, host } = place;
  return put(cell.handle(file, host), kernel.handle, place, { context: handleContext(file, host) });
}

export function entryCell(kernel: Kernel, place: OfFileOnHost): Cell {
  const { file, host } = place;
  return put(cell.entry(file, host), kernel.entry, place, { context: entryContext(file, host) });
}

export function consistencyCell(kernel: Kernel, place: OfFile): Cell {
  const { file } = place;
  return put(cell.consistency(file), kernel.consistency, place, {
    context: consistencyContext(file),
  });
}

/** The consistency call-back to one client. */
export function recallCell(kernel: Kernel, place: OfFileOnHost): Cell {
  const { file, host } = place;
  return put(cell.recall(file, host), kernel.recall, place, { context: recallContext(file, host) });
}

export function lastWriteCell(place: OfFile): Cell {
  return put(cell.lastWrite(place.file), lastWritePart, place, { context: lastWriteContext });
}

export function usesCell(place: OfFile): Cell {
  return put(cell.uses(place.file), usesPart, place, { context: usesContext });
}

export function nameCell(place: OfFile): Cell {
  return put(cell.name(place.file), namePart, place, { context: nameContext });
}
