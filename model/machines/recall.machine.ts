/**
 * One consistency call-back: the server's message to one client about one file, the client's action, and
 * its answer.
 *
 *   The client must not act on a message that overtook the reply to its own open: it would find an old
 *   handle or none, and the server would remove it from the client list. So it waits for that reply, of an
 *   open or of a migration, and for a close that is under way. A client that has given its handle up has
 *   nothing to write back or drop, and says so: the calls that account for its uses are on their way.
 *
 *   States:
 *     idle        no call-back
 *     sent        the message is in flight, or waits at the client
 *     answered    the client has acted; the answer is in flight
 *     unanswered  the client has crashed; the server has not noticed yet
 *
 * Paper     §2 (disabling caching)
 * Kernel    fsconsist/fsconsistCache.c ClientCommand, Fsconsist_RpcConsist, ProcessConsist,
 *           Fsconsist_RpcConsistReply, Fsconsist_Kill
 * Observes  `sent`: whether the client is up; `served`: the client's handle, and replies to this client about
 *           this file in flight; `taken`: the last writer, the file's lock
 * Left out  steps between: the client writes dirty blocks in the step in which it acts, because its handle
 *           is locked until the server has them; the time-out of a slow but live client: the server
 *           waits while the host is up
 */
import { and, assign, not, setup } from 'xstate';
import { isUp } from '../observations/common.ts';
import { just, type OfFileOnHost, type PartOf } from '../part.ts';
import { on, send, type Effects, type Look, type Observed } from '../vocabulary/cell.ts';
import { cell, type File, type Host } from '../vocabulary/ids.ts';
import type { FileContext } from './file.machine.ts';
import type { HandleContext } from './handle.machine.ts';
import type { ServiceContext } from './service.events.ts';

export type RecallContext = {
  readonly file: File;
  readonly host: Host;
  readonly writeBack: boolean;
  readonly invalidate: boolean;
  /** The size that the answer brings. */
  readonly size: number | null;
};

export type RecallEvent =
  | ({ type: 'sent'; writeBack: boolean; invalidate: boolean } & Observed<{ isUp: boolean }>)
  | ({ type: 'served' } & Observed<{
      handleIsFree: boolean;
      openReplyInFlight: boolean;
      migrationReplyInFlight: boolean;
      dirtyData: number | null;
      size: number;
    }>)
  | ({ type: 'taken' } & Observed<{ lastWriter: boolean; fileIsFree: boolean }>)
  | { type: 'crashed' }
  | { type: 'failed' };

export function recallContext(file: File, host: Host): RecallContext {
  return { file, host, writeBack: false, invalidate: false, size: null };
}

