/**
 * The next results that a process would get from its kernel: of a read, a seek and a stat of each file that
 * it can reach, of a page fault, of getpid, of a wait for each child. Pure reads, for claims by removal; a
 * call derives its result from the facts as the thread's machine does.
 */
import { ioFacts, pageFacts, statFacts } from './observations/io.ts';
import type { HandleContext } from './machines/handle.machine.ts';
import type { ProcessContext } from './machines/process.machine.ts';
import {
  dataRead,
  type IoFacts,
  isCachedHere,
  sizeFound,
  type ThreadContext,
} from './machines/thread.events.ts';
import type { SourceContext } from './machines/source.events.ts';
import type { Scenario } from './scenarios/scenario.ts';
import type { Json, Look } from './vocabulary/cell.ts';
import { cell, type File, type Host, type Process } from './vocabulary/ids.ts';

/** Results that may change when a host goes. */
export type MayGo = {
  /** Files with dirty data there, left by another process or a closed stream. */
  readonly files: readonly File[];
  /** Children that run there, or will run there before they come home. */
  readonly children: readonly Process[];
};

export function mayGoWith(
  look: Look,
  { files, processes }: Scenario,
  process: Process,
  removed: Host,
): MayGo {
  const writes = descriptorsOf(look, process)
    .filter(({ facts }) => facts.mode === 'write')
    .map(({ facts }) => facts.file);
  return {
    files: files.filter((file) => hasDirtyData(look, file, removed) && !writes.includes(file)),
    children: processes
      .map(({ name }) => name)
      .filter((name) => runsOn(look, name) === removed || passesThrough(look, name, removed)),
  };
}

export function nextResults(
  look: Look,
  { pages = 0, files, processes }: Scenario,
  process: Process,
  excepted: readonly MayGo[],
): Json {
  const { host, isKilled } = look(cell.thread(process)).context as ThreadContext;
  if (host === null) return 'gone';
  if (isKilled) return 'killed';
  const { home } = look(cell.process(process, host)).context as ProcessContext;
  const held = descriptorsOf(look, process);
  const isKept = (file: File): boolean => excepted.every((each) => !each.files.includes(file));
  return {
    // A pid contains the host that gave it.
    pid: { process, home },
    read: held.map(({ descriptor, facts }) => ({
      descriptor,
      data: isKept(facts.file) ? dataRead(facts) : 'may be lost',
    })),
    seek: held.map(({ descriptor, facts }) => ({ descriptor, offset: facts.offset })),
    stat: files.filter(isKept).map((file) => {
      const facts = statFacts(look, host, file);
      return { file, size: facts.isLinked ? sizeFound(facts, isCachedHere(facts)) : null };
    }),
    pages: Array.from({ length: pages }, (_, page) => pageFacts(look, process, page).data),
    wait: processes
      .map(({ name }) => name)
      .filter((child) => excepted.every(({ children }) => !children.includes(child)))
      .flatMap((child) => {
        const { is, parent, status } = blockAt(look, child, home ?? host);
        if (parent !== process) return [];
        return [{ child, reported: is === 'zombie' ? status : 'it lives' }];
      }),
  };
}

/** Open descriptors, each with the facts for a read or write by it. */
function descriptorsOf(
  look: Look,
  process: Process,
): readonly { readonly descriptor: number; readonly facts: IoFacts }[] {
  const { host } = look(cell.thread(process)).context as ThreadContext;
  if (host === null) return [];
  const { descriptors } = look(cell.process(process, host)).context as ProcessContext;
  return descriptors.flatMap((stream, descriptor) =>
    stream === null ? [] : [{ descriptor, facts: ioFacts(look, process, descriptor) }],
  );
}

/** Whether data are dirty there, or their attributes are on the way from there to the server. */
function hasDirtyData(look: Look, file: File, host: Host): boolean {
  const { block } = look(cell.handle(file, host)).context as HandleContext;
  return block?.dirty === true || look(cell.recall(file, host)).value === 'answered';
}

function blockAt(look: Look, process: Process, host: Host): ProcessContext & { is: string } {
  const { value, context } = look(cell.process(process, host));
  return { ...(context as ProcessContext), is: value as string };
}

function runsOn(look: Look, process: Process): Host | null {
  return (look(cell.thread(process)).context as ThreadContext).host;
}

/** Whether it is on its way to a host whose owner has returned: it will be resumed there, and sent home. */
function passesThrough(look: Look, process: Process, host: Host): boolean {
  return (look(cell.source(process)).context as SourceContext).evictFrom === host;
}
