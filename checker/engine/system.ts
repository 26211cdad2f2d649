/**
 * A protocol made fast: every local state and every delivery is a small integer.
 *   A world is an `Int32Array` with the number of a local state for each cell. A delivery is a pair of
 *   cell and event. XState computes the outcome of a delivery once for each combination of the cells
 *   that it reads; the outcome is stored (see deliveries.ts). After that a step is a few look-ups.
 *
 * XState alone defines the outcomes: `remember: false` stores none, and both modes must agree on every
 * world (a test compares them).
 */
import type { AnyStateMachine, AnyTransitionDefinition } from 'xstate';
import { canonical } from '../text/canonical-json.ts';
import { createSample, type AnswerCounts } from './asked-twice.ts';
import {
  cellSeen,
  MOST_CELLS,
  ReadOtherwise,
  tableSeen,
  unknown,
  WHOLE,
  type Views,
} from './decision-trees.ts';
import { createDeliveries, factsAt } from './deliveries.ts';
import { doubled } from '../storage/growing-array.ts';
import { createLists } from '../storage/integer-lists.ts';
import { createTextNumbers, type TextNumbers } from '../storage/text-numbers.ts';
import { createLocals, viewName } from './local-states.ts';
import { refuseUnsound, soundOffer } from './refused-protocols.ts';
import { createStarts } from './starts.ts';
import { advance, holdsMore, refused, timersDue, type Advanced } from './xstate.ts';
import { frozen, isRecord } from '../text/plain-json.ts';
import { whyNoEvent, whyNoFacts, whyNoOffer } from '../specification/given-values.ts';
import { faultless, ModelFault } from '../specification/specification-error.ts';
import { plainly, type ValueOwner } from '../specification/plain-values.ts';
import { narrowed } from './tracked-reads.ts';
import { didYouMean } from '../text/nearest-name.ts';
import type {
  Cell,
  Effect,
  Event,
  Local,
  Look,
  Observe,
  Protocol,
  View,
} from '../specification/protocol.ts';
import type { Json } from '../text/json.ts';

/** Deeper effects are treated as a loop. */
export const DEEPEST_CASCADE = 16;

/** Initial room for the changes of one step; a cell may change more than once. */
const FIRST_CHANGES = 1024;

/** In one step; more are treated as effects that never end. */
const MOST_DELIVERIES = 2 ** 20;

/** An unspecified event: a cell got an event that its state does not take. */
export type Unspecified = {
  readonly cell: string;
  readonly event: Event;
  readonly local: Local;
  readonly why: 'refused' | 'too deep';
};

/** One delivery of a cascade, for people: the cell, the event, and the local states before and after. */
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
  /** The starts, by name; one start without a name if the protocol names none. */
  readonly starts: readonly (string | undefined)[];
  /** The row of this start; of the first start if no name is given. */
  readonly initial: (start?: string) => Int32Array;
  /** The deliveries that a cell offers in this local state; a guard may still refuse each. */
  readonly offers: (cell: number, local: number) => Int32Array;
  /**
   * Fills `into` with the enabled deliveries of this world, in the order of cells; returns how many.
   * Throws if there is no room for all.
   */
  readonly enabled: (row: Int32Array, into: Int32Array) => number;
  /** Whether this delivery may happen now. */
  readonly isEnabled: (row: Int32Array, delivery: number) => boolean;
  /**
   * Performs a delivery and its effects on the row itself. If the delivery is not enabled, returns false
   * and does not change the row. `changes` has the changes until the next call.
   */
  readonly perform: (row: Int32Array, delivery: number) => boolean;
  /** Undoes the changes of the last `perform`. */
  readonly undo: (row: Int32Array) => void;
  readonly changes: { count: number; cells: Int32Array; before: Int32Array };
  /** The unspecified event of the last step, if a delivery in it met one. */
  readonly unspecified: () => Unspecified | undefined;
  /**
   * The deliveries of an enabled step in order, its own first; up to an unspecified event.
   */
  readonly trail: (row: Int32Array, delivery: number) => readonly number[];
  /** The same step with the local state after each delivery. Runs XState; for replay and for costs. */
  readonly deliveriesOf: (row: Int32Array, delivery: number) => readonly Delivery[];
  readonly delivery: (cell: string, event: Event) => number;
  readonly cellOf: (delivery: number) => number;
  readonly eventOf: (delivery: number) => Event;
  /** Whether its event is one of the protocol's faults. */
  readonly isFault: (delivery: number) => boolean;
  readonly indexOf: (cell: string) => number;
  readonly local: (cell: number, id: number) => Local;
  readonly localId: (cell: number, local: Local) => number;
  readonly localsOf: (cell: number) => number;
  /** Reads this row by cell name; calls `onSight` for every cell, or cell through a view, that is read. */
  readonly look: (row: Int32Array, onSight?: (sight: number) => void) => Look;
  /** The cells whose local states may have more than value and context: see tracked-reads.ts. */
  readonly holdMore: ReadonlySet<string>;
  /** The tables of all views, for decisions about rows of this system. */
  readonly views: Views;
  /** The number of the view's result for a local state; stores it in the table. */
  readonly show: (table: number, local: number) => number;
  /** The transitions of all deliveries computed so far: see transition-coverage.ts. */
  readonly taken: () => ReadonlySet<AnyTransitionDefinition>;
  /** The error for a question that has read other sights than before: its owner, and the sights. */
  readonly readOtherwise: (error: ReadOtherwise, who: string) => ModelFault;
  /** The events that a cell offered in its known local states, and those of them that were enabled somewhere. */
  readonly offersMet: (cell: number) => OffersMet;
  /** How often XState ran for a machine. */
  readonly runsOf: (machine: AnyStateMachine) => number;
  readonly statistics: () => Statistics;
};

