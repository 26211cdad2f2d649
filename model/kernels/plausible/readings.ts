/** Plausible mistakes in observations: they ask the wrong cell the right question. */
import { sprite } from '../../kernel.ts';
import type { ProcessContext } from '../../machines/process.machine.ts';
import { bootOf } from '../../observations/common.ts';
import { cell } from '../../vocabulary/ids.ts';
import { partWith } from '../replace.ts';
import type { ShippedKernel } from '../shipped.ts';

export const readings: readonly ShippedKernel[] = [
  {
    id: 'P-parent-away',
    title: 'home asks whether the parent of a process runs there, not whether it lives',
    record: 'invented; a parent that is away has a control block at home, too',
    kernel: {
      ...sprite,
      process: partWith(sprite.process, {
        observes: {
          exited: (look, { process, host }) => {
            const { parent, home } = look(cell.process(process, host)).context as ProcessContext;
            return {
              parentLives:
                parent !== null &&
                home !== null &&
                look(cell.process(parent, home)).value === 'running',
            };
          },
        },
      }),
    },
    caughtBy: ['status-is-reported-once'],
    scenario: 'wait-away-from-home',
  },
  {
    id: 'P-own-boot',
    title: "a host that is asked to take a process notes its own boot identifier, not the source's",
    record: 'invented; the reason why every RPC carries a boot identifier',
    kernel: {
      ...sprite,
      target: partWith(sprite.target, {
        observes: {
          asked: (look, place, event) => ({
            ...sprite.target.observes.asked(look, place, event),
            fromBoot: bootOf(look, event.to),
          }),
        },
      }),
    },
    caughtBy: ['status-is-true', 'home-knows-location'],
    scenario: 'host-comes-back',
  },
];
