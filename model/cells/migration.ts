/** The migration of a process: who asks for it, its source, its target. */
import type { Kernel } from '../kernel.ts';
import { requesterMachine } from '../machines/eviction.machine.ts';
import { sourceContext } from '../machines/source.events.ts';
import { targetContext } from '../machines/target.events.ts';
import { sourceObserves } from '../observations/source.ts';
import { targetObserves } from '../observations/target.ts';
import { mayLoseReplies, type ProcessSpec, type Scenario } from '../scenarios/scenario.ts';
import type { Event, Json } from '../vocabulary/cell.ts';
import { cell, type Process } from '../vocabulary/ids.ts';
import { just, part, type Cell, type Offers } from './part.ts';

export function requesterCell(process: Process): Cell {
  return part(cell.requester(process), requesterMachine, { process });
}

export function sourceCell(
  kernel: Kernel,
  scenario: Scenario,
  { name, migrations }: ProcessSpec,
): Cell {
  const requests = (held: Json): readonly Event[] =>
    (held as { readonly left: number }).left > 0
      ? (migrations?.to ?? []).map((to) => ({ type: 'requested', to }))
      : [];
  return part(cell.source(name), kernel.source, sourceContext(name, migrations?.times ?? 0), {
    observes: sourceObserves(name, kernel.modules, (scenario.pages ?? 0) > 0),
    offers: {
      idle: requests,
      asking: just('replyTaken'),
      pending: (held) => [{ type: 'trapped' }, ...requests(held)],
      sizing: () => [
        ...Array.from({ length: scenario.pages ?? 0 }, (_, page) => ({
          type: 'pageFlushed',
          page,
        })),
        { type: 'encapsulated' },
        ...(scenario.faults?.aborts === true ? [{ type: 'aborted' }] : []),
      ],
      transferring: (held) => [{ type: 'replyTaken' }, ...requests(held)],
      askingElsewhere: just('replyTaken'),
      resuming: just('replyTaken'),
      switching: just('switched'),
    },
  });
}

export function targetCell(kernel: Kernel, scenario: Scenario, process: Process): Cell {
  return part(cell.target(process), kernel.target, targetContext(process), {
    observes: targetObserves(process, scenario.refusing ?? []),
    offers: targetOffers(scenario),
  });
}

function targetOffers(scenario: Scenario): Offers {
  const noticed = scenario.faults?.crashes === undefined ? [] : [{ type: 'noticed' }];
  const lost = mayLoseReplies(scenario) ? [{ type: 'replyLost' }] : [];
  const replying = (): readonly Event[] => [...noticed, ...lost];
  return {
    asked: just('accepted'),
    accepted: replying,
    refused: () => lost,
    waiting: () => noticed,
    transferred: just('received'),
    unpacking: () => [{ type: 'fetched' }, ...noticed],
    moving: just('replyTaken'),
    unpacked: replying,
    resuming: just('continued'),
    resumed: replying,
    closing: just('closed'),
    givingUp: just('replyTaken'),
    failed: replying,
    destroying: just('reaped'),
  };
}