/** Deliveries. */
export type OffersMet = {
  readonly offered: ReadonlySet<number>;
  readonly enabled: ReadonlySet<number>;
};

export type Statistics = {
  /** How often XState ran. */
  readonly machineRuns: number;
  /** Distinct (cell, event). */
  readonly deliveries: number;
  readonly decisionNodes: number;
  readonly decisionAnswers: number;
  readonly decisionBytes: number;
  /** The sample of answers that were computed again: see asked-twice.ts. */
  readonly asked: {
    readonly machines: AnswerCounts;
    readonly observations: AnswerCounts;
    readonly offers: AnswerCounts;
    readonly views: AnswerCounts;
  };
  /** Number of local states met, by cell. */
  readonly census: readonly { readonly cell: string; readonly locals: number }[];
};

/**
 * An outcome is one integer. Odd: the cell's next local state alone. Even: the index of a list with that
 * state and the effects. Zero: a guard refuses the delivery, or no transition takes it.
 */
const REFUSED = 0;

const HOLDS = 'the changes of a step';

/** The end of a list of effects, in `perform`, for the delivery that began the step. */
const NO_EFFECTS = -1;

function isAlone(outcome: number): boolean {
  return (outcome & 1) !== 0;
}

/** The results of XState for one machine, by local state and event with its facts. */
type Kept = { readonly texts: TextNumbers; readonly found: (Advanced | typeof refused)[] };

export type SystemOptions = {
  readonly remember?: boolean;
  /** Bounds on a protocol, smaller in tests; the first is a power of two. */
  readonly mostDeliveries?: number;
  readonly mostTables?: number;
};

