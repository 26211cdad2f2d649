/**
 * A protocol made fast: every local state and every delivery is a small integer.
 *
 *   A world is an `Int32Array`, one local state's number for each cell. A delivery is a pair of
 *   cell and event. What a delivery does is asked of XState once for each combination of the
 *   cells it reads, and kept (see deliveries.ts). After that a step is a few look-ups.
 *
 * XState stays the only source of truth: `remember: false` forgets everything at once, and the
 * two must agree on every world (a test compares them).
 */
import type { AnyStateMachine, AnyTransitionDefinition } from 'xstate';
import { canonical } from '../text/canonical-json.ts';
import { cellSeen, MOST_CELLS, unknown, type Views } from './decision-trees.ts';
import { createDeliveries, factsAt } from './deliveries.ts';
import { createLists } from '../storage/integer-lists.ts';
import { createLocals } from './local-states.ts';
import { refuseUnsound, soundOffer } from './refused-protocols.ts';
import { advance, holdsMore, refused, timersDue, type Advanced } from './xstate.ts';
import { faultless, ModelFault } from '../specification/specification-error.ts';
import { narrowed } from './tracked-reads.ts';
import { didYouMean } from '../text/nearest-name.ts';
import type {
  Cell,
  Effect,
  Event,
  Local,
  Look,
  Protocol,
  View,
} from '../specification/protocol.ts';
import type { Json } from '../text/json.ts';

/** Effects deeper than this are taken for a loop. */
export const DEEPEST_CASCADE = 16;

/** In one step; a cell may change more than once. */
const MOST_CHANGES = 4096;

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
  /** The deliveries of an enabled step, its own first, each effect where it is delivered. */
  readonly trail: (row: Int32Array, delivery: number) => readonly number[];
  /** The same step, told delivery by delivery. Runs XState; for replay and for costs. */
  readonly tell: (row: Int32Array, delivery: number) => readonly Delivery[];
  readonly delivery: (cell: string, event: Event) => number;
  readonly cellOf: (delivery: number) => number;
  readonly eventOf: (delivery: number) => Event;
  /** Whether its event is one of the protocol's faults. */
  readonly isFault: (delivery: number) => boolean;
  readonly indexOf: (cell: string) => number;
  readonly local: (cell: number, id: number) => Local;
  readonly localId: (cell: number, local: Local) => number;
  readonly localsOf: (cell: number) => number;
  /** Reads this row by cell name; `onSight` hears of every cell, or cell through a view, looked at. */
  readonly look: (row: Int32Array, onSight?: (sight: number) => void) => Look;
  /** The cells that may hold more than state and context: see tracked-reads.ts. */
  readonly holdMore: ReadonlySet<string>;
  /** The tables of all views, for decisions about rows of this system. */
  readonly views: Views;
  /** The number of what a table's view shows of a local state, which then stands in the table. */
  readonly show: (table: number, local: number) => number;
  /** The transitions that some delivery asked about so far would take, or took: see transition-coverage.ts. */
  readonly taken: () => ReadonlySet<AnyTransitionDefinition>;
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

/**
 * An outcome is one integer. Odd: the cell's next local state alone. Even: where that state and the
 * effects stand as a list. Zero: a guard refuses the delivery, or no transition takes it.
 */
const REFUSED = 0;

/** The end of a list of effects, in `perform`, for a delivery that is nobody's effect. */
const NO_EFFECTS = -1;

function isAlone(outcome: number): boolean {
  return (outcome & 1) !== 0;
}

