/** What the ghosts must know. */
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

/** A child's memory starts as its parent's. */
export const pagesObserves: Observations<typeof pagesMachine, OfProcess> = {
  forked: (look, _, { parent }) => ({
    written: (look(cell.pages(parent)).context as PagesContext).written,
  }),
};

/**
 * How many hosts use a file from now on: the opener's, and those listed, less the use that is just
 * leaving by migration.
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

/** The ghosts, too, must know what the server has when data are lost. */
export const lastWriteObserves: Observations<typeof lastWriteMachine, OfFile> = {
  lost: (look, { file }) => {
    const { data, size } = look(cell.file(file)).context as FileContext;
    return { data, size };
  },
};

/** What a process has, where it is. */
export const fateObserves: Observations<typeof fateMachine, OfProcess> = {
  // From ghost to ghost: a kernel's mistake in copying is not copied.
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

/** Its home, or where it runs; until it is resumed elsewhere it is where it was trapped. */
function isItsOwn(look: Look, process: Process, host: Host): boolean {
  const { home } = look(cell.process(process, host)).context as ProcessContext;
  return home === host || hostOf(look, process) === host;
}

/** Its home has allocated its identity, and the fork's caller, on that host, does not know yet. */
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

/** It has agreed to take the process. A target that is only asked can be done without. */
function isItsTarget(look: Look, process: Process, host: Host): boolean {
  const { value, context } = look(cell.source(process));
  const isAgreed = value !== 'idle' && value !== 'asking';
  return isAgreed && (context as SourceContext).to === host;
}

/**
 * With this host goes who is owed a process's end, or their home, which knows of it or has just
 * answered: then it has no control block of the child any more.
 */
function isOfParent(look: Look, process: Process, host: Host): boolean {
  const { owedTo } = look(cell.fate(process)).context as FateContext;
  if (owedTo === null) return false;
  const isHomeOf = (each: Process): boolean =>
    (look(cell.process(each, host)).context as ProcessContext).home === host;
  return isHomeOf(process) || isHomeOf(owedTo) || hostOf(look, owedTo) === host;
}
