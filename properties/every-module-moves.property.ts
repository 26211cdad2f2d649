/**
 * Every module that keeps state for a process moves it.
 *
 *   always:  the kernel of a running process knows what the process has asked for, on any host: the
 *            stream that each descriptor names, and whether its signals are held
 *
 * The ghost knows what a process must find. A child gets it from its parent's ghost.
 * The call-back table has an entry for each module that has state to move. A module without one
 * works until a process migrates: then its state is gone, and nothing else notices.
 */
import type { Finding } from '../checker/specification/property.ts';
import type { Image } from '../model/machines/fate.machine.ts';
import type { Look } from '../model/vocabulary/cell.ts';
import type { Host, Process } from '../model/vocabulary/ids.ts';
import { worldOf } from '../model/world.ts';
import { runsAway } from './evidence.ts';
import { processNames } from './quiescence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const everyModuleMoves: SpriteProperty = {
  id: 'every-module-moves',
  statement: 'A running process finds on any host what it has asked of its kernel.',
  kind: 'always',
  quiescence: 'the process runs and is not ending; in transit its state is in the message',
  sources: {
    paper: '§5 "Insulating migration is difficult"',
    kernel: 'proc/procMigrate.c (table of encapsulation call-backs)',
  },
  catches: ['missing-signals', 'A37-second', 'P-slots-closed-up', 'P-slots-turned-round'],
  claims: (scenario) =>
    processNames(scenario).flatMap((process) =>
      scenario.hosts.map((host) => (look) => missing(look, process, host)),
    ),
  witness: {
    statement: 'a process that has asked for its signals to be held runs away from home',
    reached: (scenario) => (look) =>
      processNames(scenario).some(
        (process) => worldOf(look).fate(process).asked.holdsSignals && runsAway(look, process),
      ),
  },
};

function missing(look: Look, process: Process, host: Host): Finding | undefined {
  const world = worldOf(look);
  const block = world.process(process, host);
  if (block.is !== 'running') return undefined;
  const difference = differing(world.fate(process).asked, block);
  // One that ends has lost some already, and after a failed migration has what did not move.
  if (difference === undefined || world.thread(process).isExiting) return undefined;
  return { subject: `process ${process} on ${host}`, ...difference };
}

function differing(asked: Image, found: Image): Omit<Finding, 'subject'> | undefined {
  if (asked.holdsSignals !== found.holdsSignals) {
    return {
      expected: asked.holdsSignals ? 'signals held, as it asked' : 'signals not held',
      found: found.holdsSignals ? 'held' : 'not held',
    };
  }
  const [slots, slotsFound] = [asked, found].map(({ descriptors }) => descriptors.length);
  if (slots !== slotsFound) {
    const room = 'room for descriptors';
    return { expected: `${room}: ${slots}`, found: `${room}: ${slotsFound}` };
  }
  const other = asked.descriptors.findIndex((stream, index) => stream !== found.descriptors[index]);
  if (other < 0) return undefined;
  return {
    expected: `descriptor ${other} names ${asked.descriptors[other] ?? 'nothing'}`,
    found: `names ${found.descriptors[other] ?? 'nothing'}`,
  };
}
