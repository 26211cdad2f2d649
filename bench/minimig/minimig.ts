/**
 * MiniMig in one size, as cells: hosts, processes, streams and files.
 *
 *   This file only names the cells and says what each event must know of other cells. What happens
 *   is in the machines. Every action of MiniMig.tla is one root event, with the same parameters.
 */
import { initialLocal } from '../../checker/engine/xstate.ts';
import type {
  Cell,
  Event,
  Local,
  Look,
  Protocol,
  View,
} from '../../checker/specification/protocol.ts';
import { fileMachine, type File } from './file.machine.ts';
import { hostMachine, type Host } from './host.machine.ts';
import { absentProcess, processMachine, type Process, type Use } from './process.machine.ts';
import { freeStream, streamMachine, type Stream } from './stream.machine.ts';

export type Size = {
  readonly hosts: number;
  readonly files: number;
  readonly processes: number;
  /** Descriptors of each process. */
  readonly slots: number;
  readonly streams: number;
};

export type Names = {
  readonly hosts: readonly string[];
  readonly files: readonly string[];
  readonly processes: readonly string[];
  readonly streams: readonly string[];
};

export function minimig(size: Size): Protocol {
  const names = namesOf(size);
  const { hosts, files, processes, streams } = names;
  return {
    name: `MiniMig ${[size.hosts, size.files, size.processes, size.slots, size.streams].join(' ')}`,
    cells: [
      ...hosts.map((host) => hostCell(host, names)),
      ...processes.map((process) => processCell(process, size.slots, names)),
      ...streams.map((stream) => streamCell(stream, names)),
      ...files.map((file) => fileCell(file, names)),
    ],
    faults: new Set(['crash']),
  };
}

export function namesOf({ hosts, files, processes, streams }: Size): Names {
  return {
    hosts: numbered('host', hosts),
    files: numbered('file', files),
    processes: numbered('process', processes),
    streams: numbered('stream', streams),
  };
}

function hostCell(host: string, { files, processes }: Names): Cell {
  const context: Host = { copies: Object.fromEntries(files.map((file) => [file, 'none'])) };
  return {
    name: host,
    machine: hostMachine,
    initial: initialLocal(hostMachine, context),
    offers: listed(hostMachine, [{ type: 'spawn' }, { type: 'reboot' }, { type: 'crash' }]),
    observes: {
      spawn: (look) => ({ host, freeProcess: lowest(look, processes, isAbsent) }),
      crash: () => ({ host, processes }),
    },
  };
}

function processCell(process: string, slots: number, names: Names): Cell {
  const { hosts, files, processes, streams } = names;
  const slotNumbers = Array.from({ length: slots }, (_, slot) => slot);
  return {
    name: process,
    machine: processMachine,
    initial: initialLocal(processMachine, absentProcess(slots)),
    offers: listed(processMachine, [
      ...slotNumbers.flatMap((slot) => [
        ...files.flatMap((file) => [
          { type: 'open', slot, file, mode: 'read' },
          { type: 'open', slot, file, mode: 'write' },
        ]),
        { type: 'access', slot },
        { type: 'close', slot },
      ]),
      { type: 'fork' },
      { type: 'exit' },
      ...hosts.map((target) => ({ type: 'migrate', target })),
      { type: 'deencapsulate' },
      { type: 'commit' },
    ]),
    observes: {
      open: (look) => ({ freeStream: lowest(look, streams, isFree) }),
      access: (look, event) => ({ use: useOf(look, process, event['slot'] as number) }),
      fork: (look) => ({ freeProcess: lowest(look, processes, isAbsent) }),
      migrate: (look, event) => ({ targetIsUp: look(event['target'] as string, isUp) }),
    },
  };
}

function streamCell(stream: string, { hosts }: Names): Cell {
  return {
    name: stream,
    machine: streamMachine,
    initial: initialLocal(streamMachine, freeStream(hosts)),
    offers: () => [],
    observes: {},
  };
}

function fileCell(file: string, { hosts }: Names): Cell {
  const zero = Object.fromEntries(hosts.map((host) => [host, 0]));
  const context: File = { readers: zero, writers: zero };
  return {
    name: file,
    machine: fileMachine,
    initial: initialLocal(fileMachine, context),
    offers: () => [],
    observes: {},
  };
}

/** Of these root events, those that the present state lists; its guards have the last word. */
function listed(
  machine: Cell['machine'],
  events: readonly Event[],
): (local: Local) => readonly Event[] {
  return ({ value }) => {
    const known = machine.states[value as string]?.ownEvents ?? [];
    return events.filter(({ type }) => known.includes(type));
  };
}

/** New work takes the lowest entry that is not in use. */
function lowest(look: Look, names: readonly string[], isUnused: View<boolean>): string | null {
  return names.find((name) => look(name, isUnused)) ?? null;
}

/** Looks at the stream behind a slot, then the copy on the process's host, then the file. */
function useOf(look: Look, process: string, slot: number): Use | null {
  const { host, slots } = look(process).context as Process;
  const stream = slots[slot] ?? null;
  if (stream === null) return null;
  const { file, mode } = look(stream, fileAndMode);
  const { copies } = look(host).context as Host;
  return { file, mode, copy: copies[file] ?? 'none', cachable: look(file, isCachable) };
}

function isAbsent({ value }: Local): boolean {
  return value === 'absent';
}

function isFree({ value }: Local): boolean {
  return value === 'free';
}

function isUp({ value }: Local): boolean {
  return value === 'up';
}

export function isCachable({ value }: Local): boolean {
  return value === 'cachable';
}

function fileAndMode({ context }: Local): Pick<Stream, 'file' | 'mode'> {
  const { file, mode } = context as Stream;
  return { file, mode };
}

function numbered(kind: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${kind} ${index}`);
}
