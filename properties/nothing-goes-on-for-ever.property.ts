/**
 * I17, for activity that does not stop. Whatever has happened, all activity can come to its end.
 *
 *   from every state:  some run without a fault reaches a state in which only faults are enabled
 *
 * A protocol that asks for a reply again and again is never stuck; it goes on for ever. No fairness is
 * assumed: some run ends, whichever process takes the next step. The property does not claim that every run
 * ends: a source may ask again any number of times. If 20,000 states are too few to find an end, the
 * property is not decided.
 */
import type { TargetContext } from '../model/machines/target.events.ts';
import type { Look } from '../model/vocabulary/cell.ts';
import { cell, type Process } from '../model/vocabulary/ids.ts';
import { processNames } from './quiescence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const nothingGoesOnForEver: SpriteProperty = {
  id: 'nothing-goes-on-for-ever',
  statement: 'From every state a run without a fault leads to one in which all is done.',
  kind: 'comesToRest',
  quiescence: 'none needed; in the small scenarios',
  sources: {
    paper: '§3 (failures), §2 (exit and wait)',
    kernel: 'rpc/rpcClient.c (a request is repeated until it is answered, or its server is dead)',
  },
  catches: ['P-asks-for-ever', 'P-written-stays-dirty'],
  claims: () => [],
  comesToRest: ({ size }) => size === undefined,
  witness: {
    statement: 'a reply between hosts that are up has been lost',
    reached: (scenario) => (look) =>
      processNames(scenario).some((process) => isLost(look, process)),
  },
};

function isLost(look: Look, process: Process): boolean {
  const { isSilent } = look(cell.target(process)).context as TargetContext;
  return isSilent || look(cell.homeCall(process)).value === 'silent';
}
