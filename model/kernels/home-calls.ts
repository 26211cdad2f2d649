/**
 * Answers of faulty kernels to a call home: from a process that home has not switched away yet, and to a
 * repeated call.
 */
import { and, assign } from 'xstate';
import { sprite } from '../kernel.ts';
import type { HomeCallContext } from '../machines/home-call.machine.ts';
import type { OfProcess } from '../part.ts';
import { on, send, type Effects, type Look } from '../vocabulary/cell.ts';
import { cell, type Process } from '../vocabulary/ids.ts';
import { alsoObserving, partWith } from './replace.ts';

/** These kernels see that the process is still being switched away, and do not wait. */
const seesSwitching = alsoObserving(sprite.homeCall, 'served', (look, { process }) => {
  const { home } = look(cell.homeCall(process)).context as HomeCallContext;
  return { isSwitching: look(cell.process(process, home)).value === 'frozen' };
});

/** Home answers "no such process", and the caller is killed. */
export const strangerWhileSwitching = partWith(seesSwitching, {
  adds: {
    guards: { isSwitching: ({ event }) => on(event, 'served').isSwitching },
    actions: { replyNoPeer: assign({ ok: false }) },
  },
  transitions: {
    arrived: {
      served: (before) => [
        { guard: and(['isWait', 'isSwitching']), target: 'replied', actions: 'replyNoPeer' },
        ...before,
      ],
    },
  },
});

/** Home notes an exit as an error of the migration, and answers as if all were well. */
export const exitIsAnError = partWith(seesSwitching, {
  adds: {
    guards: { isSwitching: ({ event }) => on(event, 'served').isSwitching },
    actions: {
      noteMigrationError: ({ context }): Effects =>
        send(cell.source(context.process), { type: 'errorNoted' }),
    },
  },
  transitions: {
    arrived: {
      served: (before) => [
        {
          guard: and(['isExit', 'isSwitching']),
          target: 'replied',
          actions: ['noteMigrationError', 'replyDone'],
        },
        ...before,
      ],
    },
  },
});

/**
 * Home forks again for a repeated call, and so has a child that no reply mentions. The two children are
 * alike; the one whose name the caller gets keeps that name.
 */
export const forksTwice = partWith(
  alsoObserving(sprite.homeCall, 'served', (look, place) => ({ spare: spareName(look, place) })),
  {
    adds: {
      guards: { hasSpare: ({ event }) => on(event, 'served').spare !== null },
      actions: {
        forkAgain: ({ context, event }): Effects =>
          send(cell.process(on(event, 'served').spare ?? '', context.home), {
            type: 'createdAway',
            home: context.home,
            parent: context.process,
            peer: context.caller,
          }),
      },
    },
    transitions: {
      repeated: {
        served: (before) => [
          { guard: and(['isFork', 'hasSpare']), target: 'replied', actions: 'forkAgain' },
          ...before,
        ],
      },
    },
  },
);

/** The name of the second child of a repeated fork. */
function spareName(look: Look, { process, scenario }: OfProcess): Process | null {
  const { value, context } = look(cell.homeCall(process));
  if (value !== 'repeated' || (context as HomeCallContext).call !== 'fork') return null;
  const isFree = (name: Process): boolean =>
    name !== process &&
    scenario.hosts.every((host) => look(cell.process(name, host)).value === 'absent');
  const unborn = scenario.processes.filter(({ home }) => home === null);
  return unborn.find(({ name }) => isFree(name))?.name ?? null;
}
