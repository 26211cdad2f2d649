/**
 * The two earlier ways to move an open file, before the I/O server moved streams in one section.
 */
import { and, assign, not } from 'xstate';
import { sprite } from '../kernel.ts';
import { refusal } from '../machines/service.events.ts';
import { just } from '../part.ts';
import { send, type Effects } from '../vocabulary/cell.ts';
import { cell } from '../vocabulary/ids.ts';
import { partWith } from './replace.ts';

/**
 * 1986-88: close at the source, then open the name again at the target. Between the two the file
 * has one user fewer, perhaps none. The target's stream starts with the offset that was sent.
 */
export const closeThenReopen = partWith(sprite.service, {
  adds: {
    guards: { isNew: ({ context }) => context.isNew },
    actions: {
      removeSourceAndSummary: ({ context }): Effects =>
        send(cell.entry(context.file, context.source), {
          type: 'closed',
          mode: context.mode,
          lastDirtyBlock: false,
        }),
      /** The stream is unshared from here on. */
      replyOwnOffset: assign(({ context }) => ({
        reply: { ...(context.reply ?? refusal), offset: context.carriedOffset, shared: false },
      })),
    },
    states: {
      reopening: {
        served: [
          {
            guard: not('nameIsThere'),
            target: 'replied',
            actions: ['leaveShadow', 'replyRefused'],
          },
          {
            guard: and(['fileIsFree', 'roundIsIdle', 'isNew']),
            target: 'consulting',
            actions: ['noteUse', 'countOpen', 'raiseVersion', 'makeConsistent'],
          },
          {
            guard: and(['fileIsFree', 'roundIsIdle']),
            target: 'consulting',
            actions: 'makeConsistent',
          },
        ],
      },
    },
  },
  offers: { reopening: just('served') },
  transitions: {
    accounting: {
      served: [
        {
          guard: and(['fileIsFree', 'sourceHasFinished']),
          target: 'reopening',
          actions: ['dropReservation', 'removeSourceAndSummary', 'removeIfUnused'],
        },
        { guard: 'fileIsFree', target: 'reopening', actions: 'dropReservation' },
      ],
    },
    consulting: {
      consistent: [
        {
          guard: and(['isOpen', 'callerIsGone']),
          target: 'idle',
          actions: ['createShadow', 'forget'],
        },
        { guard: 'callerIsGone', target: 'idle', actions: 'forget' },
        { guard: 'isOpen', target: 'replied', actions: ['createShadow', 'replyFound'] },
        { target: 'replied', actions: ['replyFound', 'replyOwnOffset'] },
      ],
    },
  },
});

/**
 * The paper's own description: open at the target before the close at the source. Two hosts
 * use the file for a moment, and a file that was written loses its caching for good.
 */
export const openThenClose = partWith(sprite.service, {
  transitions: {
    accounting: {
      served: [
        {
          guard: and(['fileIsFree', 'roundIsIdle', 'sourceHasFinished']),
          target: 'consulting',
          actions: [
            'noteUse',
            'dropReservation',
            'countMoveFinished',
            'makeConsistent',
            'removeSource',
          ],
        },
        {
          guard: and(['fileIsFree', 'roundIsIdle']),
          target: 'consulting',
          actions: ['noteUse', 'dropReservation', 'countMove', 'makeConsistent'],
        },
      ],
    },
  },
});
