/** Names of things. Hosts are letters, processes and files small names, so that stories read well. */
import type { SentOf } from './cell.ts';
import { kindNames, type KindName, type Kinds } from './kinds.ts';

export type Host = string;
export type Process = string;
export type File = string;

/** A stream slot, "p0": the process that opens the stream, and the descriptor. */
export type Stream = string;

export type Mode = 'read' | 'write';

/** A module of the kernel that keeps state for each process. */
export type Module = 'files' | 'memory' | 'signals';

export function streamSlot(process: Process, descriptor: number): Stream {
  return `${process}${descriptor}`;
}

declare const takes: unique symbol;

/** The name of a cell that takes these events. */
export type CellName<Sent> = string & { readonly [takes]: (event: Sent) => void };

/** The names of cells of each kind. A cell is sent the events of its machine without what is observed. */
type CellNames = {
  readonly [kind in KindName]: (...of: Kinds[kind]['of']) => CellName<SentOf<Kinds[kind]['event']>>;
};

/**
 * The name of a cell: the kind, and what the cell is one of, "stream p0@A". Stored traces contain
 * names: do not change one without a new trace version.
 */
export function nameOf(kind: KindName, ...of: readonly string[]): string {
  return of.length === 0 ? kind : `${kind} ${of.join('@')}`;
}

/** The same by kind, typed: `cell.stream('p0', 'A')`. */
export const cell = Object.fromEntries(
  kindNames.map((kind) => [kind, (...of: readonly string[]) => nameOf(kind, ...of)]),
) as unknown as CellNames;

/** The kind of a cell, by its name: "stream" of "stream p0@A". */
export function kindOf(name: string): KindName {
  return (name.split(' ', 1)[0] ?? name) as KindName;
}

/** What a cell is one of, by its name: "p0@A" of "stream p0@A". */
export function objectOf(name: string): string {
  return name.slice(kindOf(name).length + 1);
}
