/**
 * What cells hold, by number, and what views show of it.
 *
 *   Cells of one machine share their local states, so that XState runs once for all of them. A view
 *   is taken once of each local state, and what it shows is numbered too: local states of which it
 *   shows the same are one branch to whoever looks through it.
 */
import type { AnyStateMachine } from 'xstate';
import { canonical } from './canonical.ts';
import { doubled, sightOf } from './decisions.ts';
import type { Cell, Json, Local, View } from './protocol.ts';

export type Locals = {
  /** The tables of all views, for decisions: see there. */
  readonly tables: readonly Int32Array[];
  readonly at: (cell: number, id: number) => Local;
  readonly idOf: (cell: number, held: Local) => number;
  readonly countOf: (cell: number) => number;
  /** The number of a cell seen through a view. */
  readonly sightOf: (cell: number, view: View<Json>) => number;
  /** The number of what a table's view shows of this local state, which then stands in the table. */
  readonly show: (table: number, id: number) => number;
  /** What a view shows of this local state. */
  readonly shown: (cell: number, id: number, view: View<Json>) => Json;
};

type Kind = {
  readonly ids: Map<string, number>;
  readonly locals: Local[];
  readonly views: Map<View<Json>, Seen>;
};

/** One view of cells of one machine. */
type Seen = { readonly table: number; readonly ids: Map<string, number>; readonly shown: Json[] };

const FIRST_LOCALS = 64;

export function createLocals(cells: readonly Cell[]): Locals {
  const kinds = kindsOf(cells);
  const tables: Int32Array<ArrayBuffer>[] = [new Int32Array(0)];
  /** By table. */
  const looking: ((id: number) => void)[] = [() => undefined];

  return {
    tables,
    at: (cell, id) => kindAt(cell).locals[id] as Local,
    idOf,
    countOf: (cell) => kindAt(cell).locals.length,
    sightOf: (cell, view) => sightOf(cell, seenBy(kindAt(cell), view).table),
    show,
    shown,
  };

  function idOf(cell: number, held: Local): number {
    const { ids, locals, views } = kindAt(cell);
    const key = canonical(held);
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, locals.length);
    locals.push(held);
    for (const { table } of views.values()) makeRoom(table, locals.length);
    return locals.length - 1;
  }

  function show(table: number, id: number): number {
    looking[table]?.(id);
    return tables[table]?.[id] as number;
  }

  function shown(cell: number, id: number, view: View<Json>): Json {
    return shownOf(kindAt(cell), id, view);
  }

  function shownOf(kind: Kind, id: number, view: View<Json>): Json {
    const seen = seenBy(kind, view);
    const known = seen.shown[id];
    if (known !== undefined) return known;
    const fact = view(kind.locals[id] as Local);
    const key = canonical(fact);
    if (!seen.ids.has(key)) seen.ids.set(key, seen.ids.size + 1);
    (tables[seen.table] as Int32Array)[id] = seen.ids.get(key) as number;
    seen.shown[id] = fact;
    return fact;
  }

  function seenBy(kind: Kind, view: View<Json>): Seen {
    const known = kind.views.get(view);
    if (known !== undefined) return known;
    const seen: Seen = { table: tables.length, ids: new Map(), shown: [] };
    tables.push(new Int32Array(FIRST_LOCALS));
    looking.push((id) => shownOf(kind, id, view));
    makeRoom(seen.table, kind.locals.length);
    kind.views.set(view, seen);
    return seen;
  }

  /** A table always has a place for each local state, so that reading it needs no test. */
  function makeRoom(table: number, count: number): void {
    let held = tables[table] as Int32Array<ArrayBuffer>;
    while (held.length < count) held = doubled(held);
    tables[table] = held;
  }

  function kindAt(cell: number): Kind {
    return kinds[cell] as Kind;
  }
}

function kindsOf(cells: readonly Cell[]): readonly Kind[] {
  const kinds = new Map<AnyStateMachine, Kind>();
  return cells.map(({ machine }) => {
    const kind = kinds.get(machine) ?? { ids: new Map(), locals: [], views: new Map() };
    kinds.set(machine, kind);
    return kind;
  });
}
