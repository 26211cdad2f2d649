/** The observations of a thread. */
import type { FileContext } from '../machines/file.machine.ts';
import type { HomeCallContext } from '../machines/home-call.machine.ts';
import type { ProcessContext } from '../machines/process.machine.ts';
import type { ThreadContext } from '../machines/thread.events.ts';
import type { threadMachine } from '../machines/thread.machine.ts';
import type { Observations, OfProcess } from '../part.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Look } from '../vocabulary/cell.ts';
import { cell, type Host, type Process, streamSlot } from '../vocabulary/ids.ts';
import { closeFacts } from './closing.ts';
import { controlBlock, hasPages, hostOf, namesIn, stateOf } from './common.ts';
import { hostsWithPages, ioFacts, pageFacts, statFacts } from './io.ts';
import { replyFacts } from './reply.ts';

export const threadObserves: Observations<typeof threadMachine, OfProcess> = {
  open: (look, { process }, { descriptor }) => ({ isFree: slotIsFree(look, process, descriptor) }),
  close: (look, { process }, { descriptor }) => closeFacts(look, process, descriptor),
  closeOnExit: (look, { process }, { descriptor }) => closeFacts(look, process, descriptor),
  read: (look, { process }, { descriptor }) => ioFacts(look, process, descriptor),
  write: (look, { process }, { descriptor }) => ioFacts(look, process, descriptor),
  stat: (look, { process }, { file }) => statFacts(look, hostOf(look, process), file),
  unlink: (look, _, { file }) => ({
    isLinked: (look(cell.file(file)).context as FileContext).linked,
  }),
  writePage: (look, { process }, { page }) => pageFacts(look, process, page),
  readPage: (look, { process }, { page }) => pageFacts(look, process, page),
  remoteExec: (look, { process }, { to }) => {
    const { home, host } = controlBlock(look, process);
    const mayExec = home === host && to !== host && look(cell.source(process)).value === 'idle';
    return { mayExec: mayExec && look(cell.target(process)).value === 'idle' };
  },
  fork: (look, { process, scenario }, { child }) => {
    const { home, host, descriptors, holdsSignals } = controlBlock(look, process);
    return {
      isFree: nameIsFree(look, child, scenario),
      isAtHome: home === host,
      home: home ?? '',
      descriptors,
      holdsSignals,
      hasPages: hasPages(scenario),
    };
  },
  wait: (look, { process }, { child: waitedFor }) => {
    const { home, host } = controlBlock(look, process);
    const isAtHome = home === host;
    const found = isAtHome ? look(cell.process(waitedFor, host)) : undefined;
    const child = found?.context as ProcessContext | undefined;
    return {
      isAtHome,
      home: home ?? '',
      isOwnChild: child?.parent === process,
      childIs: found === undefined ? 'elsewhere' : (found.value as string),
      childStatus: child?.status ?? null,
    };
  },
  exit: mayExit,
  died: mayExit,
  finished: (look, { process, scenario }) => {
    const { home, host, descriptors } = controlBlock(look, process);
    const isAtHome = home === host;
    const hasDescriptors = descriptors.some((held) => held !== null);
    const shadow =
      hasDescriptors || isAtHome || home === null
        ? 'absent'
        : look(cell.process(process, home)).value;
    return {
      hasDescriptors,
      isAtHome,
      homeAwaitsIt: shadow === 'migrated' || shadow === 'frozen',
      home: home ?? '',
      pagesOn: hasPages(scenario) && !hasDescriptors ? hostsWithPages(look, process, host) : [],
      children: hasDescriptors ? [] : childrenOf(look, process, home, namesIn(scenario)),
    };
  },
  homeReplied: (look, { process, scenario }) => {
    const call = look(cell.homeCall(process));
    const { ok, child, status } = call.context as HomeCallContext;
    const { home, descriptors, holdsSignals } = controlBlock(look, process);
    return {
      hasPages: hasPages(scenario),
      holdsSignals,
      replied: call.value === 'replied',
      ok,
      child,
      status,
      home: home ?? '',
      descriptors,
    };
  },
  replyMissed: (look, { process }) => ({ homeCallIs: stateOf(look, cell.homeCall(process)) }),
  replyTaken: (look, { process }) => replyFacts(look, process, hostOf(look, process)),
};

function mayExit(look: Look, { process }: OfProcess): { mayExit: boolean } {
  return { mayExit: look(cell.source(process)).value !== 'asking' };
}

function slotIsFree(look: Look, process: Process, descriptor: number): boolean {
  const stream = streamSlot(process, descriptor);
  return (
    controlBlock(look, process).descriptors[descriptor] === null &&
    look(cell.service(process)).value === 'idle' &&
    look(cell.shadow(stream)).value === 'absent' &&
    look(cell.stream(stream, hostOf(look, process))).value === 'absent'
  );
}

/** Whether no cell has anything of that name, and no message contains it. */
function nameIsFree(look: Look, child: Process, scenario: Scenario): boolean {
  return (
    look(cell.thread(child)).value === 'absent' &&
    scenario.hosts.every((host) => look(cell.process(child, host)).value === 'absent') &&
    look(cell.homeCall(child)).value === 'idle' &&
    namesIn(scenario).every((other) => !isSpokenOf(look, child, other)) &&
    look(cell.service(child)).value === 'idle'
  );
}

function childrenOf(
  look: Look,
  parent: Process,
  home: Host | null,
  others: readonly Process[],
): readonly Process[] {
  if (home === null) return [];
  return others.filter(
    (other) => (look(cell.process(other, home)).context as ProcessContext).parent === parent,
  );
}

/** Whether a process away from home is forking a child of this name, or home's answer about one is on its way. */
function isSpokenOf(look: Look, child: Process, other: Process): boolean {
  if ((look(cell.thread(other)).context as ThreadContext).child === child) return true;
  const call = look(cell.homeCall(other));
  const isAnswered = call.value !== 'idle' && call.value !== 'arrived';
  return isAnswered && (call.context as HomeCallContext).child === child;
}
