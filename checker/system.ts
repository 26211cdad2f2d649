/**
 * A protocol made fast: every local state and every delivery is a small integer.
 *
 *   A world is an `Int32Array`, one local state's number for each cell. A delivery is a pair of
 *   cell and event. What a delivery does is asked of XState once for each combination of the
 *   cells it reads, and kept (see decisions.ts). After that a step is a few look-ups.
 *
 * XState stays the only source of truth: `remember: false` forgets everything at once, and the
 * two must agree on every world (a test compares them).
 */
import type { AnyStateMachine } from 'xstate';
import { canonical } from './canonical.ts';
import { createDecisions, doubled, unknown } from './decisions.ts';
import { advance, refused, type Advanced } from './machine.ts';
import type { Cell, Event, Local, Look, Protocol } from './protocol.ts';

/** Effects deeper than this are taken for a loop. */
export const DEEPEST_CASCADE = 16;

/** A cell got an event that its state does not take: the specification has a hole, or the kernel a fault. */
export type Unspecified = {
  readonly cell: string;
  readonly event: Event;
  readonly local: Local;
  readonly why: 'refused' | 'too deep';
};

/** One delivery of a cascade, for people: which cell took which event, and what it held then. */
export type Delivery = {
  readonly cell: string;
  readonly event: Event;
  readonly before: Local;
  readonly after: Local;
  readonly depth: number;
};

export type System = {
  readonly protocol: Protocol;
  readonly width: number;
  readonly initial: () => Int32Array;
  /** The deliveries a cell offers of itself in this local state; a guard may still refuse each. */
  readonly offers: (cell: number, local: number) => Int32Array;
  /** Fills `into` with the enabled deliveries of this world, in the order of cells; returns how many. */
  readonly enabled: (row: Int32Array, into: Int32Array) => number;
  /** Whether this delivery may happen now. */
  readonly isEnabled: (row: Int32Array, delivery: number) => boolean;
  /**
   * Performs a delivery and its effects on the row itself. Returns false, and leaves the row as it
   * was, where the delivery is not enabled. What changed stands in `changes` until the next call.
   */
  readonly perform: (row: Int32Array, delivery: number) => boolean;
  /** Puts back what the last `perform` changed. */
  readonly undo: (row: Int32Array) => void;
  readonly changes: { count: number; cells: Int32Array; before: Int32Array };
  /** Set when a delivery inside the last step met an event that its cell does not take. */
  readonly unspecified: () => Unspecified | undefined;
  /** The same step, told delivery by delivery. Runs XState; for replay and for costs. */
  readonly tell: (row: Int32Array, delivery: number) => readonly Delivery[];
  readonly delivery: (cell: string, event: Event) => number;
  readonly cellOf: (delivery: number) => number;
  readonly eventOf: (delivery: number) => Event;
  readonly indexOf: (cell: string) => number;
  readonly local: (cell: number, id: number) => Local;
  readonly localId: (cell: number, local: Local) => number;
  readonly localsOf: (cell: number) => number;
  /** Reads this row by cell name; `onRead` hears of every cell read. */
  readonly look: (row: Int32Array, onRead?: (cell: number) => void) => Look;
  readonly statistics: () => Statistics;
};

export type Statistics = {
  /** How often XState ran. */
  readonly machineRuns: number;
  /** Distinct (cell, event). */
  readonly deliveries: number;
  readonly decisionNodes: number;
  readonly decisionAnswers: number;
  readonly decisionBytes: number;
  /** Local states met, by cell. */
  readonly census: readonly { readonly cell: string; readonly locals: number }[];
};

/** Outcome numbers: what a delivery does, given what it read. */
const REFUSED = 0;

