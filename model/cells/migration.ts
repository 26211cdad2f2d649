/** The migration of a process: who asks for it, its source, its target. */
import type { Kernel } from '../kernel.ts';
import { requesterPart } from '../machines/eviction.machine.ts';
import { sourceContext } from '../machines/source.events.ts';
import { targetContext } from '../machines/target.events.ts';
import type { OfProcess } from '../part.ts';
import { cell } from '../vocabulary/ids.ts';
import { put, type Cell } from './put.ts';

export function requesterCell(place: OfProcess): Cell {
  const { process } = place;
  return put(cell.requester(process), requesterPart, place, { context: { process } });
}

export function sourceCell(kernel: Kernel, place: OfProcess): Cell {
  const { scenario, process } = place;
  const spec = scenario.processes.find(({ name }) => name === process);
  const packed = { ...place, modules: kernel.modules };
  return put(cell.source(process), kernel.source, packed, {
    context: sourceContext(process, spec?.migrations?.times ?? 0),
  });
}

export function targetCell(kernel: Kernel, place: OfProcess): Cell {
  const { process } = place;
  return put(cell.target(process), kernel.target, place, { context: targetContext(process) });
}
