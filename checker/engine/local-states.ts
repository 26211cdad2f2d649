/**
 * Local states by number, and the results of views on them.
 *
 *   Cells of one machine share their local states, so XState runs once for all of them. A view is
 *   computed once for each local state, and its result gets a number, too: local states with the same
 *   result are one branch for a claim or an observation that reads through the view.
 */
import type { AnyStateMachine } from 'xstate';
import { canonical } from '../text/canonical-json.ts';
import { createSample, type Sample } from './asked-twice.ts';
import { MOST_TABLES, sightOf, WHOLE, type Views } from './decision-trees.ts';
import { doubled, Outgrown } from '../storage/growing-array.ts';
import { createTextNumbers, type TextNumbers } from '../storage/text-numbers.ts';
import { forGood, plainly, type ValueOwner } from '../specification/plain-values.ts';
import { faultless } from '../specification/specification-error.ts';
import { clipped } from '../text/printable.ts';
import type { Cell, Local, View } from '../specification/protocol.ts';
import type { Json } from '../text/json.ts';

export type Locals = {
  /** The tables of all views, for decisions: see there. */
  readonly views: Views;
  readonly at: (cell: number, id: number) => Local;
  /** Plain JSON, frozen when it gets its number. */
  readonly idOf: (cell: number, held: Local, given: ValueOwner) => number;
  readonly countOf: (cell: number) => number;
  /** The number of the sight of a cell through a view. */
  readonly sightOf: (cell: number, view: View<Json>) => number;
  /** The number of the view's result for this local state; stores it in the table. */
  readonly show: (table: number, id: number) => number;
  /** The result of a view for this local state. */
  readonly shown: (cell: number, id: number, view: View<Json>) => Json;
  /** The view of a table; undefined for the table of the local states themselves. */
  readonly viewAt: (table: number) => View<Json> | undefined;
  /** The number of results of views, and how many of them were computed twice. */
  readonly sample: Sample;
};

type Kind = {
  readonly machine: string;
  readonly ids: TextNumbers;
  readonly locals: Local[];
  readonly seen: Map<View<Json>, Seen>;
};

/** One view of the cells of one machine: its results, by number, and the result for each local state. */
type Seen = {
  readonly table: number;
  readonly ids: Map<string, number>;
  readonly distinct: Json[];
  readonly facts: Json[];
};

const FIRST_TABLES = 64;
const FIRST_PLACES = 1 << 12;
const HOLDS = 'what views show of local states';

// oxlint-disable-next-line max-lines-per-function -- one table: its functions share the arrays, which move as they grow
export function createLocals(
  cells: readonly Cell[],
  { mostTables = MOST_TABLES }: { readonly mostTables?: number } = {},
): Locals {
  const kinds = kindsOf(cells);
  const views: Views = {
    starts: new Int32Array(FIRST_TABLES),
    shown: new Int32Array(FIRST_PLACES),
  };
  /** By table: the number of places for local states, and the function that computes the result for one. */
  const places: number[] = [];
  const looking: ((id: number) => void)[] = [];
  const viewsByTable: (View<Json> | undefined)[] = [];
  const sample = createSample();
  let used = 0;
  newTable(() => undefined);

  return {
    views,
    at: (cell, id) => kindAt(cell).locals[id] as Local,
    idOf,
    countOf: (cell) => kindAt(cell).locals.length,
    sightOf: (cell, view) => sightOf(cell, seenBy(kindAt(cell), view).table),
    show,
    shown: (cell, id, view) => factOf(kindAt(cell), id, view),
    viewAt: (table) => viewsByTable[table],
    sample,
  };

  function idOf(cell: number, held: Local, given: ValueOwner): number {
    const { ids, locals, seen } = kindAt(cell);
    const key = canonical(held);
    const known = ids.find(key);
    if (known !== undefined) return known;
    ids.add(key);
    locals.push(forGood(held, given));
    makeRoom(WHOLE, locals.length);
    for (const { table } of seen.values()) makeRoom(table, locals.length);
    return locals.length - 1;
  }

  function show(table: number, id: number): number {
    looking[table]?.(id);
    return views.shown[placeOf(table, id)] as number;
  }

  function factOf(kind: Kind, id: number, view: View<Json>): Json {
    const seen = seenBy(kind, view);
    const known = seen.facts[id];
    if (known !== undefined) return known;
    const local = kind.locals[id] as Local;
    const subject = (): string => `what ${viewName(view)} shows of machine ${kind.machine}`;
    const look = (): Json => faultless(() => view(local), subject);
    const given = { where: subject };
    const fact = plainly(look(), given);
    const key = canonical(fact);
    if (sample.isDue()) sample.askAgain(key, () => canonical(plainly(look(), given)), subject);
    const number = seen.ids.get(key) ?? seen.ids.size + 1;
    if (number > seen.ids.size) {
      seen.ids.set(key, number);
      seen.distinct.push(forGood(fact, given));
    }
    views.shown[placeOf(seen.table, id)] = number;
    return (seen.facts[id] = seen.distinct[number - 1] as Json);
  }

  function seenBy(kind: Kind, view: View<Json>): Seen {
    const known = kind.seen.get(view);
    if (known !== undefined) return known;
    const table = newTable((id) => factOf(kind, id, view), view);
    makeRoom(table, kind.locals.length);
    const seen: Seen = { table, ids: new Map(), distinct: [], facts: [] };
    kind.seen.set(view, seen);
    return seen;
  }

  function newTable(look: (id: number) => void, view?: View<Json>): number {
    if (looking.length === mostTables) throw new Outgrown(tooManyViews(mostTables, view));
    viewsByTable.push(view);
    const table = looking.push(look) - 1;
    places.push(0);
    if (table === views.starts.length) views.starts = doubled(views.starts, HOLDS);
    return table;
  }

  /** A table always has a place for each local state, so a reader needs no bounds check. */
  function makeRoom(table: number, count: number): void {
    const held = places[table] as number;
    if (count <= held) return;
    const larger = Math.max(count, 2 * held);
    while (used + larger > views.shown.length) views.shown = doubled(views.shown, HOLDS);
    const start = placeOf(table, 0);
    views.shown.copyWithin(used, start, start + held);
    if (table === WHOLE) for (let id = held; id < larger; id++) views.shown[used + id] = id;
    views.starts[table] = used;
    places[table] = larger;
    used += larger;
  }

  function placeOf(table: number, id: number): number {
    return (views.starts[table] as number) + id;
  }

  function kindAt(cell: number): Kind {
    return kinds[cell] as Kind;
  }
}

function kindsOf(cells: readonly Cell[]): readonly Kind[] {
  const kinds = new Map<AnyStateMachine, Kind>();
  return cells.map(({ machine }) => {
    const kind = kinds.get(machine) ?? {
      machine: machine.id,
      ids: createTextNumbers(),
      locals: [],
      seen: new Map(),
    };
    kinds.set(machine, kind);
    return kind;
  });
}

/** The name of a view; a view without a name is shown by the beginning of its source. */
export function viewName(view: View<Json>): string {
  return `view ${view.name === '' || view.name === 'view' ? clipped(view.toString(), 60) : view.name}`;
}

function tooManyViews(most: number, view: View<Json> | undefined): string {
  const last = view === undefined ? '' : ` (the last is ${viewName(view)})`;
  return `${most} views are the most that are supported${last}; declare each once, at the top of its module`;
}
