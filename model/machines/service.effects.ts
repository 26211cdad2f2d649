/** What a transition of the service machine asks of other cells: effects as data, by name. */
import { on, send, type Effects } from '../vocabulary/cell.ts';
import { cell } from '../vocabulary/ids.ts';
import type { ServiceContext, ServiceEvent } from './service.events.ts';

type Step = { readonly context: ServiceContext; readonly event: ServiceEvent };

export const serviceEffects = {
  noteUse: ({ context }: Step): Effects =>
    send(cell.uses(context.file), {
      type: 'changed',
      opener: context.caller,
      leaving: context.call === 'migrate' && !context.sourceInUse ? context.source : null,
    }),
  observeName: ({ context }: Step): Effects =>
    send(cell.name(context.file), { type: 'looked', call: 'open', found: true }),
  observeNoName: ({ context }: Step): Effects =>
    send(cell.name(context.file), { type: 'looked', call: 'open', found: false }),
  noteVersion: ({ context, event }: Step): Effects =>
    send(cell.uses(context.file), {
      type: 'versionReported',
      version: on(event, 'consistent').version,
    }),
  countOpen: ({ context }: Step): Effects =>
    send(cell.file(context.file), { type: 'opened', mode: context.mode }),
  raiseVersion: ({ context }: Step): Effects =>
    context.mode === 'write' ? send(cell.file(context.file), { type: 'versionRaised' }) : undefined,
  makeConsistent: ({ context }: Step): Effects =>
    send(cell.consistency(context.file), {
      type: 'started',
      process: context.process,
      opener: context.caller,
      mode: context.mode,
      isNew: context.call === 'open' || context.isNew,
      arrives: context.call === 'migrate',
    }),
  createShadow: ({ context }: Step): Effects =>
    send(cell.shadow(context.stream), { type: 'opened', host: context.caller }),
  leaveShadow: ({ context }: Step): Effects =>
    send(cell.shadow(context.stream), { type: 'left', host: context.caller }),
  giveUpUse: ({ context }: Step): Effects =>
    send(cell.entry(context.file, context.caller), {
      type: 'closed',
      mode: context.mode,
      lastDirtyBlock: context.lastDirtyBlock,
    }),
  removeIfUnused: ({ context }: Step): Effects =>
    send(cell.file(context.file), { type: 'removeIfUnused' }),
  lockShadow: ({ context }: Step): Effects =>
    send(cell.shadow(context.stream), { type: 'locked', owner: cell.service(context.process) }),
  unlockShadow: ({ context }: Step): Effects =>
    send(cell.shadow(context.stream), { type: 'unlocked' }),
  /** While the stream moves, its last use may be given up at the source: the file must stay. */
  reserveUse: ({ context }: Step): Effects => send(cell.file(context.file), { type: 'reserved' }),
  dropReservation: ({ context }: Step): Effects =>
    send(cell.file(context.file), { type: 'unreserved' }),
  callSource: ({ context }: Step): Effects =>
    send(cell.release(context.process), {
      type: 'sent',
      stream: context.stream,
      source: context.source,
    }),
  moveStream: ({ context, event }: Step): Effects => {
    const { inUse, offset } = on(event, 'releaseTaken');
    return send(cell.shadow(context.stream), {
      type: 'moved',
      source: context.source,
      target: context.caller,
      sourceInUse: inUse,
      offset,
    });
  },
  acknowledgeRelease: ({ context }: Step): Effects =>
    send(cell.release(context.process), { type: 'taken' }),
  countMove: ({ context }: Step): Effects =>
    send(cell.file(context.file), {
      type: 'moved',
      mode: context.mode,
      isNew: context.isNew,
      sourceFinished: false,
    }),
  countMoveFinished: ({ context }: Step): Effects =>
    send(cell.file(context.file), {
      type: 'moved',
      mode: context.mode,
      isNew: context.isNew,
      sourceFinished: true,
    }),
  removeSource: ({ context }: Step): Effects =>
    send(cell.entry(context.file, context.source), { type: 'departed', mode: context.mode }),
};
