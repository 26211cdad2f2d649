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
import type { Cell } from './cells/part.ts';
import { fateCell, homeCallCell, processCell, threadCell } from './cells/processes.ts';
import { releaseCell, serviceCell } from './cells/requests.ts';
import { positionCell, shadowCell, streamCell } from './cells/streams.ts';
import type { Kernel } from './kernel.ts';
import { streamsOf } from './scenarios/calls.ts';
import type { Scenario } from './scenarios/scenario.ts';
import type { File, Host } from './vocabulary/ids.ts';

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
  const { hosts, files, processes } = scenario;
  const names = processes.map(({ name }) => name);
  const streams = streamsOf(scenario);
  const ofEachClient = (make: (file: File, host: Host) => Cell): readonly Cell[] =>
    files.flatMap((file) => hosts.map((host) => make(file, host)));
  return {
    name: scenario.name,
    faults: new Set(['crashes', 'reboots', 'replyLost', 'aborted', 'ownerReturned']),
    seldom: new Set(['exit', 'crashes']),
    deadlock: { ignored: 'programs end; nothing-waits-for-ever says who may not wait then' },
    cells: [
      ...processes.map((spec) => threadCell(kernel, scenario, spec)),
      ...processes.map((spec) => sourceCell(kernel, scenario, spec)),
      ...names.map((process) => targetCell(kernel, scenario, process)),
      ...names.map((process) => homeCallCell(kernel, scenario, process)),
      ...names.map((process) => requesterCell(process)),
      ...names.map((process) => fateCell(scenario, process)),
      ...names.map((process) => serviceCell(kernel, process)),
      ...names.map((process) => releaseCell(kernel, process)),
      ...ofEachClient((file, host) => recallCell(kernel, scenario, file, host)),
      ...names.flatMap((process) =>
        hosts.map((host) => processCell(kernel, scenario, process, host)),
      ),
      ...memoryCells(kernel, scenario),
      ...streams.flatMap((stream) => hosts.map((host) => streamCell(kernel, stream, host))),
      ...streams.map((stream) => shadowCell(kernel, stream)),
      ...ofEachClient((file, host) => handleCell(kernel, scenario, file, host)),
      ...files.map((file) => fileCell(kernel, file)),
      ...ofEachClient((file, host) => entryCell(kernel, file, host)),
      ...files.map((file) => consistencyCell(kernel, scenario, file)),
      ...files.map((file) => lastWriteCell(file)),
      ...files.map((file) => usesCell(scenario, file)),
      ...files.map((file) => nameCell(file)),
      ...streams.map((stream) => positionCell(stream)),
      ...hostCells(kernel, scenario),
    ],
  };
}
