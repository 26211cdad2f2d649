/** Faults that servers of other systems had in the field, put into this kernel. */
import { sprite } from '../../kernel.ts';
import { assign } from 'xstate';
import { mayCache } from '../../machines/consistency.machine.ts';
import { on, send, type Effects } from '../../vocabulary/cell.ts';
import { cell } from '../../vocabulary/ids.ts';
import { partWith } from '../replace.ts';
import type { ShippedKernel } from '../shipped.ts';

/**
 * The server decides an open that meets a round by the present client list and answers it at once: it
 * calls no client back for it, and does not wait for the answers that are still out.
 */
const grantsMeanwhile = partWith(sprite.consistency, {
  adds: {
    actions: {
      listMeanwhile: ({ context, event }): Effects => {
        const { opener, mode, isNew, others, openerWriters } = on(event, 'started');
        const writes = mode === 'write' || openerWriters > 0;
        const cachable = mayCache(writes, others);
        return [
          ...(isNew
            ? [send(cell.entry(context.file, opener), { type: 'granted', mode, cachable })]
            : []),
          send(cell.file(context.file), { type: 'granted', host: opener, writes, cachable }),
        ];
      },
      wakeMeanwhile: ({ event }): Effects =>
        send(cell.service(on(event, 'started').process), { type: 'consistent' }),
    },
  },
  transitions: { waiting: { started: { actions: ['listMeanwhile', 'wakeMeanwhile'] } } },
});

export const fromTheField: readonly ShippedKernel[] = [
  {
    id: 'P-stat-asks-no-writer',
    title: 'the server answers a stat with what it has, whatever a writer has cached',
    record:
      'invented here; NFS servers that let a client cache its writes and did not ask it for the size (RFC 8881, 10.4.3)',
    kernel: {
      ...sprite,
      thread: partWith(sprite.thread, {
        observes: {
          stat: (look, place, event) => ({
            ...sprite.thread.observes.stat(look, place, event),
            sizeAtWriter: 0,
          }),
        },
      }),
    },
    caughtBy: ['reads-see-last-write', 'transparency'],
    scenario: 'stat-from-elsewhere',
  },
  {
    id: 'P-one-reservation',
    title:
      'one bit, not a count, says that streams of a file move: the first to arrive clears it for all',
    record:
      'invented here; a count that is kept as a flag, as in tools that save and restore processes',
    kernel: {
      ...sprite,
      file: partWith(sprite.file, {
        actions: { reserve: assign({ reserved: 1 }), unreserve: assign({ reserved: 0 }) },
      }),
    },
    caughtBy: ['unlinked-lives-until-unused'],
    scenario: 'two-streams-move',
  },
  {
    id: 'P-grants-in-recall',
    title: 'an open that meets a call-back round is granted at once, without waiting for the round',
    record: 'invented here; SMB servers that granted a lease while a break of another was out',
    kernel: {
      ...sprite,
      consistency: grantsMeanwhile,
      service: partWith(sprite.service, { guards: { roundIsIdle: () => true } }),
    },
    caughtBy: ['reads-see-last-write'],
    scenario: 'opens-meet-recall',
  },
];
