/** A process: its program's thread, its calls to its home, its control blocks, and its fate. */
import type { Kernel } from '../kernel.ts';
import { fateContext, fatePart } from '../machines/fate.machine.ts';
import { homeCallContext } from '../machines/home-call.machine.ts';
import { processContext } from '../machines/process.machine.ts';
import { threadContext } from '../machines/thread.events.ts';
import type { OfProcess, OfProcessOnHost } from '../part.ts';
import { allOf } from '../scenarios/calls.ts';
import type { ProcessSpec, Scenario } from '../scenarios/scenario.ts';
import { cell } from '../vocabulary/ids.ts';
import { put, type Cell } from './put.ts';

export function threadCell(
  kernel: Kernel,
  scenario: Scenario,
  { name, home, program }: ProcessSpec,
): Cell {
  return put(
    cell.thread(name),
    kernel.thread,
    { scenario, process: name },
    {
      context: { ...threadContext(name, allOf(program)), host: home },
      ...(home === null ? {} : { state: 'user' }),
    },
  );
}

export function homeCallCell(kernel: Kernel, place: OfProcess): Cell {
  const { process } = place;
  return put(cell.homeCall(process), kernel.homeCall, place, { context: homeCallContext(process) });
}

/** The control block of a process on one host. */
export function processCell(kernel: Kernel, place: OfProcessOnHost): Cell {
  const { scenario, process, host } = place;
  const spec = scenario.processes.find(({ name }) => name === process);
  const context = processContext(process, host);
  const descriptors = Array.from({ length: scenario.descriptors }, () => null);
  return put(
    cell.process(process, host),
    kernel.process,
    place,
    spec?.home === host
      ? { context: { ...context, home: host, descriptors }, state: 'running' }
      : { context },
  );
}

export function fateCell(place: OfProcess): Cell {
  const { scenario, process } = place;
  return put(cell.fate(process), fatePart, place, { context: fateContext(scenario.descriptors) });
}
