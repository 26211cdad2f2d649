/**
 * Makes a protocol of a kernel and a scenario: the cells of a world, with their offers and observations.
 * This file decides nothing.
 *
 *   It has one line for each kind of cell. Kinds whose initial contents need more have a file in cells/.
 */
import { hostCells } from './cells/hosts.ts';
import { memoryCells } from './cells/memory.ts';
import { processCells, sourceCell, threadCell } from './cells/processes.ts';
import { put, type PlacedCell } from './cells/put.ts';
import type { Kernel } from './kernel.ts';
import { consistencyContext } from './machines/consistency.machine.ts';
import { entryContext } from './machines/entry.machine.ts';
import { requesterPart } from './machines/eviction.machine.ts';
import { fateContext, fatePart } from './machines/fate.machine.ts';
import { fileContext } from './machines/file.machine.ts';
import {
  lastWriteContext,
  lastWritePart,
  positionContext,
  positionPart,
  usesContext,
  usesPart,
} from './machines/ghosts.machine.ts';
import { handleContext } from './machines/handle.machine.ts';
import { homeCallContext } from './machines/home-call.machine.ts';
import { nameContext, namePart } from './machines/name.machine.ts';
import { recallContext } from './machines/recall.machine.ts';
import { releaseContext } from './machines/release.machine.ts';
import { serviceContext } from './machines/service.events.ts';
import { shadowContext } from './machines/shadow.machine.ts';
import { streamContext } from './machines/stream.machine.ts';
import { targetContext } from './machines/target.events.ts';
import { streamsOf } from './scenarios/calls.ts';
import type { Scenario } from './scenarios/scenario.ts';
import type { Host } from './vocabulary/ids.ts';

export type SpriteProtocol = {
  readonly name: string;
  readonly cells: readonly PlacedCell[];
  readonly faults: ReadonlySet<string>;
  /** Event types that random walks take seldom, because few steps remain after them. */
  readonly seldom: ReadonlySet<string>;
  /** The reason why a terminal world is no mistake. */
  readonly deadlock: { readonly ignored: string };
};

export function boot(kernel: Kernel, scenario: Scenario): SpriteProtocol {
  const cells = cellsOf(kernel, scenario);
  return {
    name: scenario.name,
    cells,
    faults: taken(cells, ['crashes', 'reboots', 'replyLost', 'aborted', 'ownerReturned']),
    seldom: taken(cells, ['exit', 'crashes']),
    deadlock: { ignored: 'programs end; nothing-waits-for-ever checks which calls may still wait' },
  };
}

/** A scenario without hosts, or without processes, has no cells for some of these events. */
function taken(cells: readonly PlacedCell[], events: readonly string[]): ReadonlySet<string> {
  const known = new Set(cells.flatMap(({ machine }) => machine.events as readonly string[]));
  return new Set(events.filter((event) => known.has(event)));
}

/** A search takes the steps of cells in this order, so stories depend on it. */
function cellsOf(kernel: Kernel, scenario: Scenario): readonly PlacedCell[] {
  const specs = scenario.processes;
  const processes = specs.map(({ name }) => ({ scenario, process: name }));
  const files = scenario.files.map((file) => ({ scenario, file }));
  const streams = streamsOf(scenario).map((stream) => ({ scenario, stream }));
  const onHosts = <Place>(places: readonly Place[]): readonly (Place & { readonly host: Host })[] =>
    places.flatMap((place) => scenario.hosts.map((host) => ({ ...place, host })));
  return [
    ...specs.map((spec) => threadCell(kernel, scenario, spec)),
    ...specs.map((spec) => sourceCell(kernel, scenario, spec)),
    ...processes.map((at) => put('target', kernel.target, at, targetContext(at.process))),
    ...processes.map((at) => put('homeCall', kernel.homeCall, at, homeCallContext(at.process))),
    ...processes.map((at) => put('requester', requesterPart, at, { process: at.process })),
    ...processes.map((at) => put('fate', fatePart, at, fateContext(scenario.descriptors))),
    ...processes.map((at) => put('service', kernel.service, at, serviceContext(at.process))),
    ...processes.map((at) => put('release', kernel.release, at, releaseContext(at.process))),
    ...onHosts(files).map((at) =>
      put('recall', kernel.recall, at, recallContext(at.file, at.host)),
    ),
    ...specs.flatMap((spec) => processCells(kernel, scenario, spec)),
    ...memoryCells(kernel, scenario),
    ...onHosts(streams).map((at) => put('stream', kernel.stream, at, streamContext(at.host))),
    ...streams.map((at) => put('shadow', kernel.shadow, at, shadowContext)),
    ...onHosts(files).map((at) =>
      put('handle', kernel.handle, at, handleContext(at.file, at.host)),
    ),
    ...files.map((at) => put('file', kernel.file, at, fileContext)),
    ...onHosts(files).map((at) => put('entry', kernel.entry, at, entryContext(at.file, at.host))),
    ...files.map((at) => put('consistency', kernel.consistency, at, consistencyContext(at.file))),
    ...files.map((at) => put('lastWrite', lastWritePart, at, lastWriteContext)),
    ...files.map((at) => put('uses', usesPart, at, usesContext)),
    ...files.map((at) => put('name', namePart, at, nameContext)),
    ...streams.map((at) => put('position', positionPart, at, positionContext)),
    ...hostCells(kernel, scenario),
  ];
}
