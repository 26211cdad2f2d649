/**
 * Transparency. Every result that a program gets is one that a one-host kernel could have given.
 *
 *   always:  data, offsets and sizes read, pages and wait status are those of the ghost
 *            reference, which steps once with each call, where the call takes effect
 *
 * A documented failure counts as a kill that the reference may make: a process dies with its host
 * or its home, and dirty data die with their host within the delay. What is special here is the
 * whole: the other properties say which part of the kernel is at fault.
 */
import type { Finding, Property } from '../checker/property.ts';
import { streamsOf } from '../model/boot.ts';
import type { Difference, PagesContext } from '../model/machines/ghosts.machine.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { cell } from '../model/vocabulary/ids.ts';
import type { Look } from '../model/vocabulary/cell.ts';
import { worldOf } from '../model/world.ts';
import { processNames } from './quiescence.ts';

export const transparency: Property<Scenario> = {
  id: 'transparency',
  statement: 'Every result a program gets is one that a one-host kernel could have given.',
  kind: 'always',
  quiescence: 'none needed: the reference steps where a call takes effect',
  paper: '§1, §2 (transparency)',
  kernel: 'none: the reference is a kernel with one host',
  catches: [
    'R6',
    'R7',
    'R10',
    'R14',
    'A43',
    'A49',
    'missing-memory',
    'N1',
    'N2',
    'N8',
    'N9',
    'P-status-not-sent',
  ],
  claims: (scenario) => [
    ...scenario.files.map(
      (file) => (look: Look) =>
        different(`a read or stat of ${file}`, worldOf(look).lastWrite(file).difference),
    ),
    ...streamsOf(scenario).map(
      (stream) => (look: Look) =>
        different(`a read or write of stream ${stream}`, worldOf(look).position(stream).difference),
    ),
    ...((scenario.pages ?? 0) === 0 ? [] : processNames(scenario)).map(
      (process) => (look: Look) =>
        different(
          `memory of ${process}`,
          (look(cell.pages(process)).context as PagesContext).difference,
        ),
    ),
    ...processNames(scenario).map((process) => (look: Look) => toldOf(look, process)),
  ],
  witness: {
    statement: 'a process has read or written away from home',
    reached: (scenario) => (look) =>
      streamsOf(scenario).some((stream) => worldOf(look).position(stream).next > 0) &&
      processNames(scenario).some((process) =>
        scenario.hosts.some((host) => worldOf(look).process(process, host).is === 'migrated'),
      ),
  },
};

function different(subject: string, difference: Difference | null): Finding | undefined {
  if (difference === null) return undefined;
  const { what, expected, found } = difference;
  return { subject, expected: `${what} ${expected}`, found: `${what} ${found}` };
}

/** What `wait` has told the parent, at home or away. */
function toldOf(look: Look, process: string): Finding | undefined {
  const { told, status, mayDie } = worldOf(look).fate(process);
  if (told === null || told === status || (told === 'destroyed' && mayDie !== null))
    return undefined;
  return { subject: `wait for ${process}`, expected: status ?? 'destroyed', found: told };
}
