/**
 * A kernel and a scenario make a protocol: the cells of a world, what each offers, what each
 * observes. Nothing is decided here.
 */
import {
  consistencyCell,
  entryCell,
  fileCell,
  handleCell,
  lastWriteCell,
  nameCell,
  recallCell,
  usesCell,
} from './cells/files.ts';
import { hostCells } from './cells/hosts.ts';
import { memoryCells } from './cells/memory.ts';
import { requesterCell, sourceCell, targetCell } from './cells/migration.ts';
import { fateCell, homeCallCell, processCell, threadCell } from './cells/processes.ts';
import { releaseCell, serviceCell } from './cells/requests.ts';
import type { Cell } from './cells/put.ts';
import { positionCell, shadowCell, streamCell } from './cells/streams.ts';
import type { Kernel } from './kernel.ts';
import { streamsOf } from './scenarios/calls.ts';
import type { Scenario } from './scenarios/scenario.ts';
import type { Host } from './vocabulary/ids.ts';

export type SpriteProtocol = {
  readonly name: string;
  readonly cells: readonly Cell[];
  readonly faults: ReadonlySet<string>;
  /** Event types that random walks take seldom, because little can happen after them. */
  readonly seldom: ReadonlySet<string>;
  /** Why a world in which nothing can happen is no mistake. */
  readonly deadlock: { readonly ignored: string };
};

/** The order of the cells is the order in which a search takes their steps: stories depend on it. */
export function boot(kernel: Kernel, scenario: Scenario): SpriteProtocol {
  const { hosts, processes } = scenario;
  const places = processes.map(({ name: process }) => ({ scenario, process }));
  const files = scenario.files.map((file) => ({ scenario, file }));
  const streams = streamsOf(scenario).map((stream) => ({ scenario, stream }));
  const onEachHost = <Place>(place: Place): readonly (Place & { readonly host: Host })[] =>
    hosts.map((host) => ({ ...place, host }));
  const clients = files.flatMap(onEachHost);
  return {
    name: scenario.name,
    faults: new Set(['crashes', 'reboots', 'replyLost', 'aborted', 'ownerReturned']),
    seldom: new Set(['exit', 'crashes']),
    deadlock: { ignored: 'programs end; nothing-waits-for-ever says who may not wait then' },
    cells: [
      ...processes.map((spec) => threadCell(kernel, scenario, spec)),
      ...places.map((place) => sourceCell(kernel, place)),
      ...places.map((place) => targetCell(kernel, place)),
      ...places.map((place) => homeCallCell(kernel, place)),
      ...places.map(requesterCell),
      ...places.map(fateCell),
      ...places.map((place) => serviceCell(kernel, place)),
      ...places.map((place) => releaseCell(kernel, place)),
      ...clients.map((place) => recallCell(kernel, place)),
      ...places.flatMap(onEachHost).map((place) => processCell(kernel, place)),
      ...memoryCells(kernel, scenario),
      ...streams.flatMap(onEachHost).map((place) => streamCell(kernel, place)),
      ...streams.map((place) => shadowCell(kernel, place)),
      ...clients.map((place) => handleCell(kernel, place)),
      ...files.map((place) => fileCell(kernel, place)),
      ...clients.map((place) => entryCell(kernel, place)),
      ...files.map((place) => consistencyCell(kernel, place)),
      ...files.map(lastWriteCell),
      ...files.map(usesCell),
      ...files.map(nameCell),
      ...streams.map(positionCell),
      ...hostCells(kernel, scenario),
    ],
  };
}