export function createSystem(
  protocol: Protocol,
  { remember = true }: { readonly remember?: boolean } = {},
): System {
  refuseUnsound(protocol);
  const cells = protocol.cells;
  const width = cells.length;
  const names = new Map(cells.map((cell, index) => [cell.name, index]));
  if (width > MOST_CELLS) throw new Error(`${protocol.name}: more than ${MOST_CELLS} cells`);
  const holdMore = new Set(
    cells.filter(({ machine }) => holdsMore(machine)).map(({ name }) => name),
  );
  const locals = createLocals(cells);
  const deliveries = createDeliveries(protocol, locals.views);
  const kept = new Map<AnyStateMachine, Map<string, Advanced | typeof refused>>();
  const taken = new Set<AnyTransitionDefinition>();
  let machineRuns = 0;

  /** Of outcomes with effects: the cell's next local state, then the effects. */
  const outcomes = createLists();

  const offered: Int32Array[][] = cells.map(() => []);
  const changes = {
    count: 0,
    cells: new Int32Array(MOST_CHANGES),
    before: new Int32Array(MOST_CHANGES),
  };
  /** The lists whose effects `perform` is delivering, outermost first: where each goes on, and its end. */
  const pendingAt = new Int32Array(DEEPEST_CASCADE);
  const pendingLast = new Int32Array(DEEPEST_CASCADE);
  let hole: Unspecified | undefined;

  return {
    protocol,
    width,
    initial: () => Int32Array.from(cells, (cell, index) => locals.idOf(index, cell.initial)),
    offers,
    enabled,
    isEnabled: (row, delivery) => outcomeFor(row, delivery) !== REFUSED,
    perform,
    undo,
    changes,
    unspecified: () => hole,
    trail,
    tell,
    delivery: (cell, event) => deliveries.idOf(indexOf(cell), event),
    cellOf: deliveries.cellOf,
    eventOf: deliveries.eventOf,
    isFault: deliveries.isFault,
    indexOf,
    local: locals.at,
    localId: locals.idOf,
    localsOf: locals.countOf,
    look,
    holdMore,
    views: locals.views,
    show: locals.show,
    taken: () => taken,
    statistics,
  };

  function enabled(row: Int32Array, into: Int32Array): number {
    let count = 0;
    for (let cell = 0; cell < width; cell++) {
      const offer = offers(cell, row[cell] as number);
      for (let index = 0; index < offer.length; index++) {
        const delivery = offer[index] as number;
        if (outcomeFor(row, delivery) !== REFUSED) into[count++] = delivery;
      }
    }
    return count;
  }

  function offers(cell: number, id: number): Int32Array {
    return (offered[cell] as Int32Array[])[id] ?? findOffers(cell, id);
  }

  function findOffers(cell: number, id: number): Int32Array {
    const ofCell = offered[cell] as Int32Array[];
    // In order of their numbers: a list without holes reads fast.
    for (let next = ofCell.length; next <= id; next++) {
      const local = locals.at(cell, next);
      const events = faultless(
        () => offeredIn(cell, local),
        () => `what ${whereIs(cell, local)} offers`,
      );
      ofCell.push(Int32Array.from(events, (event) => deliveries.idOf(cell, event)));
    }
    return ofCell[id] as Int32Array;
  }

  /** What the cell says, then the timers that may go off. */
  function offeredIn(cell: number, local: Local): readonly Event[] {
    const { machine, offers: offersOf } = cellAt(cell);
    const where = (): string => whereIs(cell, local);
    return [
      ...offersOf(local).map((event) => soundOffer(where, machine, event)),
      ...timersDue(machine, local),
    ];
  }

  /**
   * What a delivery does, then each of its effects with all that follows from it, in order. Half of
   * a search goes by here, so it is one loop: it asks as `deliveries.ask` does, and holds what it
   * reads in variables of its own, which `findOutcome` may move. Where nothing is remembered, every
   * outcome is unknown. A row in which a cascade met a fault of the model is lost: it is not undone.
   */
  function perform(row: Int32Array, delivery: number): boolean {
    let { facts, pool } = deliveries.tables;
    let { values } = outcomes;
    const { cells: changedCells, before: changedBefore } = changes;
    hole = undefined;
    changes.count = 0;
    let count = 0;
    let depth = 0;
    let next = delivery;
    let at = NO_EFFECTS;
    let last = NO_EFFECTS;
    for (;;) {
      const fact = factsAt(next);
      const cell = facts[fact] as number;
      const before = row[cell] as number;
      const length = facts[fact + 1] as number;
      const start = facts[fact + 2] as number;
      let outcome: number;
      if (before < length) outcome = ~(pool[start + before] as number);
      else outcome = length < 0 ? deliveries.askQuestion(start, row) : unknown;
      if (outcome < REFUSED) {
        outcome = findOutcome(row, next) | 0;
        ({ facts, pool } = deliveries.tables);
        ({ values } = outcomes);
      }
      if (outcome === REFUSED) {
        if (last === NO_EFFECTS) return false;
        hole = holeAt(row, next, 'refused');
        break;
      }
      let after = outcome >> 1;
      if (!isAlone(outcome)) {
        pendingAt[depth] = at;
        pendingLast[depth] = last;
        depth = (depth + 1) | 0;
        at = (after + 2) | 0;
        last = (after + (values[after] as number)) | 0;
        after = values[after + 1] as number;
      }
      // Counted and not asked: whether it is a change is hard to foresee, for a branch.
      const difference = before ^ after;
      changedCells[count] = cell;
      changedBefore[count] = before;
      count = (count + ((difference | -difference) >>> 31)) | 0;
      row[cell] = after;
      if (depth === DEEPEST_CASCADE) {
        const effect = values[at] as number;
        const isRefused = outcomeFor(row, effect) === REFUSED;
        hole = holeAt(row, effect, isRefused ? 'refused' : 'too deep');
        break;
      }
      while (at > last) {
        depth = (depth - 1) | 0;
        at = pendingAt[depth] as number;
        last = pendingLast[depth] as number;
      }
      if (last === NO_EFFECTS) break;
      next = values[at] as number;
      at = (at + 1) | 0;
    }
    changes.count = count;
    return true;
  }

  function holeAt(row: Int32Array, delivery: number, why: Unspecified['why']): Unspecified {
    const cell = deliveries.cellOf(delivery);
    return {
      cell: cellAt(cell).name,
      event: deliveries.eventOf(delivery),
      local: locals.at(cell, row[cell] as number),
      why,
    };
  }

  function undo(row: Int32Array): void {
    for (let index = changes.count - 1; index >= 0; index--) {
      row[changes.cells[index] as number] = changes.before[index] as number;
    }
    changes.count = 0;
  }

  function trail(row: Int32Array, delivery: number): readonly number[] {
    const scratch = row.slice();
    const passed: number[] = [];
    follow(delivery, 1);
    return passed;

    function follow(next: number, depth: number): void {
      const outcome = outcomeFor(scratch, next);
      if (outcome === REFUSED || depth > DEEPEST_CASCADE) return;
      passed.push(next);
      const cell = deliveries.cellOf(next);
      if (isAlone(outcome)) {
        scratch[cell] = outcome >> 1;
        return;
      }
      const first = outcome >> 1;
      scratch[cell] = outcomes.values[first + 1] as number;
      const last = first + (outcomes.values[first] as number);
      for (let at = first + 2; at <= last; at++) follow(outcomes.values[at] as number, depth + 1);
    }
  }

  function outcomeFor(row: Int32Array, delivery: number): number {
    const known = remember ? deliveries.ask(delivery, row) : unknown;
    // `| 0` tells the compiler that both are integers: it would box them else.
    return known === unknown ? findOutcome(row, delivery) | 0 : known;
  }

  /** The slow way, once for each combination of what the delivery looks at. */
  function findOutcome(row: Int32Array, delivery: number): number {
    const cell = deliveries.cellOf(delivery);
    const sights: number[] = [cell];
    const advanced = runMachine(row, delivery, (sight) => {
      if (cellSeen(sight) !== cell && !sights.includes(sight)) sights.push(sight);
    });
    const outcome = advanced === refused ? REFUSED : outcomeOf(cell, advanced);
    if (remember) deliveries.learn(delivery, row, sights, outcome);
    return outcome;
  }

  function runMachine(
    row: Int32Array,
    delivery: number,
    onSight: (sight: number) => void,
  ): Advanced | typeof refused {
    const cell = deliveries.cellOf(delivery);
    const { machine } = cellAt(cell);
    const before = locals.at(cell, row[cell] as number);
    const told = (): string =>
      `${whereIs(cell, before)}, event ${deliveries.eventOf(delivery).type},`;
    const text = faultless(() => canonical(withFacts(row, delivery, onSight)), told);
    const key = `${row[cell]} ${text}`;
    const known = remember ? kept.get(machine)?.get(key) : undefined;
    if (known !== undefined) return known;
    machineRuns++;
    // From its text: a fact may still be a look at a row that will have changed when it is read.
    const found = faultless(() => advance(machine, before, JSON.parse(text) as Event, told), told);
    if (found !== refused) for (const each of found.by) taken.add(each);
    if (!remember) return found;
    const ofMachine = kept.get(machine) ?? new Map<string, Advanced | typeof refused>();
    kept.set(machine, ofMachine.set(key, found));
    return found;
  }

  /** Narrow looks where answers are kept: what an event does depends on what was taken, and on no more. */
  function withFacts(row: Int32Array, delivery: number, onSight: (sight: number) => void): Event {
    const event = deliveries.eventOf(delivery);
    const observe = cellAt(deliveries.cellOf(delivery)).observes[event.type];
    if (observe === undefined) return event;
    const seen = look(row, onSight);
    return { ...event, ...observe(remember ? narrowed(seen, holdMore) : seen, event) };
  }

  function outcomeOf(cell: number, { next, effects }: Advanced): number {
    const after = locals.idOf(cell, next);
    if (effects.length === 0) return 2 * after + 1;
    return 2 * outcomes.idOf([after, ...effects.map((effect) => effectOf(cell, effect))]);
  }

  function effectOf(cell: number, { to, event }: Effect): number {
    const index = names.get(to);
    if (index !== undefined) return deliveries.idOf(index, event);
    const near = didYouMean(to, [...names.keys()]);
    throw new ModelFault(
      `${cellAt(cell).name} tells "${to}" the event ${event.type}: no cell is called so${near}`,
    );
  }

  /** "file f in state present of machine file". */
  function whereIs(cell: number, { value }: Local): string {
    const { name, machine } = cellAt(cell);
    const state = typeof value === 'string' ? value : canonical(value);
    return `${name} in state ${state} of machine ${machine.id}`;
  }

  function tell(row: Int32Array, delivery: number): readonly Delivery[] {
    const story: Delivery[] = [];
    const scratch = row.slice();
    tellOne(delivery, 1);
    return story;

    function tellOne(told: number, depth: number): void {
      const cell = deliveries.cellOf(told);
      const before = locals.at(cell, scratch[cell] as number);
      const advanced = runMachine(scratch, told, () => undefined);
      if (advanced === refused || depth > DEEPEST_CASCADE) return;
      const event = JSON.parse(canonical(withFacts(scratch, told, () => undefined))) as Event;
      scratch[cell] = locals.idOf(cell, advanced.next);
      story.push({ cell: cellAt(cell).name, event, before, after: advanced.next, depth });
      for (const effect of advanced.effects) {
        tellOne(deliveries.idOf(indexOf(effect.to), effect.event), depth + 1);
      }
    }
  }

  function look(row: Int32Array, onSight?: (sight: number) => void): Look {
    const see = (name: string, view?: View<Json>): Json | Local => {
      const cell = indexOf(name);
      onSight?.(view === undefined ? cell : locals.sightOf(cell, view));
      const id = row[cell] as number;
      return view === undefined ? locals.at(cell, id) : locals.shown(cell, id, view);
    };
    return see as Look;
  }

  function indexOf(name: string): number {
    const index = names.get(name);
    if (index === undefined) throw new Error(`${protocol.name} has no cell "${name}"`);
    return index;
  }

  function cellAt(index: number): Cell {
    return cells[index] as Cell;
  }

  function statistics(): Statistics {
    const { nodes, answers, bytes } = deliveries.size();
    return {
      machineRuns,
      deliveries: deliveries.count(),
      decisionNodes: nodes,
      decisionAnswers: answers,
      decisionBytes: bytes,
      census: cells.map(({ name }, cell) => ({ cell: name, locals: locals.countOf(cell) })),
    };
  }
}
