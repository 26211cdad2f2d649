/** What a transition of the target machine asks of other cells: effects as data, by name. */
import { on, send, type Effects } from '../vocabulary/cell.ts';
import { cell } from '../vocabulary/ids.ts';
import { closeCalled, closeFinished } from './close.effects.ts';
import type { Carried } from './source.events.ts';
import type { TargetContext, TargetEvent } from './target.events.ts';

type Step = { readonly context: TargetContext; readonly event: TargetEvent };

export const targetEffects = {
  allocateShell: ({ context }: Step): Effects =>
    send(cell.process(context.process, context.to ?? ''), {
      type: 'allocated',
      home: context.home ?? '',
    }),
  makeRoom: ({ context }: Step): Effects =>
    send(cell.process(context.process, context.to ?? ''), {
      type: 'unpacking',
      descriptors: context.carried.length,
    }),
  addClient: ({ context }: Step): Effects => {
    const { stream, file, mode, offset } = carriedAt(context);
    return send(cell.stream(stream, context.to ?? ''), { type: 'arrived', file, mode, offset });
  },
  callMigrate: ({ context }: Step): Effects => {
    const { stream, file, mode, offset } = carriedAt(context);
    return send(cell.service(context.process), {
      type: 'migrating',
      caller: context.to ?? '',
      file,
      stream,
      mode,
      source: context.from ?? '',
      isNew: context.isNew,
      offset,
    });
  },
  attachHandle: ({ context, event }: Step): Effects => {
    const { cachable, version, size, stamp } = on(event, 'replyTaken');
    const { file, mode } = carriedAt(context);
    return send(cell.handle(file, context.to ?? ''), {
      type: 'used',
      mode,
      cachable,
      version,
      size,
      stamp,
      opened: false,
    });
  },
  settleStream: ({ context, event }: Step): Effects => {
    const { offset, shared } = on(event, 'replyTaken');
    return send(cell.stream(carriedAt(context).stream, context.to ?? ''), {
      type: 'settled',
      offset,
      shared,
    });
  },
  abandonStream: ({ context }: Step): Effects =>
    send(cell.stream(carriedAt(context).stream, context.to ?? ''), { type: 'abandoned' }),
  setDescriptor: ({ context }: Step): Effects =>
    send(cell.process(context.process, context.to ?? ''), {
      type: 'descriptorSet',
      descriptor: context.index,
      stream: carriedAt(context).stream,
    }),
  takeReply: ({ context }: Step): Effects => send(cell.service(context.process), { type: 'taken' }),
  finishUnpacking: ({ context }: Step): Effects =>
    send(cell.process(context.process, context.to ?? ''), {
      type: 'unpacked',
      holdsSignals: context.holdsSignals,
    }),
  resumeProcess: ({ context }: Step): Effects => [
    send(cell.process(context.process, context.to ?? ''), { type: 'resumed' }),
    send(cell.thread(context.process), { type: 'resumed', host: context.to ?? '' }),
  ],
  dropReference: ({ context, event }: Step): Effects => {
    const { stream, descriptor } = on(event, 'closed');
    return [
      send(cell.stream(stream, context.to ?? ''), { type: 'dropped' }),
      send(cell.process(context.process, context.to ?? ''), {
        type: 'descriptorCleared',
        descriptor,
      }),
    ];
  },
  callClose: ({ context, event }: Step): Effects => {
    const closing = on(event, 'closed');
    const { process } = context;
    const host = context.to ?? '';
    return [
      send(cell.process(process, host), {
        type: 'descriptorCleared',
        descriptor: closing.descriptor,
      }),
      ...closeCalled({ process, host, owner: cell.target(process) }, closing),
    ];
  },
  finishClose: ({ context }: Step): Effects => closeFinished(context.to ?? '', carriedAt(context)),
  /** It never ran here: no other cell reports to an evictor that it is gone. */
  freeShell: ({ context }: Step): Effects => [
    send(cell.process(context.process, context.to ?? ''), { type: 'gone' }),
    send(cell.eviction(context.to ?? ''), { type: 'left', process: context.process }),
  ],
  reportDestroyed: ({ context }: Step): Effects =>
    send(cell.process(context.process, context.to ?? ''), {
      type: 'exited',
      status: 'destroyed',
    }),
};

function carriedAt({ carried, index, process }: TargetContext): Carried {
  const held = carried[index];
  if (held === undefined || held === null) throw new Error(`${process} carries no stream`);
  return held;
}
