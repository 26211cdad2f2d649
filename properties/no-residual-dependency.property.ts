/**
 * No residual dependencies, read from one state; removal-changes-nothing.property.ts tests the same by
 * crashing the host.
 *
 *   at rest on the process, for every host h that is neither its home nor the host it runs on:
 *     h has no page of it, need not send one, and has no control block of it; no cell has a migration
 *     of it from h, or a call of it that names h
 *
 * Excepted: the home.
 */
import type { Finding } from '../checker/specification/property.ts';
import type { MemoryContext } from '../model/machines/memory.machine.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { cell, type Host, type Process } from '../model/vocabulary/ids.ts';
import type { Look } from '../model/vocabulary/cell.ts';
import { worldOf } from '../model/world.ts';
import { streamsAway, visitedHosts } from './evidence.ts';
import { processNames } from './quiescence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const noResidualDependency: SpriteProperty = {
  id: 'no-residual-dependency',
  statement: 'A process needs nothing of a host that it has left, its home apart.',
  kind: 'atRest',
  quiescence: 'no migration of the process in progress',
  sources: {
    paper: '§2 "no residual dependencies"',
    kernel: 'proc/procMigrate.c; vm/vmMigrate.c',
  },
  catches: ['accent', 'P-migration-kept', 'P-call-kept', 'P-block-kept', 'P-pages-left'],
  claims: (scenario) =>
    processNames(scenario).flatMap((process) =>
      scenario.hosts.map((host) => (look) => claim(look, scenario, process, host)),
    ),
  witness: {
    statement: 'a process is at rest away from home, and a third host that it has left is up',
    reached: (scenario) => (look) =>
      streamsAway(look, scenario).some(({ process, host, file }) => {
        const world = worldOf(look);
        return (
          world.source(process).is === 'idle' &&
          world.target(process).is === 'idle' &&
          visitedHosts(look, scenario, file).some(
            (left) => left !== host && !world.hostIsDown(left),
          )
        );
      }),
  },
};

function claim(look: Look, scenario: Scenario, process: Process, host: Host): Finding | undefined {
  const world = worldOf(look);
  const thread = world.thread(process);
  if (thread.host === null || thread.host === host || world.hostIsDown(host)) return undefined;
  if (world.source(process).is !== 'idle' || world.target(process).is !== 'idle') return undefined;
  const block = world.process(process, thread.host);
  if (block.home === null || block.home === host) return undefined;
  const subject = `process ${process} on ${thread.host}`;
  const expected = `needs nothing of ${host}`;
  if (world.process(process, host).is !== 'absent') {
    return { subject, expected, found: `a control block there` };
  }
  if (world.source(process).from === host)
    return { subject, expected, found: 'a migration from it, not forgotten' };
  const { source } = world.service(process);
  if (source === host) return { subject, expected, found: 'a call that names it, not forgotten' };
  if ((scenario.pages ?? 0) === 0) return undefined;
  const left = pagesAt(look, process, host).filter((page) => page !== null).length;
  const owed = pagesAt(look, process, thread.host).filter(
    (page) => page !== null && 'owedBy' in page && page.owedBy === host,
  ).length;
  if (left > 0 || owed > 0) {
    return { subject, expected, found: `${left} of its pages there, ${owed} still to come` };
  }
  return undefined;
}

function pagesAt(look: Look, process: Process, host: Host): MemoryContext['pages'] {
  return (look(cell.memory(process, host)).context as MemoryContext).pages;
}
