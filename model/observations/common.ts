/** Small reads that several observations share. */
import type { HostContext } from '../machines/host.machine.ts';
import type { MemoryContext, Page } from '../machines/memory.machine.ts';
import type { ProcessContext } from '../machines/process.machine.ts';
import type { ThreadContext } from '../machines/thread.events.ts';
import type { Event, Look } from '../vocabulary/cell.ts';
import { cell, type Host, type Process } from '../vocabulary/ids.ts';

export function descriptorOf(event: Event): number {
  return event['descriptor'] as number;
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
