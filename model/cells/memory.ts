/** The memory of every process on every host, where the scenario has any. */
import type { Kernel } from '../kernel.ts';
import { pagesContext, pagesMachine } from '../machines/ghosts.machine.ts';
import {
  memoryContext,
  memoryObserves,
  swapContext,
  swapMachine,
} from '../machines/memory.machine.ts';
import { pagesObserves } from '../observations/ghosts.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { cell } from '../vocabulary/ids.ts';
import { part, type Cell } from './part.ts';

export function memoryCells(
  kernel: Kernel,
  { processes, hosts, pages = 0 }: Scenario,
): readonly Cell[] {
  if (pages === 0) return [];
  return processes.flatMap(({ name }) => [
    ...hosts.map((host) =>
      part(cell.memory(name, host), kernel.memory, memoryContext(name, host, pages), {
        observes: memoryObserves(host),
      }),
    ),
    part(cell.swap(name), swapMachine, swapContext(pages)),
    part(cell.pages(name), pagesMachine, pagesContext(pages), { observes: pagesObserves() }),
  ]);
}
