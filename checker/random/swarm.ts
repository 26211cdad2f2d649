/**
 * Swarm: each walk has its own preferences among actions.
 *
 *   Each walk holds back some event types and weighs the others differently, because a frequent action
 *   can prevent another from having an effect. A weight is drawn from the walk's seed and the type's
 *   name, so it does not depend on the order in which types are met. One walk in four treats all types
 *   alike.
 */
import { mixed } from './prng.ts';
import { Outgrown } from '../storage/growing-array.ts';
import type { System } from '../engine/system.ts';

export type Swarm = {
  /** Draws the weights of one walk; `plain` treats all types alike except the `seldom` ones. */
  readonly begin: (seed: number, plain: boolean) => void;
  /** Positive; 0 for a type held back, which is taken only if nothing else is possible; -1 for one left out. */
  readonly weightOf: (delivery: number) => number;
};

export const HELD_BACK = 0;
export const LEFT_OUT = -1;
/** How much more often a usual type is drawn than a `seldom` one. */
const COMMON = 32;
/** The largest weight of one delivery, as a power of two. */
const HEAVIEST_BITS = 8;
/** The weights of all simultaneous offers add up to less than 2^31: a draw has 31 bits. */
const MOST_DELIVERIES = 2 ** (31 - HEAVIEST_BITS);

export function createSwarm(system: System): Swarm {
  const names: string[] = [];
  const indexes = new Map<string, number>();
  let weights = new Int32Array(64);
  /** The index of each delivery's event type, plus one. */
  let typeOf = new Int32Array(1024);
  let walk = 0;
  let alike = true;
  return { begin, weightOf };

  function begin(seed: number, plain: boolean): void {
    walk = mixed(seed ^ 0x5bd1e995);
    alike = plain || (walk & 3) === 0;
    for (let type = 0; type < names.length; type++) weights[type] = draw(names[type] as string);
  }

  function weightOf(delivery: number): number {
    const known = delivery < typeOf.length ? (typeOf[delivery] as number) : 0;
    return weights[(known === 0 ? meet(delivery) : known) - 1] as number;
  }

  function draw(name: string): number {
    const base = system.protocol.seldom?.has(name) === true ? 1 : COMMON;
    if (alike) return base;
    const drawn = mixed(walk ^ hashOf(name)) >>> 8;
    const oneIn8 = drawn & 7;
    if (system.protocol.faults.has(name)) {
      if (oneIn8 < 4) return LEFT_OUT;
    } else if (oneIn8 === 0) return HELD_BACK;
    return base << ((drawn >>> 3) & 3);
  }

  function meet(delivery: number): number {
    if (delivery >= MOST_DELIVERIES) {
      throw new Outgrown(
        `${MOST_DELIVERIES} events are the most that walks can draw from: let cells offer fewer`,
      );
    }
    if (delivery >= typeOf.length) {
      const larger = new Int32Array(2 * (delivery + 1));
      larger.set(typeOf);
      typeOf = larger;
    }
    const name = system.eventOf(delivery).type;
    const index = indexes.get(name) ?? add(name);
    typeOf[delivery] = index + 1;
    return index + 1;
  }

  function add(name: string): number {
    if (names.length === weights.length) {
      const larger = new Int32Array(2 * weights.length);
      larger.set(weights);
      weights = larger;
    }
    indexes.set(name, names.length);
    weights[names.length] = draw(name);
    return names.push(name) - 1;
  }
}

function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index++) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  }
  return hash;
}
