/** What a transition of the source machine asks of other cells: effects as data, by name. */
import { on, send, type Effects } from '../vocabulary/cell.ts';
import { cell } from '../vocabulary/ids.ts';
import type { SourceContext, SourceEvent } from './source.events.ts';

type Step = { readonly context: SourceContext; readonly event: SourceEvent };

export const sourceEffects = {
  askTargetForExec: ({ context, event }: Step): Effects => {
    const { from, to, home } = on(event, 'execRequested');
    return send(cell.target(context.process), { type: 'asked', from, to, home });
  },
  refuseExec: ({ context }: Step): Effects =>
    context.isExec ? send(cell.thread(context.process), { type: 'execRefused' }) : undefined,
  flushPage: ({ context, event }: Step): Effects => {
    const { page, data } = on(event, 'pageFlushed');
    return send(cell.memory(context.process, context.from ?? ''), {
      type: 'cleaned',
      page,
      data: data ?? 0,
    });
  },
  giveUpMemory: ({ context, event }: Step): Effects =>
    on(event, 'encapsulated').hasPages
      ? send(cell.memory(context.process, context.from ?? ''), { type: 'dropped' })
      : undefined,
  giveUpImage: ({ context, event }: Step): Effects =>
    context.isExec && on(event, 'encapsulated').hasPages
      ? [
          send(cell.swap(context.process), { type: 'cleared' }),
          send(cell.pages(context.process), { type: 'cleared' }),
        ]
      : undefined,
  makeRequesterWait: ({ context }: Step): Effects =>
    send(cell.requester(context.process), { type: 'waits' }),
  wakeRequester: ({ context }: Step): Effects =>
    send(cell.requester(context.process), { type: 'woken' }),
  wakeRequesterOnExit: ({ context }: Step): Effects =>
    send(cell.requester(context.process), { type: 'woken' }),
  reportToEvictor: ({ context }: Step): Effects =>
    send(cell.eviction(context.from ?? ''), { type: 'left', process: context.process }),
  askTarget: ({ context, event }: Step): Effects => {
    const { host, home, to } = on(event, 'requested');
    return send(cell.target(context.process), { type: 'asked', from: host, to, home });
  },
  acknowledge: ({ context }: Step): Effects =>
    send(cell.target(context.process), { type: 'acknowledged' }),
  freeze: ({ context }: Step): Effects => [
    send(cell.fate(context.process), { type: 'trapped' }),
    send(cell.thread(context.process), { type: 'frozen' }),
    send(cell.process(context.process, context.from ?? ''), { type: 'frozen' }),
  ],
  thaw: ({ context }: Step): Effects => [
    send(cell.process(context.process, context.from ?? ''), { type: 'thawed' }),
    send(cell.thread(context.process), { type: 'thawed' }),
    send(cell.fate(context.process), { type: 'wentOn' }),
  ],
  sendEntire: ({ context, event }: Step): Effects => [
    send(cell.fate(context.process), { type: 'left' }),
    send(cell.process(context.process, context.from ?? ''), { type: 'encapsulated' }),
    send(cell.target(context.process), {
      type: 'transferred',
      from: context.from ?? '',
      to: context.to ?? '',
      carried: on(event, 'encapsulated').carried,
      holdsSignals: on(event, 'encapsulated').holdsSignals,
    }),
  ],
  sendResume: ({ context }: Step): Effects =>
    send(cell.target(context.process), { type: 'resuming' }),
  askAgain: ({ context }: Step): Effects =>
    send(cell.target(context.process), { type: 'askedAgain' }),
  destroyTarget: ({ context }: Step): Effects =>
    send(cell.target(context.process), { type: 'destroyed' }),
  destroyShell: ({ context }: Step): Effects =>
    context.hasShell ? send(cell.target(context.process), { type: 'destroyed' }) : undefined,
  reportFailureToEvictor: ({ context }: Step): Effects =>
    send(cell.eviction(context.from ?? ''), {
      type: 'left',
      process: context.process,
      inVain: true,
    }),
  takeBack: ({ context }: Step): Effects =>
    send(cell.process(context.process, context.from ?? ''), {
      type: 'restored',
      descriptors: context.unreleased,
    }),
  killProcess: ({ context }: Step): Effects =>
    send(cell.thread(context.process), { type: 'destroyed' }),
  exitHere: ({ context }: Step): Effects =>
    send(cell.process(context.process, context.from ?? ''), {
      type: 'exited',
      status: 'destroyed',
    }),
  switchAway: ({ context }: Step): Effects =>
    send(cell.process(context.process, context.from ?? ''), {
      type: 'departed',
      to: context.to ?? '',
      toBoot: context.toBoot,
    }),
  reportToNotedEvictor: ({ context }: Step): Effects =>
    send(cell.eviction(context.evictFrom ?? ''), { type: 'left', process: context.process }),
};
