/** Plausible mistakes in what client and server do with streams and files. */
import { assign } from 'xstate';
import { sprite } from '../../kernel.ts';
import { targetEffects } from '../../machines/target.effects.ts';
import { on, send, type Effects } from '../../vocabulary/cell.ts';
import { cell } from '../../vocabulary/ids.ts';
import { partWith } from '../replace.ts';
import type { ShippedKernel } from '../shipped.ts';

export const files: readonly ShippedKernel[] = [
  {
    id: 'P-endless-clean-up',
    title: 'the clean-up after a crash waits for calls that are over',
    record: 'invented',
    kernel: {
      ...sprite,
      cleanup: partWith(sprite.cleanup, { guards: { callsAreOver: () => false } }),
    },
    caughtBy: ['nothing-waits-for-ever'],
    scenario: 'client-dies-in-recall',
  },
  {
    id: 'P-version-forgotten',
    title: 'the version of a file starts from the beginning again after its last close',
    record: 'invented; the version is on the disk for this reason',
    kernel: {
      ...sprite,
      file: partWith(sprite.file, {
        actions: {
          uncountUse: assign(({ context, event }) => {
            const { mode } = on(event, 'closed', 'moved');
            const references = context.references - 1;
            const writers = context.writers - (mode === 'write' ? 1 : 0);
            return { references, writers, version: references === 0 ? 0 : context.version };
          }),
        },
      }),
    },
    caughtBy: ['version-never-decreases'],
    scenario: 'sequential-sharing',
  },
  {
    id: 'P-given-up-quietly',
    title: 'the target drops a reference that did not move, without a close',
    record: 'this model had it; the final kernel has it, read in Fsio_DeencapStream',
    kernel: {
      ...sprite,
      target: partWith(sprite.target, {
        actions: {
          abandonStream: ({ context }): Effects => {
            const stream = context.carried[context.index]?.stream ?? '';
            const here = cell.stream(stream, context.to ?? '');
            const abandoned = send(here, { type: 'abandoned' });
            return context.isNew ? abandoned : [abandoned, send(here, { type: 'dropped' })];
          },
          setDescriptor: (step): Effects =>
            on(step.event, 'replyTaken').ok ? targetEffects.setDescriptor(step) : undefined,
        },
      }),
    },
    caughtBy: ['shadow-lists-holders'],
    culprit: { at: 'target', action: 'replyTaken' },
    scenario: 'given-up-beside-another',
  },
  {
    id: 'P-shadow-stays',
    title: 'a shadow stream stays when its last client has closed it',
    record: 'invented',
    kernel: {
      ...sprite,
      shadow: partWith(sprite.shadow, { guards: { isLastClient: () => false } }),
    },
    caughtBy: ['shadow-lists-holders'],
    scenario: 'close-at-the-source',
  },
  {
    id: 'P-alone-too-soon',
    title: 'the server takes a stream for private as soon as one of its sharers has closed it',
    record: 'invented',
    kernel: {
      ...sprite,
      shadow: partWith(sprite.shadow, {
        actions: {
          removeClient: assign(({ context, event }) => ({
            clients: context.clients.filter((host) => host !== on(event, 'left').host),
            shared: false,
          })),
        },
      }),
    },
    caughtBy: ['shared-is-known'],
    scenario: 'one-of-three-closes',
  },
  {
    id: 'P-open-by-number',
    title: 'a client opens a file by the number that it remembers, even if its name is gone',
    record: 'invented',
    kernel: {
      ...sprite,
      service: partWith(sprite.service, { guards: { nameIsThere: () => true } }),
    },
    caughtBy: ['transparency'],
    scenario: 'two-closers',
  },
  {
    id: 'P-stream-stays-locked',
    title: 'a stream that was open here before a reference arrived stays locked afterwards',
    record: 'invented',
    kernel: {
      ...sprite,
      stream: partWith(sprite.stream, {
        actions: {
          endWait: assign(({ context }) =>
            context.isNew ? { arriving: context.arriving - 1 } : {},
          ),
        },
      }),
    },
    caughtBy: ['nothing-waits-for-ever'],
    scenario: 'same-target',
  },
  {
    id: 'P-stat-refused',
    title: 'a stat that meets a call-back is refused instead of waiting for it',
    record: 'invented',
    kernel: {
      ...sprite,
      thread: partWith(sprite.thread, {
        observes: {
          stat: (look, place, event) => {
            const found = sprite.thread.observes.stat(look, place, event);
            return { ...found, isLinked: found.isLinked && !found.isAsking };
          },
        },
      }),
    },
    caughtBy: ['transparency'],
    scenario: 'writer-leaves-reader',
  },
  {
    id: 'P-caches-on',
    title: 'a host that must stop caching a file drops its block, and caches again',
    record: 'invented',
    kernel: {
      ...sprite,
      handle: partWith(sprite.handle, { actions: { stopCaching: () => undefined } }),
    },
    caughtBy: ['write-shared-is-uncached'],
    scenario: 'close-at-the-source',
  },
  {
    id: 'P-first-writer-stays',
    title: 'the server keeps the old last writer when another host opens a file to write',
    record: 'invented; near to R10',
    kernel: {
      ...sprite,
      file: partWith(sprite.file, {
        actions: {
          rememberWriter: assign(({ context, event }) => ({
            lastWriter: context.lastWriter ?? on(event, 'granted').host,
          })),
        },
      }),
    },
    caughtBy: ['one-dirty-host'],
    scenario: 'writer-leaves-reader',
  },
  {
    id: 'P-files-of-the-dead',
    title: 'the clean-up after a crash removes the files that the dead host has used',
    record: 'invented',
    kernel: {
      ...sprite,
      entry: partWith(sprite.entry, {
        actions: {
          subtractFromSummary: ({ context: { file, references, writers } }): Effects => [
            send(cell.file(file), { type: 'uncounted', references, writers }),
            send(cell.file(file), { type: 'unlinked' }),
          ],
        },
      }),
    },
    caughtBy: ['removal-changes-nothing'],
    scenario: 'remote-exec',
  },
];
