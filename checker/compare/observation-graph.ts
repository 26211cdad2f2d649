/**
 * A protocol as a graph of worlds. Each edge has the observations of its step. The edges of a world are
 * computed once, at the first request.
 *
 *   Worlds and observations are numbers; observations are numbered in a book that two graphs share,
 *   so that equal observations are equal numbers.
 */
import { canonical } from '../text/canonical-json.ts';
import { plainly } from '../specification/plain-values.ts';
import type { Observer } from '../specification/observer.ts';
import { stepOf, type Step } from '../specification/protocol.ts';
import type { Json } from '../text/json.ts';
import { createRows } from '../storage/packed-worlds.ts';
import type { System } from '../engine/system.ts';

/** Observations by number, from 1 on. */
export type Book = {
  readonly numberOf: (observation: Json) => number;
  readonly at: (number: number) => Json;
};

export type ObservedMove = {
  readonly delivery: number;
  /** Observations of the step, by number; an internal step has none. */
  readonly seen: readonly number[];
  readonly target: number;
};

export type Graph = {
  readonly system: System;
  /** The initial worlds, by the names of the starts. */
  readonly starts: ReadonlyMap<string | undefined, number>;
  readonly movesOf: (world: number) => readonly ObservedMove[];
  /** The observation of a world in which only inputs are possible, by number; 0 if other steps are possible. */
  readonly restOf: (world: number) => number;
  /** Number of worlds met so far. */
  readonly count: () => number;
  readonly stepFor: (delivery: number) => Step;
};

/** The observation of a step that meets an unspecified event: no step follows it. */
export const NOWHERE = 0x7fffffff;
export const UNSPECIFIED: Json = 'an event that no machine specifies';

type Node = { readonly moves: readonly ObservedMove[]; readonly rest: number };

const nothingSeen: readonly number[] = [];

const OBSERVED = { where: () => 'what the observer sees' };

export function createBook(): Book {
  const numbers = new Map<string, number>();
  const observations: Json[] = [null];
  return {
    numberOf: (observation) => {
      const key = canonical(plainly(observation, OBSERVED));
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, observations.length);
      return observations.push(observation) - 1;
    },
    at: (number) => observations[number] as Json,
  };
}

export function createGraph(system: System, observer: Observer, book: Book): Graph {
  const rows = createRows(system.width, { parents: false, localsOf: system.localsOf });
  const row = system.initial();
  const next = row.slice();
  const [before, after] = [system.look(row), system.look(next)];
  const nodes: (Node | undefined)[] = [];
  const starts = new Map(
    system.starts.map((start) => [start, rows.numberOf(system.initial(start))]),
  );
  const end: Node = { moves: [], rest: book.numberOf(UNSPECIFIED) };
  const names = system.protocol.cells.map(({ name }) => name);
  return {
    system,
    starts,
    movesOf: (world) => nodeAt(world).moves,
    restOf: (world) => nodeAt(world).rest,
    count: rows.count,
    stepFor,
  };

  function nodeAt(world: number): Node {
    if (world === NOWHERE) return end;
    return (nodes[world] ??= expand(world));
  }

  function expand(world: number): Node {
    rows.load(world, row);
    const moves: ObservedMove[] = [];
    let isAtRest = true;
    for (let cell = 0; cell < system.width; cell++) {
      for (const delivery of system.offers(cell, row[cell] as number)) {
        next.set(row);
        if (!system.perform(next, delivery)) continue;
        isAtRest &&= observer.isInput(stepFor(delivery));
        moves.push(moveOf(delivery));
      }
    }
    return { moves, rest: isAtRest ? book.numberOf({ atRest: observer.atRest(before) }) : 0 };
  }

  /** The delivery has been performed on `next`. */
  function moveOf(delivery: number): ObservedMove {
    if (system.unspecified() !== undefined) {
      return { delivery, seen: [book.numberOf(UNSPECIFIED)], target: NOWHERE };
    }
    const delivered = system.trail(row, delivery).map((each) => ({
      to: names[system.cellOf(each)] as string,
      event: system.eventOf(each),
    }));
    const seen = observer.observed({ step: stepFor(delivery), before, after, delivered });
    return {
      delivery,
      seen: seen.length === 0 ? nothingSeen : seen.map(book.numberOf),
      target: rows.numberOf(next),
    };
  }

  function stepFor(delivery: number): Step {
    return stepOf(names[system.cellOf(delivery)] as string, system.eventOf(delivery));
  }
}
