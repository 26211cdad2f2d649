/** Plausible mistakes about crashes: something of a host outlives it. */
import { assign } from 'xstate';
import { sprite } from '../../kernel.ts';
import { handleContext } from '../../machines/handle.machine.ts';
import type { HomeCallContext } from '../../machines/home-call.machine.ts';
import { isUp } from '../../observations/common.ts';
import { cell } from '../../vocabulary/ids.ts';
import { partWith } from '../replace.ts';
import type { ShippedKernel } from '../shipped.ts';

/** Serves a call that comes after the crash, when the home has no process any more. */
const servesWhenDown = partWith(sprite.homeCall, {
  observes: {
    served: (look, place, event) => {
      const { home } = look(cell.homeCall(place.process)).context as HomeCallContext;
      const found = sprite.homeCall.observes.served(look, place, event);
      return { ...found, isMigrated: found.isMigrated || !isUp(look, home) };
    },
  },
});

export const crashFaults: readonly ShippedKernel[] = [
  {
    id: 'P-dead-writer-kept',
    title: 'the clean-up after a crash leaves the host as last writer of a file',
    record: 'invented; the kernel clears it with the entry in the client list',
    kernel: {
      ...sprite,
      entry: partWith(sprite.entry, {
        transitions: {
          listed: { killed: { target: 'unlisted', actions: ['subtractFromSummary', 'forget'] } },
        },
      }),
    },
    caughtBy: ['dead-hosts-are-forgotten'],
    scenario: 'client-dies-in-recall',
  },
  {
    id: 'P-dead-client-kept',
    title: 'the clean-up after a crash leaves the host in the client list, without uses',
    record: 'invented',
    kernel: {
      ...sprite,
      entry: partWith(sprite.entry, {
        transitions: {
          listed: { killed: { actions: ['subtractFromSummary', 'forgetAsWriter', 'forget'] } },
        },
      }),
    },
    caughtBy: ['dead-hosts-are-forgotten'],
    scenario: 'client-dies-in-recall',
  },
  {
    id: 'P-dead-host-answers',
    title: 'a host that is down answers the release call-back, and refuses it',
    record: 'invented; this model had it',
    kernel: { ...sprite, release: partWith(sprite.release, { guards: { isUp: () => true } }) },
    caughtBy: ['dead-hosts-do-nothing'],
    scenario: 'source-dies-in-recall',
  },
  {
    id: 'P-dead-home-serves',
    title: 'a home that is down still serves the calls of its visitors elsewhere',
    record: 'invented',
    kernel: { ...sprite, homeCall: servesWhenDown },
    caughtBy: ['dead-hosts-do-nothing'],
    scenario: 'home-dies-in-wait',
  },
  {
    id: 'P-cache-outlives-host',
    title: 'a host keeps its cached block of a file through a crash',
    record: 'invented',
    kernel: {
      ...sprite,
      handle: partWith(sprite.handle, {
        actions: {
          forget: assign(({ context }) => ({
            ...handleContext(context.file, context.host),
            block: context.block === null ? null : { ...context.block, dirty: false },
            version: context.version,
          })),
        },
      }),
    },
    caughtBy: ['dead-hosts-do-nothing'],
    scenario: 'client-dies-in-recall',
  },
];
