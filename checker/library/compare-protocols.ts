/** Compares two protocols by their observations. */
import { diff, type Diff } from '../compare/diff.ts';
import type { Observer } from '../specification/observer.ts';
import type { Protocol } from '../specification/protocol.ts';
import { known } from './options.ts';
import { systemOf } from './systems.ts';

export type CompareOptions = {
  /** The observer of both. */
  readonly observer: Observer;
  /** Bound on the pairs, worlds and members of sets stored; the result is `unknown` if it is reached. */
  readonly maxStates?: number;
};

/**
 * Searches for a shortest run of one protocol that the other cannot follow with the same
 * observations, in both directions. `equivalent`: there is none, proven. `different`: `difference`
 * contains the run and the point at which the other cannot follow. `unknown`: a bound was reached first.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 * import { setup } from 'xstate';
 * import { cell, compareProtocols, type Observer } from 'sprite-check/checker';
 *
 * const plain = setup({}).createMachine({
 *   initial: 'off',
 *   states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } },
 * });
 * const stuck = setup({}).createMachine({
 *   initial: 'off',
 *   states: { off: { on: { press: 'on' } }, on: {} },
 * });
 * const lampOf = (machine: typeof plain | typeof stuck) => ({
 *   name: 'a lamp',
 *   cells: [cell(machine, { name: 'lamp', offers: () => [{ type: 'press' }] })],
 *   faults: new Set<string>(),
 * });
 * const observer: Observer = {
 *   observed: ({ step }) => [step.action],
 *   isInput: () => true,
 *   atRest: (look) => look('lamp').value,
 * };
 *
 * const same = compareProtocols(lampOf(plain), lampOf(plain), { observer });
 * assert.equal(same.kind, 'equivalent');
 * const other = compareProtocols(lampOf(plain), lampOf(stuck), { observer });
 * assert.equal(other.kind === 'different' && other.difference.steps.length, 2);
 * ```
 */
export function compareProtocols(first: Protocol, second: Protocol, options: CompareOptions): Diff {
  const { observer, maxStates } = known('compareProtocols', options, {
    observer: true,
    maxStates: true,
  });
  const [one, other] = [first, second].map((protocol) => ({
    system: systemOf(protocol),
    observer,
  })) as [Parameters<typeof diff>[0], Parameters<typeof diff>[1]];
  return diff(one, other, maxStates === undefined ? {} : { maxStates });
}
