/**
 * Several weak kernels in one. Each differs from `sprite` in some guards, actions or states of some
 * machines; all those differences together make the combined kernel. Where two change the same
 * thing the later one counts.
 */
import { createMachine, type AnyStateMachine } from 'xstate';
import { sprite, type Kernel } from '../kernel.ts';

export function combined(kernels: readonly Kernel[]): Kernel {
  return kernels.reduce(add, sprite);
}

function add(kernel: Kernel, weak: Kernel): Kernel {
  const { modules, ...machines } = weak;
  const parts = Object.entries(machines).map(([part, machine]) => {
    const name = part as keyof typeof machines;
    return [name, merge(kernel[name], machine, sprite[name])] as const;
  });
  const kept = kernel.modules.filter((module) => modules.includes(module));
  return { ...kernel, ...Object.fromEntries(parts), modules: kept };
}

/** `machine` with all that makes `weak` different from `base`. */
function merge(
  machine: AnyStateMachine,
  weak: AnyStateMachine,
  base: AnyStateMachine,
): AnyStateMachine {
  if (weak === base) return machine;
  const states = differing(weak.config.states ?? {}, base.config.states ?? {});
  const merged =
    Object.keys(states).length === 0
      ? machine
      : createMachine({
          ...machine.config,
          states: { ...machine.config.states, ...states },
        }).provide(machine.implementations as Parameters<AnyStateMachine['provide']>[0]);
  return merged.provide({
    guards: differing(weak.implementations.guards, base.implementations.guards),
    actions: differing(weak.implementations.actions, base.implementations.actions),
  });
}

function differing<Value>(
  these: { readonly [name: string]: Value },
  those: { readonly [name: string]: Value },
): { [name: string]: Value } {
  return Object.fromEntries(Object.entries(these).filter(([name, held]) => those[name] !== held));
}
