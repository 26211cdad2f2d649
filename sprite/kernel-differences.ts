/** In what a kernel differs from the repaired one: names of guards, actions, states, modules. */
import type { AnyStateMachine } from 'xstate';
import { sprite, type Kernel } from '../model/kernel.ts';

export function differencesOf(kernel: Kernel): readonly string[] {
  const { modules, ...machines } = kernel;
  const missing = sprite.modules.filter((module) => !modules.includes(module));
  return [
    ...Object.entries(machines).flatMap(([part, machine]) =>
      machineDiffers(part, machine, sprite[part as keyof typeof machines]),
    ),
    ...missing.map((module) => `no module ${module}`),
  ];
}

function machineDiffers(
  part: string,
  machine: AnyStateMachine,
  base: AnyStateMachine,
): readonly string[] {
  if (machine === base) return [];
  const { guards, actions } = machine.implementations;
  return [
    ...differing(guards, base.implementations.guards).map((name) => `guard ${name} of ${part}`),
    ...differing(actions, base.implementations.actions).map((name) => `action ${name} of ${part}`),
    ...differing(machine.config.states ?? {}, base.config.states ?? {}).map(
      (name) => `state ${name} of ${part}`,
    ),
  ];
}

function differing(these: object, those: object): readonly string[] {
  const others = new Map(Object.entries(those));
  return Object.entries(these)
    .filter(([name, held]) => others.get(name) !== held)
    .map(([name]) => name);
}
