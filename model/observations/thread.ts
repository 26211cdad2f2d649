/** What a thread must know of other cells to take an event. */
import type { FileContext } from '../machines/file.machine.ts';
import type { HomeCallContext } from '../machines/home-call.machine.ts';
import type { ProcessContext } from '../machines/process.machine.ts';
import type { ThreadContext } from '../machines/thread.events.ts';
import type { Look, Observes } from '../vocabulary/cell.ts';
import {
  cell,
  type File,
  type Host,
  type Process,
  type Stream,
  streamSlot,
} from '../vocabulary/ids.ts';
import { closeFacts } from './closing.ts';
import { controlBlock, descriptorOf, hostOf } from './common.ts';
import { hostsWithPages, ioFacts, pageFacts, statFacts } from './io.ts';
import { replyFacts } from './reply.ts';

export function threadObserves(
  process: Process,
  hosts: readonly Host[],
  others: readonly Process[],
  hasPages: boolean,
): Observes {
  return {
    open: (look, event) => ({ isFree: slotIsFree(look, process, descriptorOf(event)) }),
    close: (look, event) => closeFacts(look, process, descriptorOf(event)),
    closeOnExit: (look, event) => closeFacts(look, process, descriptorOf(event)),
    read: (look, event) => ioFacts(look, process, descriptorOf(event)),
    write: (look, event) => ioFacts(look, process, descriptorOf(event)),
    stat: (look, event) => statFacts(look, hostOf(look, process), event['file'] as File),
    unlink: (look, event) => ({
      isLinked: (look(cell.file(event['file'] as File)).context as FileContext).linked,
    }),
    writePage: (look, event) => pageFacts(look, process, event['page'] as number),
    readPage: (look, event) => pageFacts(look, process, event['page'] as number),
    remoteExec: (look, event) => {
      const { home, host } = controlBlock(look, process);
      const mayExec =
        home === host && event['to'] !== host && look(cell.source(process)).value === 'idle';
      return { mayExec: mayExec && look(cell.target(process)).value === 'idle' };
    },
    fork: (look, event) => ({
      ...forkFacts(look, process, event['child'] as Process, { hosts, others }),
      hasPages,
    }),
    wait: (look, event) => {
      const { home, host } = controlBlock(look, process);
      const isAtHome = home === host;
      const found = isAtHome ? look(cell.process(event['child'] as Process, host)) : undefined;
      const child = found?.context as ProcessContext | undefined;
      return {
        isAtHome,
        home: home ?? '',
        isOwnChild: child?.parent === process,
        childIs: found?.value ?? 'elsewhere',
        childStatus: child?.status ?? null,
      };
    },
    exit: (look) => ({ mayExit: look(cell.source(process)).value !== 'asking' }),
    died: (look) => ({ mayExit: look(cell.source(process)).value !== 'asking' }),
    finished: (look) => {
      const { home, host, descriptors } = controlBlock(look, process);
      const isAtHome = home === host;
      const hasDescriptors = descriptors.some((held) => held !== null);
      const shadow =
        hasDescriptors || isAtHome || home === null
          ? 'absent'
          : look(cell.process(process, home)).value;
      const homeAwaitsIt = shadow === 'migrated' || shadow === 'frozen';
      const pagesOn = hasPages && !hasDescriptors ? hostsWithPages(look, process, host) : [];
      const children = hasDescriptors ? [] : childrenOf(look, process, home, others);
      return { hasDescriptors, isAtHome, homeAwaitsIt, home: home ?? '', pagesOn, children };
    },
    homeReplied: (look) => {
      const call = look(cell.homeCall(process));
      const { ok, child, status } = call.context as HomeCallContext;
      const { home, descriptors, holdsSignals } = controlBlock(look, process);
      return {
        hasPages,
        holdsSignals,
        replied: call.value === 'replied',
        ok,
        child,
        status,
        home: home ?? '',
        descriptors,
      };
    },
    replyMissed: (look) => ({ homeCallIs: look(cell.homeCall(process)).value }),
    replyTaken: (look) => replyFacts(look, process, hostOf(look, process)),
  };
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

function forkFacts(
  look: Look,
  process: Process,
  child: Process,
  { hosts, others }: { readonly hosts: readonly Host[]; readonly others: readonly Process[] },
): {
  isFree: boolean;
  isAtHome: boolean;
  home: Host;
  descriptors: readonly (Stream | null)[];
  holdsSignals: boolean;
} {
  const { home, host, descriptors, holdsSignals } = controlBlock(look, process);
  const isFree =
    look(cell.thread(child)).value === 'absent' &&
    hosts.every((each) => look(cell.process(child, each)).value === 'absent') &&
    look(cell.homeCall(child)).value === 'idle' &&
    others.every((other) => !isSpokenOf(look, child, other)) &&
    look(cell.service(child)).value === 'idle';
  return { isFree, isAtHome: home === host, home: home ?? '', descriptors, holdsSignals };
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

/** Somebody is forking a child of this name away from home, or the home's answer about one is on its way. */
function isSpokenOf(look: Look, child: Process, other: Process): boolean {
  if ((look(cell.thread(other)).context as ThreadContext).child === child) return true;
  const call = look(cell.homeCall(other));
  const isAnswered = call.value !== 'idle' && call.value !== 'arrived';
  return isAnswered && (call.context as HomeCallContext).child === child;
}
