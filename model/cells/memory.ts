/** The memory of every process on every host, if the scenario has any. */
import type { Kernel } from '../kernel.ts';
import { pagesContext, pagesPart } from '../machines/ghosts.machine.ts';
import { memoryContext, swapContext, swapPart } from '../machines/memory.machine.ts';
import { namesIn } from '../observations/common.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { put, type PlacedCell } from './put.ts';

export function memoryCells(kernel: Kernel, scenario: Scenario): readonly PlacedCell[] {
  const { hosts, pages = 0 } = scenario;
  if (pages === 0) return [];
  return namesIn(scenario).flatMap((process) => {
    const place = { scenario, process };
    return [
      ...hosts.map((host) =>
        put('memory', kernel.memory, { ...place, host }, memoryContext(process, host, pages)),
      ),
      put('swap', swapPart, place, swapContext(pages)),
      put('pages', pagesPart, place, pagesContext(pages)),
    ];
  });
}
