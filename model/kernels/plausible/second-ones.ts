/** Plausible mistakes that show with the second of something: a crash, a use, a file, a sharer. */
import { assign } from 'xstate';
import { sprite } from '../../kernel.ts';
import type { EntryContext } from '../../machines/entry.machine.ts';
import type { HostContext } from '../../machines/host.machine.ts';
import { isUp } from '../../observations/common.ts';
import { on, send, type Effects } from '../../vocabulary/cell.ts';
import { cell } from '../../vocabulary/ids.ts';
import { alsoObserving, partWith } from '../replace.ts';
import type { ShippedKernel } from '../shipped.ts';

/** The clean-up runs for a host that has never come up again, and for no other. */
const cleansUpOnce = partWith(
  alsoObserving(sprite.cleanup, 'begun', (look, { host }) => ({
    boot: (look(cell.host(host)).context as HostContext).boot,
  })),
  {
    guards: {
      hasNothing: ({ context, event }) =>
        on(event, 'begun').boot > 0 || context.files.length + context.streams.length === 0,
    },
  },
);

/** The server looks who has left a shared stream; after a dead host it reads on from the beginning. */
const startsOver = partWith(
  alsoObserving(sprite.shadow, 'left', (look, _, { host }) => ({ isDead: !isUp(look, host) })),
  {
    actions: {
      removeClient: assign(({ context, event }) => {
        const { host, isDead } = on(event, 'left');
        return {
          clients: context.clients.filter((each) => each !== host),
          offset: isDead ? 0 : context.offset,
        };
      }),
    },
  },
);

function subtracts(context: EntryContext, most: { references: number; writers: number }): Effects {
  return send(cell.file(context.file), {
    type: 'uncounted',
    references: Math.min(context.references, most.references),
    writers: Math.min(context.writers, most.writers),
  });
}

export const secondOnes: readonly ShippedKernel[] = [
  {
    id: 'P-one-clean-up',
    title: 'the server cleans up after the first crash of a host, and not after a later one',
    record: 'invented; a mark that a host is cleaned up after, which its next boot does not clear',
    kernel: { ...sprite, cleanup: cleansUpOnce },
    caughtBy: ['dead-hosts-are-forgotten'],
    scenario: 'crashes-twice',
  },
  {
    id: 'P-boot-bit',
    title: 'the boot identifier is one bit: a host that has come up twice is taken for the old one',
    record: 'invented; a generation number that wraps',
    kernel: {
      ...sprite,
      host: partWith(sprite.host, {
        actions: { countBoot: assign(({ context }) => ({ boot: 1 - context.boot })) },
      }),
    },
    caughtBy: ['home-knows-location', 'nothing-is-left'],
    scenario: 'boots-twice',
  },
  {
    id: 'P-believes-two-writers',
    title:
      'the server believes that a host has nothing dirty, if it is listed with two uses for writing',
    record: 'invented; a test for one where a test for any is meant',
    kernel: {
      ...sprite,
      entry: partWith(sprite.entry, {
        guards: { maySoonWrite: ({ context }) => context.writers === 1 },
      }),
    },
    caughtBy: ['reads-see-last-write'],
    scenario: 'two-opens-on-the-way',
  },
  {
    id: 'P-one-dead-writer',
    title:
      "the clean-up after a crash subtracts at most one writer of the host from a file's count",
    record: 'invented',
    kernel: {
      ...sprite,
      entry: partWith(sprite.entry, {
        actions: {
          subtractFromSummary: ({ context }): Effects =>
            subtracts(context, { references: Infinity, writers: 1 }),
        },
      }),
    },
    caughtBy: ['use-counts-sum-clients'],
    culprit: { at: 'cleanup', action: 'cleaned' },
    scenario: 'two-writers-die',
  },
  {
    id: 'P-one-use-struck-off',
    title:
      "a host that does not answer a call-back is struck off, and at most one use from a file's count",
    record: 'invented',
    kernel: {
      ...sprite,
      entry: partWith(sprite.entry, {
        actions: {
          subtractStruckOff: ({ context }): Effects =>
            subtracts(context, { references: 1, writers: 1 }),
        },
      }),
    },
    caughtBy: ['use-counts-sum-clients'],
    culprit: { at: 'recall', action: 'failed' },
    scenario: 'two-writers-die',
  },
  {
    id: 'P-one-file-cleaned',
    title: 'the clean-up after a crash forgets the host in the first file only',
    record: 'invented',
    kernel: {
      ...sprite,
      cleanup: partWith(sprite.cleanup, {
        actions: {
          killClient: ({ context }): Effects => {
            const [file] = context.files;
            if (file === undefined || context.index > 0) return undefined;
            return [
              send(cell.entry(file, context.host), { type: 'killed' }),
              send(cell.file(file), { type: 'removeIfUnused' }),
            ];
          },
        },
      }),
    },
    caughtBy: ['dead-hosts-are-forgotten', 'entry-matches-handle'],
    culprit: { at: 'cleanup', action: 'cleaned' },
    scenario: 'two-files-die',
  },
  {
    id: 'P-one-recall-awaited',
    title:
      'a host comes up again while the server calls it back about a file that is not its first',
    record: 'invented',
    kernel: {
      ...sprite,
      host: partWith(sprite.host, {
        observes: {
          reboots: (look, place, event) => {
            const { isCleanedUp } = sprite.host.observes.reboots(look, place, event);
            const isRecalling = place.scenario.files
              .slice(0, 1)
              .some((file) => look(cell.recall(file, place.host)).value !== 'idle');
            return { isCleanedUp, isRecalling };
          },
        },
      }),
    },
    caughtBy: ['nothing-is-left'],
    scenario: 'reboots-in-second-recall',
  },
  {
    id: 'P-dead-sharer-resets',
    title: 'the server starts a shared stream over when a host that shares it has died',
    record: 'invented',
    kernel: { ...sprite, shadow: startsOver },
    caughtBy: ['one-offset'],
    scenario: 'sharer-dies',
  },
];