export const recallMachine = setup({
  types: { context: {} as RecallContext, events: {} as RecallEvent },
  guards: {
    isUp: ({ event }) => on(event, 'sent').isUp,
    handleIsFree: ({ event }) => on(event, 'served').handleIsFree,
    openReplyInFlight: ({ event }) => on(event, 'served').openReplyInFlight,
    migrationReplyInFlight: ({ event }) => on(event, 'served').migrationReplyInFlight,
    fileIsFree: ({ event }) => on(event, 'taken').fileIsFree,
    bringsAttributes: ({ context }) => context.size !== null,
  },
  actions: {
    ignore: () => undefined,
    begin: assign(({ event }) => {
      const { writeBack, invalidate } = on(event, 'sent');
      return { writeBack, invalidate };
    }),
    writeDataBack: ({ context, event }): Effects => {
      const { dirtyData } = on(event, 'served');
      if (!context.writeBack || dirtyData === null) return undefined;
      return send(cell.file(context.file), { type: 'written', data: dirtyData, size: 0 });
    },
    gatherAttributes: assign(({ context, event }) => ({
      size: context.writeBack ? on(event, 'served').size : null,
    })),
    applyToCache: ({ context }): Effects =>
      send(cell.handle(context.file, context.host), {
        type: 'recalled',
        writeBack: context.writeBack,
        invalidate: context.invalidate,
      }),
    storeAttributes: ({ context }): Effects =>
      context.size === null
        ? undefined
        : send(cell.file(context.file), { type: 'sized', size: context.size }),
    clearLastWriter: ({ context }): Effects =>
      context.writeBack
        ? send(cell.file(context.file), { type: 'flushed', host: context.host })
        : undefined,
    updateEntry: ({ context, event }): Effects =>
      send(cell.entry(context.file, context.host), {
        type: 'answered',
        invalidated: context.invalidate,
        lastWriter: on(event, 'taken').lastWriter && !context.writeBack,
      }),
    strikeOff: ({ context }): Effects =>
      send(cell.entry(context.file, context.host), { type: 'struckOff' }),
    reportToRound: ({ context }): Effects =>
      send(cell.consistency(context.file), { type: 'answered', host: context.host }),
    reportLoss: ({ context }): Effects =>
      send(cell.lastWrite(context.file), { type: 'lost', block: null }),
    reportDeathToRound: ({ context }): Effects =>
      send(cell.consistency(context.file), { type: 'answered', host: context.host }),
    forget: assign(({ context }) => recallContext(context.file, context.host)),
  },
}).createMachine({
  id: 'recall',
  context: recallContext('', ''),
  initial: 'idle',
  states: {
    idle: {
      on: {
        sent: [
          { guard: 'isUp', target: 'sent', actions: 'begin' },
          { target: 'unanswered', actions: 'begin' },
        ],
        crashed: { actions: 'ignore' },
      },
    },
    sent: {
      on: {
        served: {
          guard: and(['handleIsFree', not('openReplyInFlight'), not('migrationReplyInFlight')]),
          target: 'answered',
          actions: ['writeDataBack', 'gatherAttributes', 'applyToCache'],
        },
        crashed: { target: 'unanswered' },
      },
    },
    answered: {
      on: {
        taken: {
          guard: 'fileIsFree',
          target: 'idle',
          actions: ['storeAttributes', 'clearLastWriter', 'updateEntry', 'reportToRound', 'forget'],
        },
        crashed: [
          { guard: 'bringsAttributes', target: 'unanswered', actions: 'reportLoss' },
          { target: 'unanswered' },
        ],
      },
    },
    unanswered: {
      on: {
        failed: { target: 'idle', actions: ['strikeOff', 'reportDeathToRound', 'forget'] },
        crashed: { actions: 'ignore' },
      },
    },
  },
});

export const recallPart: PartOf<typeof recallMachine, OfFileOnHost> = {
  machine: recallMachine,
  observes: {
    sent: (look, { host }) => ({ isUp: isUp(look, host) }),
    served: (look, place) => {
      const { lockedBy, block, size } = look(cell.handle(place.file, place.host))
        .context as HandleContext;
      return {
        handleIsFree: lockedBy === null,
        openReplyInFlight: replyInFlight(look, place, 'open'),
        migrationReplyInFlight: replyInFlight(look, place, 'migrate'),
        dirtyData: block?.dirty === true ? block.data : null,
        size,
      };
    },
    taken: (look, { file, host }) => {
      const { lastWriter, lockedBy } = look(cell.file(file)).context as FileContext;
      return { lastWriter: lastWriter === host, fileIsFree: lockedBy === null };
    },
  },
  offers: {
    sent: just('served'),
    answered: just('taken'),
    unanswered: just('failed'),
  },
};

/** To this client, about this file. */
function replyInFlight(
  look: Look,
  { scenario, file, host }: OfFileOnHost,
  call: 'open' | 'migrate',
): boolean {
  return scenario.processes.some(({ name }) => {
    const service = look(cell.service(name));
    const context = service.context as ServiceContext;
    return (
      service.value === 'replied' &&
      context.call === call &&
      context.file === file &&
      context.caller === host
    );
  });
}
