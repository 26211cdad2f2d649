/** What a transition of the source machine asks of other cells: effects as data, by name. */
import { on, tell, type Told } from '../vocabulary/cell.ts';
import { cell } from '../vocabulary/ids.ts';
import type { SourceContext, SourceEvent } from './source.events.ts';

type Step = { readonly context: SourceContext; readonly event: SourceEvent };

export const sourceEffects = {
  askTargetForExec: ({ context, event }: Step): Told => {
    const { from, to, home } = on(event, 'execRequested');
    return tell(cell.target(context.process), { type: 'asked', from, to, home });
  },
  refuseExec: ({ context }: Step): Told =>
    context.isExec ? tell(cell.thread(context.process), { type: 'execRefused' }) : undefined,
  flushPage: ({ context, event }: Step): Told => {
    const { page, data } = on(event, 'pageFlushed');
    return tell(cell.memory(context.process, context.from ?? ''), {
      type: 'cleaned',
      page,
      data: data ?? 0,
    });
  },
  giveUpMemory: ({ context, event }: Step): Told =>
    on(event, 'encapsulated').hasPages
      ? tell(cell.memory(context.process, context.from ?? ''), { type: 'dropped' })
      : undefined,
  giveUpImage: ({ context, event }: Step): Told =>
    context.isExec && on(event, 'encapsulated').hasPages
      ? [
          tell(cell.swap(context.process), { type: 'cleared' }),
          tell(cell.pages(context.process), { type: 'cleared' }),
        ]
      : undefined,
  makeRequesterWait: ({ context }: Step): Told =>
    tell(cell.requester(context.process), { type: 'waits' }),
  wakeRequester: ({ context }: Step): Told =>
    tell(cell.requester(context.process), { type: 'woken' }),
  wakeRequesterOnExit: ({ context }: Step): Told =>
    tell(cell.requester(context.process), { type: 'woken' }),
  tellEvictor: ({ context }: Step): Told =>
    tell(cell.eviction(context.from ?? ''), { type: 'left', process: context.process }),
  askTarget: ({ context, event }: Step): Told => {
    const { host, home, to } = on(event, 'requested');
    return tell(cell.target(context.process), { type: 'asked', from: host, to, home });
  },
  acknowledge: ({ context }: Step): Told =>
    tell(cell.target(context.process), { type: 'acknowledged' }),
  freeze: ({ context }: Step): Told => [
    tell(cell.fate(context.process), { type: 'trapped' }),
    tell(cell.thread(context.process), { type: 'frozen' }),
    tell(cell.process(context.process, context.from ?? ''), { type: 'frozen' }),
  ],
  thaw: ({ context }: Step): Told => [
    tell(cell.process(context.process, context.from ?? ''), { type: 'thawed' }),
    tell(cell.thread(context.process), { type: 'thawed' }),
    tell(cell.fate(context.process), { type: 'wentOn' }),
  ],
  sendEntire: ({ context, event }: Step): Told => [
    tell(cell.fate(context.process), { type: 'left' }),
    tell(cell.process(context.process, context.from ?? ''), { type: 'encapsulated' }),
    tell(cell.target(context.process), {
      type: 'transferred',
      from: context.from ?? '',
      to: context.to ?? '',
      carried: on(event, 'encapsulated').carried,
      holdsSignals: on(event, 'encapsulated').holdsSignals,
    }),
  ],
  sendResume: ({ context }: Step): Told => tell(cell.target(context.process), { type: 'resuming' }),
  askAgain: ({ context }: Step): Told => tell(cell.target(context.process), { type: 'askedAgain' }),
  destroyTarget: ({ context }: Step): Told =>
    tell(cell.target(context.process), { type: 'destroyed' }),
  destroyShell: ({ context }: Step): Told =>
    context.hasShell ? tell(cell.target(context.process), { type: 'destroyed' }) : undefined,
  tellEvictorOfFailure: ({ context }: Step): Told =>
    tell(cell.eviction(context.from ?? ''), {
      type: 'left',
      process: context.process,
      inVain: true,
    }),
  takeBack: ({ context }: Step): Told =>
    tell(cell.process(context.process, context.from ?? ''), {
      type: 'restored',
      descriptors: context.unreleased,
    }),
  killProcess: ({ context }: Step): Told =>
    tell(cell.thread(context.process), { type: 'destroyed' }),
  exitHere: ({ context }: Step): Told =>
    tell(cell.process(context.process, context.from ?? ''), {
      type: 'exited',
      status: 'destroyed',
    }),
  switchAway: ({ context }: Step): Told =>
    tell(cell.process(context.process, context.from ?? ''), {
      type: 'departed',
      to: context.to ?? '',
      toBoot: context.toBoot,
    }),
  tellNotedEvictor: ({ context }: Step): Told =>
    tell(cell.eviction(context.evictFrom ?? ''), { type: 'left', process: context.process }),
};
