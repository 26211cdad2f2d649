/**
 * What is shipped, as instances to judge the engine by: the repaired kernel in each small scenario,
 * each known fault in the scenario of the fault, and each guard and action emptied, somewhere.
 */
import type { AnyStateMachine } from 'xstate';
import { claimsOf, witnessesOf } from '../../checker/specification/property.ts';
import { boot } from '../../model/boot.ts';
import { sizeOf } from '../../checker/specification/specification.ts';
import { partNames, sprite, type Kernel } from '../../model/kernel.ts';
import { kernels } from '../../model/kernels/all.ts';
import { scenarios } from '../../model/scenarios/all.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import { properties } from '../../properties/all.ts';
import type { Instance } from './judge.ts';

export type Shipped = { readonly name: string; readonly instance: () => Instance };

const small = scenarios.filter((scenario) => sizeOf(scenario) === 'small');

export const repaired: readonly Shipped[] = small.map((scenario) =>
  shipped('sprite', sprite, scenario),
);

export const faulty: readonly Shipped[] = kernels.flatMap(({ id, kernel, scenario: where }) =>
  small.filter(({ name }) => name === where).map((scenario) => shipped(id, kernel, scenario)),
);

/** Each in one scenario, and with the next seed in the next one. */
export function emptied(seed: number): readonly Shipped[] {
  const mutants = partNames.flatMap((part) => {
    const { guards, actions } = sprite[part].machine.implementations;
    return [
      ...Object.keys(guards).map((name) => ({
        part,
        name,
        change: { guards: { [name]: () => true } },
      })),
      ...Object.keys(actions).map((name) => ({
        part,
        name,
        change: { actions: { [name]: () => undefined } },
      })),
    ];
  });
  return mutants.flatMap(({ part, name, change }, index) => {
    const scenario = small[(index + seed) % small.length];
    if (scenario === undefined) return [];
    const { machine } = sprite[part] as { readonly machine: AnyStateMachine };
    const kernel = { ...sprite, [part]: { ...sprite[part], machine: machine.provide(change) } };
    return [shipped(`sprite without ${part} ${name}`, kernel, scenario)];
  });
}

function shipped(id: string, kernel: Kernel, scenario: Scenario): Shipped {
  return {
    name: `${id}, ${scenario.name}`,
    instance: () => ({
      protocol: boot(kernel, scenario),
      claims: claimsOf(properties, scenario),
      witnesses: witnessesOf(properties, scenario),
    }),
  };
}
