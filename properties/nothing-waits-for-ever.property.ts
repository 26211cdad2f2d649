/**
 * I17, second half. Where no step is enabled, nothing waits.
 *
 *   when stuck:  every thread is in user mode, waits for a child or is gone; every call, call-back, migration and
 *                clean-up is over
 *
 * A lost wake-up is no circle: somebody waits for what nobody will do.
 */
import type { Finding, Property } from '../checker/property.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { cell } from '../model/vocabulary/ids.ts';
import type { Look } from '../model/vocabulary/cell.ts';
import { processNames } from './quiescence.ts';

export const nothingWaitsForEver: Property<Scenario> = {
  id: 'nothing-waits-for-ever',
  statement: 'When no step is possible, no call, migration or call-back is unfinished.',
  kind: 'whenStuck',
  quiescence: 'states in which no step is enabled',
  paper: '§3 (deadlocks), §2 (exit and wait)',
  kernel: 'fsconsist/fsconsistCache.c (condition variables); proc/procMigrate.c waiters',
  catches: ['R50', 'A40', 'R27', 'A8'],
  claims: (scenario) => [
    (look) =>
      [
        ...processNames(scenario).flatMap((process) => [
          unlessIn(look, cell.thread(process), ['user', 'absent', 'waiting']),
          unlessIn(look, cell.service(process), ['idle']),
          unlessIn(look, cell.release(process), ['idle']),
          unlessIn(look, cell.source(process), ['idle']),
          unlessIn(look, cell.target(process), ['idle']),
          unlessIn(look, cell.requester(process), ['awake']),
          unlessIn(look, cell.homeCall(process), ['idle', 'arrived']),
        ]),
        ...scenario.hosts.map((host) => unlessIn(look, cell.eviction(host), ['idle'])),
        ...scenario.files.flatMap((file) => [
          unlessIn(look, cell.consistency(file), ['idle']),
          ...scenario.hosts.map((host) => unlessIn(look, cell.recall(file, host), ['idle'])),
        ]),
      ].find((finding) => finding !== undefined),
  ],
  witness: {
    statement: 'some process has come to its end or to the end of its program',
    reached: (scenario) => (look) =>
      processNames(scenario).every((process) =>
        ['user', 'absent'].includes(look(cell.thread(process)).value as string),
      ),
  },
};

function unlessIn(look: Look, name: string, rest: readonly string[]): Finding | undefined {
  const state = look(name).value as string;
  if (rest.includes(state)) return undefined;
  return { subject: name, expected: `${rest.join(' or ')} at the end`, found: `${state} for ever` };
}
