/**
 * Transparency. Every result that a program gets is one that a one-host kernel could have given.
 *
 *   always:  data, offsets and sizes read, pages and wait status are those of the ghost
 *            reference, which steps once with each call, where the call takes effect
 *   always:  an open, stat or unlink succeeds  <=>  the reference has the name
 *   always:  the home in the pid that a running process sees is its family's
 *
 * A documented failure counts as a kill that the reference may make: a process dies with its host
 * or its home, and dirty data die with their host within the delay. This property is about the whole
 * kernel; the others say which part of it is at fault. No documented failure removes a name: the file
 * server does not crash here.
 *
 * The pids that fork and wait return are not compared: a program of the model names its child itself. The
 * status shows that the reported child is the one that has ended.
 */
import type { Finding } from '../checker/specification/property.ts';
import { streamsOf } from '../model/scenarios/calls.ts';
import type { OffsetDifference, PagesContext } from '../model/machines/ghosts.machine.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { cell, type File, type Process } from '../model/vocabulary/ids.ts';
import type { Look } from '../model/vocabulary/cell.ts';
import { worldOf } from '../model/world.ts';
import { streamsAway, visitedHosts } from './evidence.ts';
import { homeOfFamily } from './identity.ts';
import { processNames } from './quiescence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const transparency: SpriteProperty = {
  id: 'transparency',
  statement: 'Every result a program gets is one that a one-host kernel could have given.',
  kind: 'always',
  quiescence: 'none needed: the reference steps where a call takes effect',
  sources: {
    paper: '§1, §2 (transparency)',
    kernel: 'none: the reference is a kernel with one host',
  },
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
    'A53',
    'A56',
    'P-status-not-sent',
    'P-open-by-number',
    'P-stat-refused',
    'P-home-is-where-forked',
    'A49',
    'P-crash-taken-for-exit',
  ],
  claims: (scenario) => [
    ...scenario.files.map(
      (file) => (look: Look) =>
        different(`a read or stat of ${file}`, worldOf(look).lastWrite(file).difference),
    ),
    ...scenario.files.map((file) => (look: Look) => misnamed(look, file)),
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
    ...processNames(scenario).map((process) => (look: Look) => reportedStatus(look, process)),
    ...processNames(scenario).map((process) => (look: Look) => pidOf(look, scenario, process)),
  ],
  witness: {
    statement: 'a process has read or written away from home',
    reached: (scenario) => (look) =>
      streamsAway(look, scenario).some(
        ({ host, file }) =>
          visitedHosts(look, scenario, file).includes(host) &&
          worldOf(look).handle(file, host).block !== null,
      ),
  },
};

function different(subject: string, difference: OffsetDifference | null): Finding | undefined {
  if (difference === null) return undefined;
  const { what, expected, found } = difference;
  return { subject, expected: `${what} ${expected}`, found: `${what} ${found}` };
}

/** An open, stat or unlink that succeeded without the name, or was refused with it. */
function misnamed(look: Look, file: File): Finding | undefined {
  const { wrong } = worldOf(look).name(file);
  if (wrong === null) return undefined;
  const [expected, found] = wrong.succeeded ? ['refused', 'success'] : ['success', 'refused'];
  return { subject: `${wrong.call} of ${file}`, expected, found };
}

/** What getpid would say: a pid holds the host that gave it. */
function pidOf(look: Look, scenario: Scenario, process: Process): Finding | undefined {
  const world = worldOf(look);
  const { host } = world.thread(process);
  if (host === null) return undefined;
  const { is, home } = world.process(process, host);
  if (is !== 'running') return undefined;
  const expected = homeOfFamily(look, scenario, process, host);
  if (expected === null || expected === home) return undefined;
  return {
    subject: `the pid of ${process}`,
    expected: `given by ${expected}`,
    found: `given by ${home ?? 'no host'}`,
  };
}

/** The status that `wait` has returned to the parent, at home or away. */
function reportedStatus(look: Look, process: string): Finding | undefined {
  const { reported, status, mayDie } = worldOf(look).fate(process);
  if (reported === null || reported === status || (reported === 'destroyed' && mayDie !== null))
    return undefined;
  const expected = status ?? (mayDie === null ? `none yet: ${process} runs` : 'destroyed');
  return { subject: `wait for ${process}`, expected, found: reported };
}
