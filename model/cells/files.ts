/**
 * A file: its state at the server, its handles and entries by client, what keeps them consistent, and
 * what its last write, its uses and its name should be.
 */
import type { Kernel } from '../kernel.ts';
import { consistencyContext, consistencyObserves } from '../machines/consistency.machine.ts';
import { entryContext, entryObserves } from '../machines/entry.machine.ts';
import { fileContext } from '../machines/file.machine.ts';
import {
  lastWriteContext,
  lastWriteMachine,
  usesContext,
  usesMachine,
} from '../machines/ghosts.machine.ts';
import { handleContext } from '../machines/handle.machine.ts';
import { recallContext, recallObserves } from '../machines/recall.machine.ts';
import { nameContext, nameMachine } from '../machines/name.machine.ts';
import { lastWriteObserves, usesObserves } from '../observations/ghosts.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { cell, type File, type Host } from '../vocabulary/ids.ts';
import { just, part, type Cell } from './part.ts';

export function fileCell(kernel: Kernel, file: File): Cell {
  return part(cell.file(file), kernel.file, fileContext);
}

export function handleCell(kernel: Kernel, scenario: Scenario, file: File, host: Host): Cell {
  return part(cell.handle(file, host), kernel.handle, handleContext(file, host), {
    offers: scenario.delayedWrites === true ? { ready: just('writeBack') } : {},
  });
}

export function entryCell(kernel: Kernel, file: File, host: Host): Cell {
  return part(cell.entry(file, host), kernel.entry, entryContext(file, host), {
    observes: entryObserves(file, host),
  });
}

export function consistencyCell(kernel: Kernel, { hosts }: Scenario, file: File): Cell {
  return part(cell.consistency(file), kernel.consistency, consistencyContext(file), {
    observes: consistencyObserves(file, hosts),
  });
}

/** The consistency call-back to one client. */
export function recallCell(kernel: Kernel, { processes }: Scenario, file: File, host: Host): Cell {
  return part(cell.recall(file, host), kernel.recall, recallContext(file, host), {
    observes: recallObserves(
      file,
      host,
      processes.map(({ name }) => name),
    ),
    offers: {
      sent: just('served'),
      answered: just('taken'),
      stale: just('failed'),
      unanswered: just('failed'),
    },
  });
}

export function lastWriteCell(file: File): Cell {
  return part(cell.lastWrite(file), lastWriteMachine, lastWriteContext, {
    observes: lastWriteObserves(file),
  });
}

export function usesCell({ hosts }: Scenario, file: File): Cell {
  return part(cell.uses(file), usesMachine, usesContext, { observes: usesObserves(file, hosts) });
}

export function nameCell(file: File): Cell {
  return part(cell.name(file), nameMachine, nameContext);
}
