/**
 * MiniMig in one size, as cells: hosts, processes, streams and files.
 *
 *   This file only names the cells and says what each event must know of other cells. What happens
 *   is in the machines. Every action of MiniMig.tla is one root event, with the same parameters.
 */
import {
  cell,
  type Cell,
  type Local,
  type Look,
  type Protocol,
  type View,
} from 'sprite-check/checker';
import { fileMachine } from './file.machine.ts';
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

export function minimig(size: Size, machine = processMachine): Protocol {
  const names = namesOf(size);
  const { hosts, files, processes, streams } = names;
  return {
    name: `MiniMig ${[size.hosts, size.files, size.processes, size.slots, size.streams].join(' ')}`,
    cells: [
      ...hosts.map((host) => hostCell(host, names)),
      ...processes.map((process) => processCell(machine, process, size.slots, names)),
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
  return cell(hostMachine, {
    name: host,
    context: { copies: Object.fromEntries(files.map((file) => [file, 'none' as const])) },
    offers: { up: [{ type: 'spawn' }, { type: 'crash' }], down: [{ type: 'reboot' }] },
    observes: {
      spawn: (look) => ({ host, freeProcess: lowest(look, processes, isAbsent) }),
      crash: () => ({ host, processes }),
    },
  });
}

function processCell(
  machine: typeof processMachine,
  process: string,
  slots: number,
  names: Names,
): Cell {
  const { hosts, files, processes, streams } = names;
  const slotNumbers = Array.from({ length: slots }, (_, slot) => slot);
  return cell(machine, {
    name: process,
    context: absentProcess(slots),
    offers: {
      running: [
        ...slotNumbers.flatMap((slot) => [
          ...files.flatMap((file) => [
            { type: 'open', slot, file, mode: 'read' } as const,
            { type: 'open', slot, file, mode: 'write' } as const,
          ]),
          { type: 'access', slot } as const,
          { type: 'close', slot } as const,
        ]),
        { type: 'fork' },
        { type: 'exit' },
        ...hosts.map((target) => ({ type: 'migrate', target }) as const),
      ],
      encapsulated: [{ type: 'deencapsulate' }],
      restoring: [{ type: 'commit' }],
    },
    observes: {
      open: (look) => ({ freeStream: lowest(look, streams, isFree) }),
      access: (look, { slot }) => ({ use: useOf(look, process, slot) }),
      fork: (look) => ({ freeProcess: lowest(look, processes, isAbsent) }),
      migrate: (look, { target }) => ({ targetIsUp: look(target, isUp) }),
    },
  });
}

function streamCell(stream: string, { hosts }: Names): Cell {
  return cell(streamMachine, { name: stream, context: freeStream(hosts) });
}

function fileCell(file: string, { hosts }: Names): Cell {
  const zero = Object.fromEntries(hosts.map((host) => [host, 0]));
  return cell(fileMachine, { name: file, context: { readers: zero, writers: zero } });
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
