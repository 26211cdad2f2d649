/**
 * Several faulty kernels in one. Each differs from `sprite` in some parts; all differences together make
 * the combined kernel. If two change the same guard, action, transition or offer, the later one counts.
 * Observations are combined fact by fact: the facts that a faulty kernel changes or adds.
 */
import { createMachine, type AnyStateMachine } from 'xstate';
import { partNames, sprite, type Kernel, type PartName } from '../kernel.ts';
import type { KernelPart } from '../part.ts';
import { differing, rootOf, statesOf, type States } from './differences.ts';

type Observation<Place> = KernelPart<Place>['observes'][string];

export function combined(kernels: readonly Kernel[]): Kernel {
  return kernels.reduce(add, sprite);
}

function add(kernel: Kernel, weak: Kernel): Kernel {
  const parts = partNames.map((name) => [name, partAdded(name, kernel, weak)]);
  const modules = kernel.modules.filter((module) => weak.modules.includes(module));
  return { ...kernel, ...Object.fromEntries(parts), modules };
}

function partAdded(name: PartName, kernel: Kernel, weak: Kernel): KernelPart<never> {
  return merge<never>(kernel[name], weak[name], sprite[name]);
}

/** `part` with all differences of `weak` from `base`. */
function merge<Place>(
  part: KernelPart<Place>,
  weak: KernelPart<Place>,
  base: KernelPart<Place>,
): KernelPart<Place> {
  if (weak === base) return part;
  const observed = Object.entries(differing(weak.observes, base.observes)).map(
    ([type, observe]) => [type, observedAlike(part.observes[type], observe, base.observes[type])],
  );
  return {
    machine: mergeMachine(part.machine, weak.machine, base.machine),
    observes: { ...part.observes, ...Object.fromEntries(observed) },
    offers: { ...part.offers, ...differing(weak.offers, base.offers) },
  };
}

/** Fact by fact, if an earlier kernel has changed the same observation. */
function observedAlike<Place>(
  before: Observation<Place> | undefined,
  weak: Observation<Place>,
  base: Observation<Place> | undefined,
): Observation<Place> {
  if (before === base) return weak;
  return (look, place, event) => {
    const known = base?.(look, place, event) ?? {};
    const changed = Object.entries(weak(look, place, event)).filter(
      ([fact, value]) => JSON.stringify(value) !== JSON.stringify(known[fact]),
    );
    return { ...before?.(look, place, event), ...Object.fromEntries(changed) };
  };
}

function mergeMachine(
  machine: AnyStateMachine,
  weak: AnyStateMachine,
  base: AnyStateMachine,
): AnyStateMachine {
  if (weak === base) return machine;
  return mergeTables(machine, weak, base).provide({
    guards: differing(weak.implementations.guards, base.implementations.guards),
    actions: differing(weak.implementations.actions, base.implementations.actions),
  });
}

/** Transition by transition; a state that `base` does not have is taken as it is. */
function mergeTables(
  machine: AnyStateMachine,
  weak: AnyStateMachine,
  base: AnyStateMachine,
): AnyStateMachine {
  const [held, known] = [statesOf(machine), statesOf(base)];
  const changed: States = Object.fromEntries(
    Object.entries(differing(statesOf(weak), known)).map(([name, state]) => {
      const on = differing(state.on ?? {}, known[name]?.on ?? {});
      return [name, { ...state, on: { ...held[name]?.on, ...on } }];
    }),
  );
  const root = differing(rootOf(weak), rootOf(base));
  if (Object.keys(changed).length + Object.keys(root).length === 0) return machine;
  return createMachine({
    ...machine.config,
    on: { ...rootOf(machine), ...root },
    states: { ...held, ...changed },
  } as AnyStateMachine['config']).provide(
    machine.implementations as Parameters<AnyStateMachine['provide']>[0],
  );
}
