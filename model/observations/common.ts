/** Small reads that several observations share. */
import type { HostContext } from '../machines/host.machine.ts';
import type { MemoryContext, Page } from '../machines/memory.machine.ts';
import type { ProcessContext } from '../machines/process.machine.ts';
import type { ThreadContext } from '../machines/thread.events.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Look } from '../vocabulary/cell.ts';
import { cell, type Host, type Process } from '../vocabulary/ids.ts';

/** The name of the state that a cell is in. */
export function stateOf(look: Look, name: string): string {
  return look(name).value as string;
}

/** The names of all processes. */
export function namesIn({ processes }: Scenario): readonly Process[] {
  return processes.map(({ name }) => name);
}

export function hasPages({ pages = 0 }: Scenario): boolean {
  return pages > 0;
}

export function isUp(look: Look, host: Host): boolean {
  return look(cell.host(host)).value === 'up';
}

export function bootOf(look: Look, host: Host): number {
  return (look(cell.host(host)).context as HostContext).boot;
}

export function hostOf(look: Look, process: Process): Host {
  return (look(cell.thread(process)).context as ThreadContext).host ?? '';
}

export function controlBlock(look: Look, process: Process): ProcessContext {
  return look(cell.process(process, hostOf(look, process))).context as ProcessContext;
}

export function pagesOf(look: Look, process: Process, host: Host): MemoryContext['pages'] {
  return (look(cell.memory(process, host)).context as MemoryContext).pages;
}

export function isDirty(page: Exclude<Page, null>): page is { data: number; dirty: true } {
  return 'dirty' in page && page.dirty;
}
