/**
 * Numbered deliveries, and the stored outcomes of each, by the cells that it read.
 *
 *   Most deliveries read only their own cell. Their outcomes are in tables, by local state, and cells of
 *   one machine share the table of an event: so the tables are small enough for the nearest cache, and
 *   an outcome is found without a search. Every other delivery has a question of its own.
 */
import type { AnyStateMachine } from 'xstate';
import { canonical } from '../text/canonical-json.ts';
import { createDecisions, unknown, type Views } from './decision-trees.ts';
import { doubled } from '../storage/growing-array.ts';
import { forGood, type ValueOwner } from '../specification/plain-values.ts';
import { createTextNumbers, type TextNumbers } from '../storage/text-numbers.ts';
import type { Cell, Event, Protocol } from '../specification/protocol.ts';

export type Deliveries = {
  /** Plain JSON, frozen when it gets its number. */
  readonly idOf: (cell: number, event: Event, given: ValueOwner) => number;
  readonly cellOf: (delivery: number) => number;
  readonly eventOf: (delivery: number) => Event;
  /** Whether its event is a fault. */
  readonly isFault: (delivery: number) => boolean;
  readonly count: () => number;
  /** The outcome in this row, or `unknown`. */
  readonly ask: (delivery: number, row: Int32Array) => number;
  /** The data that `ask` reads, for the one loop that asks most often: see `perform` in system.ts. */
  readonly tables: Tables;
  /** The questions of deliveries with a question of their own, by number. */
  readonly askQuestion: (question: number, row: Int32Array) => number;
  /** Stores an outcome (not negative) under the sights that led to it, the delivery's own cell first. */
  readonly learn: (
    delivery: number,
    row: Int32Array,
    sights: readonly number[],
    outcome: number,
  ) => void;
  readonly size: () => { readonly nodes: number; readonly answers: number; readonly bytes: number };
};

/** These arrays are replaced when they grow: read them again after `idOf` and `learn`. */
export type Tables = {
  /** See `factsAt`. */
  facts: Int32Array<ArrayBuffer>;
  /** Outcomes as complements; zero is unknown. */
  pool: Int32Array<ArrayBuffer>;
};

/** Outcomes by local state, for one event of one machine; `start` is its index in the pool. */
type Table = { readonly sharers: number[]; start: number; length: number };

/**
 * The index of a delivery's facts. The frequently used facts are next to each other: its cell, the length
 * and the start of its table, and whether it is a fault. A delivery with a question of its own has the
 * question in place of the start, and a length below zero.
 */
export function factsAt(delivery: number): number {
  return delivery << STRIDE_BITS;
}

const STRIDE_BITS = 2;
const OWN_QUESTION = -1;
const HOLDS = 'the outcomes kept of events';

// oxlint-disable-next-line max-lines-per-function -- one table: its functions share the arrays, which move as they grow
export function createDeliveries({ cells, faults }: Protocol, views: Views): Deliveries {
  const decisions = createDecisions(views);
  const ids = cells.map(() => createTextNumbers());
  /** By cell, and by the number of the event's text in that cell. */
  const numbers: number[][] = cells.map(() => []);
  const events: Event[] = [];
  const shared = new Map<AnyStateMachine, Map<string, Table>>();
  const tableOf: (Table | undefined)[] = [];
  const tables: Tables = { facts: new Int32Array(1 << 10), pool: new Int32Array(1 << 12) };
  let used = 0;
  let answers = 0;

  return {
    idOf,
    cellOf: (delivery) => tables.facts[factsAt(delivery)] as number,
    eventOf: (delivery) => events[delivery] as Event,
    isFault: (delivery) => tables.facts[factsAt(delivery) + 3] === 1,
    count: () => events.length,
    ask,
    tables,
    askQuestion: decisions.ask,
    learn,
    size,
  };

  function ask(delivery: number, row: Int32Array): number {
    const { facts, pool } = tables;
    const at = factsAt(delivery);
    const id = row[facts[at] as number] as number;
    const length = facts[at + 1] as number;
    if (id < length) return ~(pool[(facts[at + 2] as number) + id] as number);
    return length < 0 ? decisions.ask(facts[at + 2] as number, row) : unknown;
  }

  function learn(
    delivery: number,
    row: Int32Array,
    sights: readonly number[],
    outcome: number,
  ): void {
    const at = factsAt(delivery);
    const table = tableOf[delivery];
    if (table === undefined) {
      decisions.learn(tables.facts[at + 2] as number, row, sights, outcome);
      return;
    }
    const id = row[tables.facts[at] as number] as number;
    if (id >= table.length) lengthen(table, id + 1);
    tables.pool[table.start + id] = ~outcome;
    answers++;
  }

  function idOf(cell: number, event: Event, given: ValueOwner): number {
    const ofCell = ids[cell] as TextNumbers;
    const numbersOfCell = numbers[cell] as number[];
    const key = canonical(event);
    const known = ofCell.find(key);
    if (known !== undefined) return numbersOfCell[known] as number;
    const id = events.length;
    const { machine, observes } = cells[cell] as Cell;
    numbersOfCell[ofCell.add(key)] = id;
    events.push(forGood(event, given));
    const at = factsAt(id);
    while (factsAt(id + 1) > tables.facts.length) tables.facts = doubled(tables.facts, HOLDS);
    tables.facts[at] = cell;
    tables.facts[at + 3] = faults.has(event.type) ? 1 : 0;
    if (!Object.hasOwn(observes, event.type)) {
      const table = sharedTable(machine, key);
      tableOf.push(table);
      table.sharers.push(id);
      place(table);
    } else {
      tableOf.push(undefined);
      tables.facts[at + 1] = OWN_QUESTION;
      tables.facts[at + 2] = decisions.question(cell);
    }
    return id;
  }

  function sharedTable(machine: AnyStateMachine, event: string): Table {
    const ofMachine = shared.get(machine) ?? new Map<string, Table>();
    const table = ofMachine.get(event) ?? { sharers: [], start: 0, length: 0 };
    shared.set(machine, ofMachine.set(event, table));
    return table;
  }

  function lengthen(table: Table, least: number): void {
    const length = Math.max(least, 2 * table.length);
    while (used + length > tables.pool.length) tables.pool = doubled(tables.pool, HOLDS);
    tables.pool.copyWithin(used, table.start, table.start + table.length);
    Object.assign(table, { start: used, length });
    used += length;
    place(table);
  }

  function place({ sharers, start, length }: Table): void {
    for (const delivery of sharers) tables.facts.set([length, start], factsAt(delivery) + 1);
  }

  function size(): { nodes: number; answers: number; bytes: number } {
    const questions = decisions.size();
    return {
      nodes: questions.nodes,
      answers: questions.answers + answers,
      bytes: questions.bytes + 4 * (used + factsAt(events.length)),
    };
  }
}
