/** The observations of the ghosts. */
import type { EntryContext } from '../machines/entry.machine.ts';
import type { FateContext, fateMachine, Image } from '../machines/fate.machine.ts';
import type { FileContext } from '../machines/file.machine.ts';
import type {
  lastWriteMachine,
  PagesContext,
  pagesMachine,
  usesMachine,
} from '../machines/ghosts.machine.ts';
import type { HomeCallContext } from '../machines/home-call.machine.ts';
import type { ProcessContext } from '../machines/process.machine.ts';
import type { SourceContext } from '../machines/source.events.ts';
import type { Observations, OfFile, OfProcess } from '../part.ts';
import type { Look } from '../vocabulary/cell.ts';
import { cell, type Host, type Process } from '../vocabulary/ids.ts';
import { controlBlock, hostOf, namesIn } from './common.ts';

/** A child's memory begins as a copy of its parent's. */
export const pagesObserves: Observations<typeof pagesMachine, OfProcess> = {
  forked: (look, _, { parent }) => ({
    written: (look(cell.pages(parent)).context as PagesContext).written,
  }),
};

/**
 * The number of hosts that use a file from now on: the opener's host and the listed ones, without the use
 * that is just leaving by migration.
 */
export const usesObserves: Observations<typeof usesMachine, OfFile> = {
  changed: (look, { file, scenario }, { opener, leaving }) => ({
    hosts: scenario.hosts.filter((host) => {
      if (host === opener) return true;
      const { references } = look(cell.entry(file, host)).context as EntryContext;
      return references > (host === leaving ? 1 : 0);
    }).length,
  }),
};

/** When data are lost, the ghost continues with the data of the server. */
export const lastWriteObserves: Observations<typeof lastWriteMachine, OfFile> = {
  lost: (look, { file }) => {
    const { data, size } = look(cell.file(file)).context as FileContext;
    return { data, size };
  },
};

/** The observations of a process where it is. */
export const fateObserves: Observations<typeof fateMachine, OfProcess> = {
  // From ghost to ghost, so that a kernel's wrong copy is not taken over.
  forked: (look, _, { parent }) => ({
    asked: (look(cell.fate(parent)).context as FateContext).asked,
  }),
  trapped: image,
  wentOn: image,
  hostCrashed: (look, { process, scenario }, { host }) => ({
    isItsOwn: isItsOwn(look, process, host) || isForkedFor(look, process, host, namesIn(scenario)),
    ranThere: hostOf(look, process) === host,
    isItsTarget: isItsTarget(look, process, host),
    isOfParent: isOfParent(look, process, host),
  }),
};

function image(look: Look, { process }: OfProcess): { image: Image } {
  const { descriptors, holdsSignals } = controlBlock(look, process);
  return { image: { descriptors, holdsSignals } };
}

/** Whether the host is its home, or where it runs; until it is resumed elsewhere it is where it was trapped. */
function isItsOwn(look: Look, process: Process, host: Host): boolean {
  const { home } = look(cell.process(process, host)).context as ProcessContext;
  return home === host || hostOf(look, process) === host;
}

/** Whether home has allocated its identity for a caller on that host that has no answer yet. */
function isForkedFor(
  look: Look,
  process: Process,
  host: Host,
  others: readonly Process[],
): boolean {
  return others.some((other) => {
    const { value, context } = look(cell.homeCall(other));
    const { call, child, caller } = context as HomeCallContext;
    return value !== 'arrived' && call === 'fork' && child === process && caller === host;
  });
}

/** Whether the host has agreed to take the process. A target that was only asked is not needed. */
function isItsTarget(look: Look, process: Process, host: Host): boolean {
  const { value, context } = look(cell.source(process));
  const isAgreed = value !== 'idle' && value !== 'asking';
  return isAgreed && (context as SourceContext).to === host;
}

/**
 * Whether the crash takes the parent that must learn the process's end, or the parent's home, which knows
 * of the end or has just answered: then home has no control block of the child any more.
 */
function isOfParent(look: Look, process: Process, host: Host): boolean {
  const { owedTo } = look(cell.fate(process)).context as FateContext;
  if (owedTo === null) return false;
  const isHomeOf = (each: Process): boolean =>
    (look(cell.process(each, host)).context as ProcessContext).home === host;
  return isHomeOf(process) || isHomeOf(owedTo) || hostOf(look, owedTo) === host;
}