// oxlint-disable-next-line max-lines-per-function -- one hot loop: its functions share the row, the tables and the changes
export function createSystem(
  protocol: Protocol,
  { remember = true, mostDeliveries = MOST_DELIVERIES, mostTables }: SystemOptions = {},
): System {
  refuseUnsound(protocol);
  const cells = protocol.cells;
  const width = cells.length;
  const names = new Map(cells.map((cell, index) => [cell.name, index]));
  if (width > MOST_CELLS) {
    throw new ModelFault(`${protocol.name}: ${width} cells; at most ${MOST_CELLS} are supported`);
  }
  const holdMore = new Set(
    cells.filter(({ machine }) => holdsMore(machine)).map(({ name }) => name),
  );
  const locals = createLocals(cells, mostTables === undefined ? {} : { mostTables });
  const starts = createStarts(protocol, localId);
  const deliveries = createDeliveries(protocol, locals.views);
  const kept = new Map<AnyStateMachine, Kept>();
  const taken = new Set<AnyTransitionDefinition>();
  /** Machines that have made one context with its fields in two orders: they may distinguish the two. */
  const reordered = new Set<AnyStateMachine>();
  let machineRuns = 0;
  const runs = new Map<AnyStateMachine, number>();
  const samples = {
    machines: createSample(),
    observations: createSample(),
    offers: createSample(),
  };

  /** Lists of outcomes with effects: the cell's next local state, then the effects. */
  const outcomes = createLists();

  const offered: (Int32Array | undefined)[][] = cells.map(() => []);
  /** Deliveries with a question of their own that were enabled somewhere. */
  const enabledOnce = new Set<number>();
  const changes = {
    count: 0,
    cells: new Int32Array(FIRST_CHANGES),
    before: new Int32Array(FIRST_CHANGES),
  };
  /** The lists of effects that `perform` is delivering, outermost first: the next index of each, and its end. */
  const pendingAt = new Int32Array(DEEPEST_CASCADE);
  const pendingLast = new Int32Array(DEEPEST_CASCADE);
  let hole: Unspecified | undefined;

  return {
    protocol,
    width,
    starts: starts.names,
    initial: starts.row,
    offers,
    enabled,
    isEnabled: (row, delivery) => outcomeFor(row, delivery) !== REFUSED,
    perform,
    undo,
    changes,
    unspecified: () => hole,
    trail,
    deliveriesOf,
    delivery: deliveryOf,
    cellOf: deliveries.cellOf,
    eventOf: deliveries.eventOf,
    isFault: deliveries.isFault,
    indexOf,
    local: locals.at,
    localId,
    localsOf: locals.countOf,
    look,
    holdMore,
    views: locals.views,
    show: locals.show,
    taken: () => taken,
    readOtherwise,
    offersMet,
    runsOf: (machine) => runs.get(machine) ?? 0,
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
    if (count > into.length) {
      throw new Error(`${count} deliveries are enabled, and there is room for ${into.length}`);
    }
    return count;
  }

  function offers(cell: number, id: number): Int32Array {
    return (offered[cell] as (Int32Array | undefined)[])[id] ?? findOffers(cell, id);
  }

  function findOffers(cell: number, id: number): Int32Array {
    const ofCell = offered[cell] as (Int32Array | undefined)[];
    const local = locals.at(cell, id);
    const subject = (): string => `what ${whereIs(cell, local)} offers`;
    const ask = (): readonly Event[] => faultless(() => offeredIn(cell, local), subject);
    const events = ask();
    const { offers: sample } = samples;
    if (sample.isDue()) {
      sample.askAgain(canonical(events), () => canonical(ask()), subject);
    }
    // An event offered twice counts once. The list has no gaps, so it reads fast: for local states
    // that only other cells of the machine have met, offers are not computed.
    const numbers = events.map((event) => deliveries.idOf(cell, event, givenBy(subject, event)));
    const found = Int32Array.from(new Set(numbers));
    while (ofCell.length < id) ofCell.push(undefined);
    ofCell[id] = found;
    return found;
  }

  function plainOffer(events: readonly Event[], subject: () => string): readonly Event[] {
    const why = whyNoOffer(events);
    if (why !== undefined) throw new ModelFault(`${subject()} ${why}`);
    for (const event of events) plainly(event, givenBy(subject, event));
    return events;
  }

  /** The offers of the cell, then the timers that may go off. */
  function offeredIn(cell: number, local: Local): readonly Event[] {
    const { machine, offers: offersOf } = cellAt(cell);
    const where = (): string => whereIs(cell, local);
    const own = plainOffer(offersOf(local), () => `what ${where()} offers`);
    return [...own.map((event) => soundOffer(where, machine, event)), ...timersDue(machine, local)];
  }

  /**
   * Performs a delivery, then each of its effects with its own effects, in order. Half of the time of a
   * search is spent here, so it is one loop: it asks like `deliveries.ask` and keeps the arrays in
   * variables of its own, which `findOutcome` may replace. If nothing is remembered, every outcome is
   * unknown. After a specification error in a cascade the row is lost: it is not undone.
   */
  function perform(row: Int32Array, delivery: number): boolean {
    let { facts, pool } = deliveries.tables;
    let { values } = outcomes;
    let { cells: changedCells, before: changedBefore } = changes;
    /** The number of known deliveries; each may be a change. */
    let known = 1;
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
        known = (known + (values[after] as number)) | 0;
        if (known > changedCells.length) {
          makeRoom(known, delivery);
          ({ cells: changedCells, before: changedBefore } = changes);
        }
        last = (after + (values[after] as number)) | 0;
        after = values[after + 1] as number;
      }
      // Computed without a branch: the processor could not predict whether it is a change.
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

  function makeRoom(deliveriesKnown: number, first: number): void {
    if (deliveriesKnown > mostDeliveries) {
      const subject = `${cellAt(deliveries.cellOf(first)).name}, event ${deliveries.eventOf(first).type},`;
      throw new ModelFault(
        `${subject} has effects of effects that are more than ${mostDeliveries} deliveries in one step: ` +
          'let a later step do part of it',
      );
    }
    while (changes.cells.length < deliveriesKnown) {
      changes.cells = doubled(changes.cells, HOLDS);
      changes.before = doubled(changes.before, HOLDS);
    }
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

    /** False if the cascade stops at an unspecified event. */
    function follow(next: number, depth: number): boolean {
      const outcome = outcomeFor(scratch, next);
      if (outcome === REFUSED || depth > DEEPEST_CASCADE) return false;
      passed.push(next);
      const cell = deliveries.cellOf(next);
      if (isAlone(outcome)) {
        scratch[cell] = outcome >> 1;
        return true;
      }
      const first = outcome >> 1;
      scratch[cell] = outcomes.values[first + 1] as number;
      const last = first + (outcomes.values[first] as number);
      for (let at = first + 2; at <= last; at++) {
        if (!follow(outcomes.values[at] as number, depth + 1)) return false;
      }
      return true;
    }
  }

  function outcomeFor(row: Int32Array, delivery: number): number {
    const known = remember ? deliveries.ask(delivery, row) : unknown;
    // `| 0` makes both integers for the compiler, which would box them otherwise.
    return known === unknown ? findOutcome(row, delivery) | 0 : known;
  }

  /** The slow path, once for each combination of local states that the delivery reads. */
  function findOutcome(row: Int32Array, delivery: number): number {
    const cell = deliveries.cellOf(delivery);
    const sights: number[] = [cell];
    const advanced = runMachine(row, delivery, (sight) => {
      if (cellSeen(sight) !== cell && !sights.includes(sight)) sights.push(sight);
    });
    const outcome = advanced === refused ? REFUSED : outcomeOf(row, delivery, advanced);
    if (!remember) return outcome;
    if (outcome !== REFUSED) enabledOnce.add(delivery);
    try {
      deliveries.learn(delivery, row, sights, outcome);
    } catch (error) {
      if (!(error instanceof ReadOtherwise)) throw error;
      throw readOtherwise(error, `what ${subjectOf(row, delivery)} observes`);
    }
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
    const subject = (): string => subjectOf(row, delivery);
    const text = textOf(row, delivery, onSight);
    const key = `${row[cell]} ${text}`;
    const ofMachine = kept.get(machine);
    const known = ofMachine?.texts.find(key);
    if (known !== undefined) return ofMachine?.found[known] as Advanced | typeof refused;
    machineRuns++;
    runs.set(machine, (runs.get(machine) ?? 0) + 1);
    const run = (local = before): Advanced | typeof refused =>
      faultless(() => advance(machine, local, frozen(JSON.parse(text) as Event), subject), subject);
    const found = run();
    if (found !== refused) plainStep(found, subject);
    const { machines: sample } = samples;
    if (sample.isDue()) {
      const event = `${whereIs(cell, before)}, event ${text},`;
      sample.askAgain(
        outcomeText(found),
        () => outcomeText(run()),
        () => `what ${event} does`,
      );
    }
    if (reordered.has(machine) && outcomeText(run(turned(before))) !== outcomeText(found)) {
      const event = `${whereIs(cell, before)}, event ${text},`;
      throw new ModelFault(
        `what ${event} does depends on the order of the fields in its context, and two that differ ` +
          'in that alone are one here: keep an order in a list',
      );
    }
    if (found !== refused) for (const each of found.by) taken.add(each);
    if (!remember) return found;
    const { texts, found: all } = ofMachine ?? { texts: createTextNumbers(), found: [] };
    all[texts.add(key)] = found;
    kept.set(machine, { texts, found: all });
    return found;
  }

  /** Tracked reads if answers are stored: an outcome depends only on the fields that were read. */
  function withFacts(row: Int32Array, delivery: number, onSight: (sight: number) => void): Event {
    const event = deliveries.eventOf(delivery);
    const observe = observationOf(delivery);
    if (observe === undefined) return event;
    const seen = look(row, onSight);
    const facts: unknown = observe(remember ? narrowed(seen, holdMore) : seen, event);
    const subject = (): string => `what ${subjectOf(row, delivery)} observes`;
    const why = whyNoFacts(facts, event);
    if (why !== undefined) throw new ModelFault(`${subject()} ${why}`);
    plainly(facts, { where: subject, path: 'fact' });
    return { ...event, ...(facts as { readonly [fact: string]: Json }) };
  }

  function observationOf(delivery: number): Observe | undefined {
    const { observes } = cellAt(deliveries.cellOf(delivery));
    const { type } = deliveries.eventOf(delivery);
    return Object.hasOwn(observes, type) ? observes[type] : undefined;
  }

  /**
   * An event with its facts, as a text: a fact may still be a tracked read of a row that will have
   * changed later.
   */
  function textOf(row: Int32Array, delivery: number, onSight: (sight: number) => void): string {
    const subject = (): string => subjectOf(row, delivery);
    const text = faultless(() => canonical(withFacts(row, delivery, onSight)), subject);
    const { observations: sample } = samples;
    if (observationOf(delivery) === undefined || !sample.isDue()) return text;
    const then = row.slice();
    const again = (): string =>
      faultless(() => canonical(withFacts(then, delivery, () => undefined)), subject);
    const where = (): string => `what ${subjectOf(then, delivery)} observes`;
    sample.askAgain(text, again, where);
    return text;
  }

  function outcomeText(found: Advanced | typeof refused): string {
    if (found === refused) return 'refused';
    return canonical({ next: found.next, effects: found.effects });
  }

  function plainStep({ next, effects }: Advanced, subject: () => string): void {
    plainLocal(next, subject);
    for (const { event } of effects) plainly(event, givenBy(subject, event));
  }

  /** Refuses a local state that contains more than its text. */
  function plainLocal(local: Local, where: () => string): Local {
    plainly(local.value, { where, path: 'value' });
    plainly(local.context, { where, path: 'context' });
    if (isRecord(local.context)) return local;
    throw new ModelFault(`${where()} has a context that is no record: use { ... }`);
  }

  function localId(cell: number, local: Local): number {
    const where = (): string => `what ${cellAt(cell).name} holds`;
    return locals.idOf(cell, plainLocal(local, where), { where, path: 'it' });
  }

  function deliveryOf(name: string, event: Event): number {
    const where = (): string => `what is to happen at ${name}`;
    const why = whyNoEvent(event);
    if (why !== undefined) throw new ModelFault(`${where()} is ${why}`);
    const given = givenBy(where, event);
    return deliveries.idOf(indexOf(name), plainly(event, given), given);
  }

  /** The next local state and the effects were checked when XState had run. */
  function outcomeOf(row: Int32Array, delivery: number, { next, effects }: Advanced): number {
    const where = (): string => subjectOf(row, delivery);
    const cell = deliveries.cellOf(delivery);
    const after = locals.idOf(cell, next, { where });
    if (!isInSameOrder(next, locals.at(cell, after))) reordered.add(cellAt(cell).machine);
    if (effects.length === 0) return 2 * after + 1;
    return 2 * outcomes.idOf([after, ...effects.map((effect) => effectOf(row, delivery, effect))]);
  }

  function effectOf(row: Int32Array, delivery: number, { to, event }: Effect): number {
    const index = names.get(to);
    const subject = (): string => subjectOf(row, delivery);
    if (index !== undefined) return deliveries.idOf(index, event, givenBy(subject, event));
    const near = didYouMean(to, [...names.keys()]);
    throw new ModelFault(
      `${subject()} sends "${to}" the event ${event.type}: no cell has that name${near}`,
    );
  }

  function readOtherwise({ before, now }: ReadOtherwise, who: string): ModelFault {
    const read = `for the same state it read ${sightText(now)} where before it read ${sightText(before)}`;
    const [one, other] = [before, now].map((sight = WHOLE) => locals.viewAt(tableSeen(sight)));
    const isMadeAgain =
      one !== undefined && other !== undefined && one.toString() === other.toString();
    const why = isMadeAgain
      ? 'a view is made again each time it is used; declare it once, at the top of the module'
      : 'it may depend on nothing but what it reads';
    return new ModelFault(`${who} is not a pure function: ${read}; ${why}`);
  }

  function sightText(sight: number | undefined): string {
    if (sight === undefined) return 'nothing more';
    const view = locals.viewAt(tableSeen(sight));
    const { name } = cellAt(cellSeen(sight));
    return view === undefined ? name : `${name} through ${viewName(view)}`;
  }

  /**
   * Cells of one machine share the outcomes of events without observations. So for this cell only those
   * local states count in which its offers were computed.
   */
  function offersMet(cell: number): OffersMet {
    const met = { offered: new Set<number>(), enabled: new Set<number>() };
    const row = new Int32Array(width);
    for (const [local, ofLocal] of (offered[cell] as (Int32Array | undefined)[]).entries()) {
      row[cell] = local;
      for (const delivery of ofLocal ?? []) {
        met.offered.add(delivery);
        const isEnabled =
          observationOf(delivery) === undefined
            ? deliveries.ask(delivery, row) > REFUSED
            : enabledOnce.has(delivery);
        if (isEnabled) met.enabled.add(delivery);
      }
    }
    return met;
  }

  /** "file f in state present of machine file, event open,". */
  function subjectOf(row: Int32Array, delivery: number): string {
    const cell = deliveries.cellOf(delivery);
    const local = locals.at(cell, row[cell] as number);
    return `${whereIs(cell, local)}, event ${deliveries.eventOf(delivery).type},`;
  }

  /** "file f in state present of machine file". */
  function whereIs(cell: number, { value }: Local): string {
    const { name, machine } = cellAt(cell);
    const state = typeof value === 'string' ? value : canonical(value);
    return `${name} in state ${state} of machine ${machine.id}`;
  }

  function deliveriesOf(row: Int32Array, delivery: number): readonly Delivery[] {
    const story: Delivery[] = [];
    const scratch = row.slice();
    append(delivery, 1);
    return story;

    /** False if the cascade stops at an unspecified event. */
    function append(delivered: number, depth: number): boolean {
      const cell = deliveries.cellOf(delivered);
      const before = locals.at(cell, scratch[cell] as number);
      const advanced = runMachine(scratch, delivered, () => undefined);
      if (advanced === refused || depth > DEEPEST_CASCADE) return false;
      const event = JSON.parse(canonical(withFacts(scratch, delivered, () => undefined))) as Event;
      const effects = advanced.effects.map((effect) => effectOf(scratch, delivered, effect));
      const where = (): string => subjectOf(scratch, delivered);
      const next = locals.idOf(cell, advanced.next, { where });
      scratch[cell] = next;
      const after = locals.at(cell, next);
      story.push({ cell: cellAt(cell).name, event, before, after, depth });
      return effects.every((effect) => append(effect, depth + 1));
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
      asked: {
        machines: samples.machines.counts(),
        observations: samples.observations.counts(),
        offers: samples.offers.counts(),
        views: locals.sample.counts(),
      },
      census: cells.map(({ name }, cell) => ({ cell: name, locals: locals.countOf(cell) })),
    };
  }
}

function givenBy(where: () => string, { type }: Event): ValueOwner {
  return { where, path: `event ${type}` };
}

/** Whether two local states are equal except for the order of fields. */
function isInSameOrder(one: Local, other: Local): boolean {
  return one === other || JSON.stringify(one.context) === JSON.stringify(other.context);
}

/** The same local state, with the fields of its context in reverse order. */
function turned(local: Local): Local {
  return { ...local, context: frozen(turnedJson(local.context)) };
}

function turnedJson(value: Json): Json {
  if (Array.isArray(value)) return value.map(turnedJson);
  if (!isRecord(value)) return value;
  const fields = Object.entries(value).toReversed();
  return Object.fromEntries(fields.map(([name, held]) => [name, turnedJson(held)]));
}
