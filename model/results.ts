/**
 * What a process would be told next by its kernel: by a read of each descriptor and each page. Pure
 * reads, for claims by removal.
 */
import { ioFacts, pageFacts } from './observations/io.ts';
import type { HandleContext } from './machines/handle.machine.ts';
import type { ProcessContext } from './machines/process.machine.ts';
import type { ThreadContext } from './machines/thread.events.ts';
import type { Scenario } from './scenarios/scenario.ts';
import type { Json, Look } from './vocabulary/cell.ts';
import { cell, type Host, type Process } from './vocabulary/ids.ts';

/**
 * The results, less what another process or a closed stream has left dirty on `removed`: those data
 * may die with that host.
 */
export function nextResults(
  look: Look,
  { pages = 0 }: Scenario,
  process: Process,
  removed: Host,
): Json {
  const { host, isKilled } = look(cell.thread(process)).context as ThreadContext;
  if (host === null) return 'gone';
  if (isKilled) return 'killed';
  const { descriptors } = look(cell.process(process, host)).context as ProcessContext;
  return {
    descriptors: descriptors.map((stream, descriptor) => {
      if (stream === null) return null;
      const { file, cachable, cachedData, serverData, offset } = ioFacts(look, process, descriptor);
      const data = cachable ? (cachedData ?? serverData) : serverData;
      return hasDirtyData(look, file, removed) ? { offset } : { data, offset };
    }),
    pages: Array.from({ length: pages }, (_, page) => pageFacts(look, process, page).data),
  };
}

function hasDirtyData(look: Look, file: string, host: Host): boolean {
  return (look(cell.handle(file, host)).context as HandleContext).block?.dirty === true;
}
