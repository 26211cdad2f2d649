/** A process: its program's thread, the source of its migrations, and its control block on each host. */
import type { Kernel } from '../kernel.ts';
import { processContext } from '../machines/process.machine.ts';
import { sourceContext } from '../machines/source.events.ts';
import { threadContext } from '../machines/thread.events.ts';
import { allOf } from '../scenarios/calls.ts';
import type { ProcessSpec, Scenario } from '../scenarios/scenario.ts';
import { put, type PlacedCell } from './put.ts';

/** A process without a home in the scenario is forked by another process: it does not run yet. */
export function threadCell(kernel: Kernel, scenario: Scenario, spec: ProcessSpec): PlacedCell {
  const { name, home, program } = spec;
  const context = { ...threadContext(name, allOf(program)), host: home };
  const state = home === null ? undefined : 'user';
  return put('thread', kernel.thread, { scenario, process: name }, context, state);
}

export function sourceCell(kernel: Kernel, scenario: Scenario, spec: ProcessSpec): PlacedCell {
  const { name, migrations } = spec;
  const place = { scenario, process: name, modules: kernel.modules };
  return put('source', kernel.source, place, sourceContext(name, migrations?.times ?? 0));
}

export function processCells(
  kernel: Kernel,
  scenario: Scenario,
  { name, home }: ProcessSpec,
): readonly PlacedCell[] {
  const descriptors = Array.from({ length: scenario.descriptors }, () => null);
  return scenario.hosts.map((host) => {
    const place = { scenario, process: name, host };
    const context = processContext(name, host);
    return host === home
      ? put('process', kernel.process, place, { ...context, home, descriptors }, 'running')
      : put('process', kernel.process, place, context);
  });
}