export function createSystem(
  protocol: Protocol,
  { remember = true }: { readonly remember?: boolean } = {},
): System {
  const cells = protocol.cells;
  const names = new Map(cells.map((cell, index) => [cell.name, index]));
  if (names.size !== cells.length) throw new Error(`${protocol.name}: two cells of one name`);
  const kinds = kindsOf(cells);
  const decisions = createDecisions();
  const kept = new Map<AnyStateMachine, Map<string, Advanced | typeof refused>>();
  let machineRuns = 0;

  // Deliveries: (cell, event) pairs.
  const deliveryIds = cells.map(() => new Map<string, number>());
  const deliveryEvents: Event[] = [];
  let deliveryCell = new Int32Array(256);
  let deliveryQuestion = new Int32Array(256);

  // Outcomes: the next local state of the cell, and the effects as deliveries.
  let outcomes = 1;
  let outcomeNext = new Int32Array(1024);
  let outcomeFirst = new Int32Array(1024);
  let outcomeCount = new Int32Array(1024);
  let effects = new Int32Array(1024);
  let effectsUsed = 0;
  const outcomeIds = new Map<string, number>();

  const offered: (Int32Array | undefined)[][] = cells.map(() => []);
  const changes = {
    count: 0,
    cells: new Int32Array(4096),
    before: new Int32Array(4096),
  };
  let hole: Unspecified | undefined;

  return {
    protocol,
    width: cells.length,
    initial: () => Int32Array.from(cells, (cell, index) => localId(index, cell.initial)),
    offers,
    enabled,
    isEnabled: (row, delivery) => outcomeFor(row, delivery) !== REFUSED,
    perform,
    undo,
    changes,
    unspecified: () => hole,
    tell,
    delivery: (cell, event) => deliveryFor(indexOf(cell), event),
    cellOf: (delivery) => deliveryCell[delivery] as number,
    eventOf: (delivery) => deliveryEvents[delivery] as Event,
    indexOf,
    local,
    localId,
    localsOf: (cell) => kindAt(cell).locals.length,
    look,
    statistics,
  };

  function enabled(row: Int32Array, into: Int32Array): number {
    let count = 0;
    for (let cell = 0; cell < cells.length; cell++) {
      const offer = offers(cell, row[cell] as number);
      for (let index = 0; index < offer.length; index++) {
        const delivery = offer[index] as number;
        if (outcomeFor(row, delivery) !== REFUSED) into[count++] = delivery;
      }
    }
    return count;
  }

  function offers(cell: number, id: number): Int32Array {
    const known = (offered[cell] as (Int32Array | undefined)[])[id];
    if (known !== undefined) return known;
    const events = cellAt(cell).offers(local(cell, id));
    const found = Int32Array.from(events, (event) => deliveryFor(cell, event));
    (offered[cell] as (Int32Array | undefined)[])[id] = found;
    return found;
  }

  function perform(row: Int32Array, delivery: number): boolean {
    changes.count = 0;
    hole = undefined;
    const outcome = outcomeFor(row, delivery);
    if (outcome === REFUSED) return false;
    settle(row, delivery, outcome, 1);
    return true;
  }

  function settle(row: Int32Array, delivery: number, outcome: number, depth: number): void {
    const cell = deliveryCell[delivery] as number;
    const next = outcomeNext[outcome] as number;
    const before = row[cell] as number;
    if (next !== before) {
      changes.cells[changes.count] = cell;
      changes.before[changes.count] = before;
      changes.count++;
      row[cell] = next;
    }
    const first = outcomeFirst[outcome] as number;
    const beyond = first + (outcomeCount[outcome] as number);
    for (let index = first; index < beyond; index++) {
      const effect = effects[index] as number;
      const effectOutcome = outcomeFor(row, effect);
      if (effectOutcome === REFUSED || depth === DEEPEST_CASCADE) {
        hole ??= holeAt(row, effect, depth === DEEPEST_CASCADE ? 'too deep' : 'refused');
        return;
      }
      settle(row, effect, effectOutcome, depth + 1);
      if (hole !== undefined) return;
    }
  }

  function holeAt(row: Int32Array, delivery: number, why: Unspecified['why']): Unspecified {
    const cell = deliveryCell[delivery] as number;
    return {
      cell: cellAt(cell).name,
      event: deliveryEvents[delivery] as Event,
      local: local(cell, row[cell] as number),
      why,
    };
  }

  function undo(row: Int32Array): void {
    for (let index = changes.count - 1; index >= 0; index--) {
      row[changes.cells[index] as number] = changes.before[index] as number;
    }
    changes.count = 0;
  }

  function outcomeFor(row: Int32Array, delivery: number): number {
    const known = remember ? decisions.ask(deliveryQuestion[delivery] as number, row) : unknown;
    return known === unknown ? findOutcome(row, delivery) : known;
  }

  /** The slow way, once for each combination of what the delivery reads. */
  function findOutcome(row: Int32Array, delivery: number): number {
    const cell = deliveryCell[delivery] as number;
    const read: number[] = [cell];
    const advanced = runMachine(row, delivery, (other) => {
      if (!read.includes(other)) read.push(other);
    });
    const outcome = advanced === refused ? REFUSED : outcomeOf(cell, advanced);
    if (remember) {
      decisions.learn(deliveryQuestion[delivery] as number, row, read, outcome);
    }
    return outcome;
  }

  function runMachine(
    row: Int32Array,
    delivery: number,
    onRead: (cell: number) => void,
  ): Advanced | typeof refused {
    const cell = deliveryCell[delivery] as number;
    const spec = cellAt(cell);
    const event = withFacts(row, delivery, onRead);
    const before = local(cell, row[cell] as number);
    if (!remember) {
      machineRuns++;
      return advance(spec.machine, before, event);
    }
    const key = `${row[cell]} ${canonical(event)}`;
    const known = kept.get(spec.machine)?.get(key);
    if (known !== undefined) return known;
    machineRuns++;
    const found = advance(spec.machine, before, event);
    const ofMachine = kept.get(spec.machine) ?? new Map<string, Advanced | typeof refused>();
    kept.set(spec.machine, ofMachine.set(key, found));
    return found;
  }

  function withFacts(row: Int32Array, delivery: number, onRead: (cell: number) => void): Event {
    const event = deliveryEvents[delivery] as Event;
    const observe = cellAt(deliveryCell[delivery] as number).observes[event.type];
    return observe === undefined ? event : { ...event, ...observe(look(row, onRead), event) };
  }

  function outcomeOf(cell: number, { next, effects: told }: Advanced): number {
    const nextId = localId(cell, next);
    const deliveries = told.map((effect) => deliveryFor(indexOf(effect.to), effect.event));
    const key = `${nextId}:${deliveries.join(',')}`;
    const known = outcomeIds.get(key);
    if (known !== undefined) return known;
    if (outcomes === outcomeNext.length) {
      outcomeNext = doubled(outcomeNext);
      outcomeFirst = doubled(outcomeFirst);
      outcomeCount = doubled(outcomeCount);
    }
    while (effectsUsed + deliveries.length > effects.length) effects = doubled(effects);
    outcomeNext[outcomes] = nextId;
    outcomeFirst[outcomes] = effectsUsed;
    outcomeCount[outcomes] = deliveries.length;
    for (const delivery of deliveries) effects[effectsUsed++] = delivery;
    outcomeIds.set(key, outcomes);
    return outcomes++;
  }

  function tell(row: Int32Array, delivery: number): readonly Delivery[] {
    const story: Delivery[] = [];
    const scratch = row.slice();
    tellOne(delivery, 1);
    return story;

    function tellOne(told: number, depth: number): void {
      const cell = deliveryCell[told] as number;
      const before = local(cell, scratch[cell] as number);
      const advanced = runMachine(scratch, told, () => undefined);
      if (advanced === refused || depth > DEEPEST_CASCADE) return;
      const event = withFacts(scratch, told, () => undefined);
      scratch[cell] = localId(cell, advanced.next);
      story.push({ cell: cellAt(cell).name, event, before, after: advanced.next, depth });
      for (const effect of advanced.effects) {
        tellOne(deliveryFor(indexOf(effect.to), effect.event), depth + 1);
      }
    }
  }

  function look(row: Int32Array, onRead?: (cell: number) => void): Look {
    return (name) => {
      const cell = indexOf(name);
      onRead?.(cell);
      return local(cell, row[cell] as number);
    };
  }

  function deliveryFor(cell: number, event: Event): number {
    const ids = deliveryIds[cell] as Map<string, number>;
    const key = canonical(event);
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = deliveryEvents.length;
    if (id === deliveryCell.length) {
      deliveryCell = doubled(deliveryCell);
      deliveryQuestion = doubled(deliveryQuestion);
    }
    deliveryEvents.push(event);
    deliveryCell[id] = cell;
    deliveryQuestion[id] = decisions.question(cell);
    ids.set(key, id);
    return id;
  }

  function indexOf(name: string): number {
    const index = names.get(name);
    if (index === undefined) throw new Error(`${protocol.name} has no cell "${name}"`);
    return index;
  }

  function cellAt(index: number): Cell {
    return cells[index] as Cell;
  }

  function kindAt(cell: number): Kind {
    return kinds[cell] as Kind;
  }

  function local(cell: number, id: number): Local {
    return kindAt(cell).locals[id] as Local;
  }

  function localId(cell: number, held: Local): number {
    const kind = kindAt(cell);
    const key = canonical(held);
    const known = kind.ids.get(key);
    if (known !== undefined) return known;
    kind.ids.set(key, kind.locals.length);
    kind.locals.push(held);
    return kind.locals.length - 1;
  }

  function statistics(): Statistics {
    const { nodes, answers, bytes } = decisions.size();
    return {
      machineRuns,
      deliveries: deliveryEvents.length,
      decisionNodes: nodes,
      decisionAnswers: answers,
      decisionBytes: bytes,
      census: cells.map((cell, index) => ({
        cell: cell.name,
        locals: kindAt(index).locals.length,
      })),
    };
  }
}

/** Cells of one machine share their local states, so that XState runs once for all of them. */
type Kind = { readonly ids: Map<string, number>; readonly locals: Local[] };

function kindsOf(cells: readonly Cell[]): readonly Kind[] {
  const kinds = new Map<AnyStateMachine, Kind>();
  return cells.map(({ machine }) => {
    const kind = kinds.get(machine) ?? { ids: new Map(), locals: [] };
    kinds.set(machine, kind);
    return kind;
  });
}
