/** What a transition of the service machine asks of other cells: effects as data, by name. */
import { on, tell, type Told } from '../vocabulary/cell.ts';
import { cell } from '../vocabulary/ids.ts';
import type { ServiceContext, ServiceEvent } from './service.events.ts';

type Step = { readonly context: ServiceContext; readonly event: ServiceEvent };

export const serviceEffects = {
  noteUse: ({ context }: Step): Told =>
    tell(cell.uses(context.file), {
      type: 'changed',
      opener: context.caller,
      leaving: context.call === 'migrate' && !context.sourceInUse ? context.source : null,
    }),
  observeName: ({ context }: Step): Told =>
    tell(cell.name(context.file), { type: 'looked', call: 'open', found: true }),
  observeNoName: ({ context }: Step): Told =>
    tell(cell.name(context.file), { type: 'looked', call: 'open', found: false }),
  noteVersion: ({ context, event }: Step): Told =>
    tell(cell.uses(context.file), {
      type: 'versionTold',
      version: on(event, 'consistent').version,
    }),
  countOpen: ({ context }: Step): Told =>
    tell(cell.file(context.file), { type: 'opened', mode: context.mode }),
  makeConsistent: ({ context }: Step): Told =>
    tell(cell.consistency(context.file), {
      type: 'started',
      process: context.process,
      opener: context.caller,
      mode: context.mode,
      isNew: context.call === 'open' || context.isNew,
      arrives: context.call === 'migrate',
    }),
  createShadow: ({ context }: Step): Told =>
    tell(cell.shadow(context.stream), { type: 'opened', host: context.caller }),
  leaveShadow: ({ context }: Step): Told =>
    tell(cell.shadow(context.stream), { type: 'left', host: context.caller }),
  giveUpUse: ({ context }: Step): Told =>
    tell(cell.entry(context.file, context.caller), { type: 'closed', mode: context.mode }),
  removeIfUnused: ({ context }: Step): Told =>
    tell(cell.file(context.file), { type: 'removeIfUnused' }),
  lockShadow: ({ context }: Step): Told =>
    tell(cell.shadow(context.stream), { type: 'locked', owner: cell.service(context.process) }),
  unlockShadow: ({ context }: Step): Told =>
    tell(cell.shadow(context.stream), { type: 'unlocked' }),
  /** While the stream moves, its last use may be given up at the source: the file must stay. */
  reserveUse: ({ context }: Step): Told => tell(cell.file(context.file), { type: 'reserved' }),
  dropReservation: ({ context }: Step): Told =>
    tell(cell.file(context.file), { type: 'unreserved' }),
  callSource: ({ context }: Step): Told =>
    tell(cell.release(context.process), {
      type: 'sent',
      stream: context.stream,
      source: context.source,
    }),
  moveStream: ({ context, event }: Step): Told => {
    const { inUse, offset } = on(event, 'releaseTaken');
    return tell(cell.shadow(context.stream), {
      type: 'moved',
      source: context.source,
      target: context.caller,
      sourceInUse: inUse,
      offset,
    });
  },
  acknowledgeRelease: ({ context }: Step): Told =>
    tell(cell.release(context.process), { type: 'taken' }),
  countMove: ({ context }: Step): Told =>
    tell(cell.file(context.file), {
      type: 'moved',
      mode: context.mode,
      isNew: context.isNew,
      sourceFinished: false,
    }),
  countMoveFinished: ({ context }: Step): Told =>
    tell(cell.file(context.file), {
      type: 'moved',
      mode: context.mode,
      isNew: context.isNew,
      sourceFinished: true,
    }),
  removeSource: ({ context }: Step): Told =>
    tell(cell.entry(context.file, context.source), { type: 'departed', mode: context.mode }),
};
