/**
 * Refinement: every step of a protocol is a step of a simpler one, or a stuttering step.
 *
 *   `map` maps a state of this protocol to a state of the abstract protocol. An initial state must be
 *   mapped to an initial state. The two states of a step must be mapped to the same state, or to states
 *   that one step of the abstract protocol, with its whole cascade, connects. So every claim about states
 *   and steps of the abstract protocol holds for this one, through the map. Liveness does not follow.
 */
import { enabledIn } from '../engine/enabled.ts';
import { createSystem, type System } from '../engine/system.ts';
import { claimOnStep, type Claim, type StepClaim } from '../specification/property.ts';
import type { Local, Look, Protocol } from '../specification/protocol.ts';
import { ModelFault } from '../specification/specification-error.ts';
import { canonical } from '../text/canonical-json.ts';
import { nearestOf } from '../text/nearest-name.ts';
import { clipped } from '../text/printable.ts';
import { stateText } from './state-text.ts';

export type RefinementOptions = {
  readonly property: string;
  readonly abstract: Protocol;
  /** The local state of each cell of the abstract protocol, by name. Pure, like every claim. */
  readonly map: (look: Look) => { readonly [abstractCell: string]: Local };
};

export type Refinement = {
  readonly atStart: Claim['test'];
  readonly onStep: StepClaim;
  /** Both claims, for a search with claims and without properties. */
  readonly claims: readonly Claim[];
};

const MOST_CELLS_SHOWN = 6;
const LONGEST_STATE = 60;

/**
 * The claims that make a property of a refinement: `atStart` among its `claimsAtStart`, `onStep` among
 * its `claimsOnStep`.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 * import { setup } from 'xstate';
 * import { cell, exploreProtocol, refinement } from 'sprite-check/checker';
 *
 * const hourMachine = setup({}).createMachine({
 *   initial: 'am',
 *   states: { am: { on: { turn: 'pm' } }, pm: { on: { turn: 'am' } } },
 * });
 * const halfHourMachine = setup({}).createMachine({
 *   initial: 'am',
 *   states: {
 *     am: { on: { tick: 'lateAm' } },
 *     lateAm: { on: { tick: 'pm' } },
 *     pm: { on: { tick: 'am' } },
 *   },
 * });
 * const abstract = {
 *   name: 'halves of a day',
 *   cells: [cell(hourMachine, { name: 'day', offers: () => [{ type: 'turn' }] })],
 *   faults: new Set<string>(),
 * };
 * const protocol = {
 *   name: 'a clock',
 *   cells: [cell(halfHourMachine, { name: 'clock', offers: () => [{ type: 'tick' }] })],
 *   faults: new Set<string>(),
 * };
 *
 * const { claims } = refinement({
 *   property: 'refines-day',
 *   abstract,
 *   map: (look) => ({
 *     day: { value: look('clock').value === 'pm' ? 'pm' : 'am', context: {} },
 *   }),
 * });
 * assert.equal(exploreProtocol(protocol, { claims }).ending, 'closed');
 * ```
 */
export function refinement({ property, abstract, map }: RefinementOptions): Refinement {
  const system = createSystem(abstract);
  /** The worlds that one step leads to, by world. */
  const following = new Map<string, ReadonlySet<string>>();
  const starts = system.starts.map((start) => system.initial(start));
  const claims: readonly Claim[] = [
    { property, kind: 'atStart', test: atStart },
    claimOnStep(property, onStep),
  ];
  const worldOf = (look: Look): Int32Array => mappedRow(system, property, map(look));
  const shown = (world: Int32Array, cells: readonly number[]): string =>
    localsText(system, world, cells);
  return { atStart, onStep, claims };

  function atStart(look: Look): ReturnType<Claim['test']> {
    const world = worldOf(look);
    if (starts.some((start) => start.join() === world.join())) return undefined;
    return {
      subject: abstract.name,
      expected: `to begin as ${starts.map((start) => shown(start, differing(world, start))).join(', or as ')}`,
      found: shown(world, differing(world, starts[0] ?? world)),
    };
  }

  function onStep(before: Look, _: Parameters<StepClaim>[1], after: Look): ReturnType<StepClaim> {
    const [from, to] = [worldOf(before), worldOf(after)];
    if (from.join() === to.join() || stepsFrom(from).has(to.join())) return undefined;
    const changed = differing(from, to);
    return {
      subject: abstract.name,
      expected: `one step from ${shown(from, changed)}, or none`,
      found: shown(to, changed),
    };
  }

  function stepsFrom(world: Int32Array): ReadonlySet<string> {
    const key = world.join();
    const known = following.get(key);
    if (known !== undefined) return known;
    const found = new Set<string>();
    const row = world.slice();
    for (const delivery of enabledIn(system, row)) {
      if (!system.perform(row, delivery)) continue;
      // An unspecified event: this is no step of the abstract protocol.
      if (system.unspecified() === undefined) found.add(row.join());
      system.undo(row);
    }
    following.set(key, found);
    return found;
  }
}

/** The abstract world that a map gives, as a row. */
function mappedRow(
  system: System,
  property: string,
  held: { readonly [abstractCell: string]: Local },
): Int32Array {
  const { name: protocol, cells } = system.protocol;
  const names = cells.map(({ name }) => name);
  for (const cell of Object.keys(held)) {
    if (names.includes(cell)) continue;
    const near = nearestOf(cell, names);
    throw new ModelFault(
      `property ${property}: its map names the cell "${clipped(cell)}": ${protocol} has no such cell${near}`,
    );
  }
  return Int32Array.from(names, (name, cell) => {
    const local = Object.hasOwn(held, name) ? held[name] : undefined;
    if (local === undefined) {
      throw new ModelFault(
        `property ${property}: its map leaves out the cell "${name}" of ${protocol}`,
      );
    }
    // A copy: a result of `look` must not be kept.
    return system.localId(cell, JSON.parse(canonical(local)) as Local);
  });
}

function differing(one: Int32Array, other: Int32Array): readonly number[] {
  return [...one.keys()].filter((cell) => one[cell] !== other[cell]);
}

/** The local states of these cells, as text. */
function localsText(system: System, world: Int32Array, cells: readonly number[]): string {
  const texts = cells.slice(0, MOST_CELLS_SHOWN).map((cell) => {
    const text = stateText(system.local(cell, world[cell] as number), LONGEST_STATE);
    return `${system.protocol.cells[cell]?.name ?? ''} ${text}`;
  });
  const more = cells.length > MOST_CELLS_SHOWN ? [`${cells.length - MOST_CELLS_SHOWN} more`] : [];
  return [...texts, ...more].join(', ');
}
