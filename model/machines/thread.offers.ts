/** The offers of a thread: the calls of its program, their consequences, its end. */
import { just, type InScenario, type OfProcess } from '../part.ts';
import { callEvent, callsLeft } from '../scenarios/calls.ts';
import { mayLoseReplies } from '../scenarios/scenario.ts';
import type { SentOf } from '../vocabulary/cell.ts';
import type { ThreadContext, ThreadEvent } from './thread.events.ts';

type Offered = readonly SentOf<ThreadEvent>[];

export const threadOffers = {
  user: ({ remaining, isKilled }: ThreadContext, { process, scenario }: OfProcess): Offered => {
    const spec = scenario.processes.find(({ name }) => name === process);
    if (isKilled) return [{ type: 'died' }];
    return spec === undefined ? [] : callsLeft(scenario, spec, remaining).map(callEvent);
  },
  opening: just('replyTaken'),
  closing: just('replyTaken'),
  exiting: (_: ThreadContext, { scenario }: InScenario): Offered => [
    ...Array.from(
      { length: scenario.descriptors },
      (_each, descriptor) => ({ type: 'closeOnExit', descriptor }) as const,
    ),
    { type: 'finished' },
  ],
  forking: awaitingHome,
  waiting: awaitingHome,
  leaving: awaitingHome,
};

function awaitingHome(_: ThreadContext, { scenario }: InScenario): Offered {
  return [
    { type: 'homeReplied' },
    ...(mayLoseReplies(scenario) ? [{ type: 'replyMissed' } as const] : []),
  ];
}
