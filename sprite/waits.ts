/** The cells that each cell may wait for, and the locks that it holds; `explain` uses it for a deadlock. */
import type { Waits } from '../checker/specification/waiting.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { cell } from '../model/vocabulary/ids.ts';
import { processNames } from '../properties/quiescence.ts';
import { waitsFor } from '../properties/waiting.ts';

export function waits(scenario: Scenario): Waits {
  return {
    activities: [
      ...processNames(scenario).flatMap((process) => [
        cell.service(process),
        cell.release(process),
        cell.thread(process),
        cell.target(process),
      ]),
      ...scenario.files.flatMap((file) => scenario.hosts.map((host) => cell.recall(file, host))),
    ],
    waitsFor: (look, activity) => waitsFor(look, activity, scenario),
    holderOf: (look, name) => {
      const { context } = look(name);
      const { lockedBy } = (context ?? {}) as { readonly lockedBy?: unknown };
      return typeof lockedBy === 'string' ? lockedBy : undefined;
    },
  };
}
