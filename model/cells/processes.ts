/** A process: its program's thread, its calls to its home, its control blocks, and its fate. */
import type { Kernel } from '../kernel.ts';
import { fateContext, fateMachine } from '../machines/fate.machine.ts';
import { homeCallContext, homeCallObserves } from '../machines/home-call.machine.ts';
import {
  processContext,
  processObserves,
  type ProcessContext,
} from '../machines/process.machine.ts';
import { threadContext, type ThreadContext } from '../machines/thread.events.ts';
import { fateObserves } from '../observations/ghosts.ts';
import { threadObserves } from '../observations/thread.ts';
import { allOf, callEvent, callsLeft } from '../scenarios/calls.ts';
import { mayLoseReplies, type ProcessSpec, type Scenario } from '../scenarios/scenario.ts';
import type { Event, Json } from '../vocabulary/cell.ts';
import { cell, type Host, type Process } from '../vocabulary/ids.ts';
import { just, part, type Cell, type Offers } from './part.ts';

export function threadCell(kernel: Kernel, scenario: Scenario, spec: ProcessSpec): Cell {
  const { name, home, program } = spec;
  const context = { ...threadContext(name, allOf(program)), host: home };
  const user = (held: Json): readonly Event[] => {
    const { remaining, isKilled } = held as ThreadContext;
    return isKilled ? [{ type: 'died' }] : callsLeft(scenario, spec, remaining).map(callEvent);
  };
  const descriptors = Array.from({ length: scenario.descriptors }, (_, index) => index);
  const parents = scenario.processes.map((each) => each.name);
  const mayMissReply = mayLoseReplies(scenario) ? [{ type: 'replyMissed' }] : [];
  const awaitingHome = (): readonly Event[] => [{ type: 'homeReplied' }, ...mayMissReply];
  return part(cell.thread(name), kernel.thread, context, {
    ...(home === null ? {} : { state: 'user' }),
    observes: threadObserves(name, scenario.hosts, parents, (scenario.pages ?? 0) > 0),
    offers: {
      user,
      opening: just('replyTaken'),
      closing: just('replyTaken'),
      exiting: () => [
        ...descriptors.map((descriptor) => ({ type: 'closeOnExit', descriptor })),
        { type: 'finished' },
      ],
      forking: awaitingHome,
      waiting: awaitingHome,
      leaving: awaitingHome,
    },
  });
}

export function homeCallCell(kernel: Kernel, scenario: Scenario, process: Process): Cell {
  const unborn = scenario.processes.flatMap(({ name, home }) => (home === null ? [name] : []));
  return part(cell.homeCall(process), kernel.homeCall, homeCallContext(process), {
    observes: homeCallObserves(process, scenario.hosts, unborn),
    offers: {
      arrived: just('served'),
      repeated: just('served'),
      ...(mayLoseReplies(scenario) ? { replied: just('replyLost') } : {}),
    },
  });
}

/** The control block of a process on one host. */
export function processCell(kernel: Kernel, scenario: Scenario, process: string, host: Host): Cell {
  const spec = scenario.processes.find(({ name }) => name === process);
  const startsHere = spec?.home === host;
  const context: ProcessContext = startsHere
    ? {
        ...processContext(process, host),
        home: host,
        descriptors: Array.from({ length: scenario.descriptors }, () => null),
      }
    : processContext(process, host);
  const offers: Offers =
    scenario.faults?.crashes === undefined
      ? { zombie: just('orphaned') }
      : {
          zombie: just('orphaned'),
          migrated: just('peerCrashNoticed'),
          running: (held) =>
            (held as ProcessContext).peer === null ? [] : [{ type: 'peerCrashNoticed' }],
        };
  return part(cell.process(process, host), kernel.process, context, {
    ...(startsHere ? { state: 'running' } : {}),
    observes: processObserves(process, host),
    offers,
  });
}

export function fateCell({ processes, descriptors }: Scenario, process: Process): Cell {
  return part(cell.fate(process), fateMachine, fateContext(descriptors), {
    observes: fateObserves(
      process,
      processes.map(({ name }) => name),
    ),
  });
}
