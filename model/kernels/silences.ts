/** Faulty sources that take a missing reply for an answer, instead of asking again. */
import { sprite } from '../kernel.ts';
import { partWith } from './replace.ts';

const over = ['wakeRequester', 'finish'] as const;

/** A lost reply to INIT counts as a refusal; the shell, if there is one, is forgotten. */
export const silenceIsRefusal = partWith(sprite.source, {
  transitions: {
    asking: {
      replyTaken: (before) => [
        { guard: 'silent', target: 'idle', actions: ['refuseExec', 'reportToEvictor', ...over] },
        ...before,
      ],
    },
  },
});

/** A lost reply to ENTIRE counts as a failure, and the target gets DESTROY. */
export const silenceIsFailure = partWith(sprite.source, {
  transitions: {
    transferring: {
      replyTaken: (before) => [
        {
          guard: 'silent',
          target: 'idle',
          actions: ['takeBack', 'killProcess', 'destroyTarget', 'reportFailureToEvictor', ...over],
        },
        ...before,
      ],
    },
  },
});

/** A lost reply to RESUME counts as the target's death. */
export const silenceIsDeath = partWith(sprite.source, {
  transitions: {
    resuming: {
      replyTaken: (before) => [
        { guard: 'silent', target: 'idle', actions: ['exitHere', 'destroyTarget', ...over] },
        ...before,
      ],
    },
  },
});
