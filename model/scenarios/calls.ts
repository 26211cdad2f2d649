/** The calls that the programs of a scenario may make, and what follows from them. */
import type { Remaining } from '../machines/thread.events.ts';
import { callNames, calls, type Argument, type Arguments, type Call } from '../vocabulary/calls.ts';
import { streamSlot, type Stream } from '../vocabulary/ids.ts';
import type { ProcessSpec, Program, Scenario } from './scenario.ts';

/** The stream slots of a scenario: one for each descriptor that some program opens. */
export function streamsOf({ processes, descriptors }: Scenario): readonly Stream[] {
  return processes.flatMap((spec) => streamsOpenedBy(spec, descriptors));
}

/** The stream slots of one process. */
export function streamsOpenedBy(
  { name, program }: ProcessSpec,
  descriptors: number,
): readonly Stream[] {
  return Array.from({ length: descriptors }, (_, descriptor) => descriptor)
    .filter((descriptor) => mayOpen(program, descriptor))
    .map((descriptor) => streamSlot(name, descriptor));
}

function mayOpen(program: Program, descriptor: number): boolean {
  if ('anyCalls' in program) return (program.anyCalls.open ?? 0) > 0;
  return program.script.some((each) => each.call === 'open' && each.descriptor === descriptor);
}

export function allOf(program: Program): Remaining {
  return 'script' in program ? { next: 0 } : { budget: { ...program.anyCalls } };
}

/** The calls that a program may make next, if these are left to it. */
export function callsLeft(
  scenario: Scenario,
  { name, program }: ProcessSpec,
  remaining: Remaining,
): readonly Call[] {
  if ('next' in remaining) {
    const call = 'script' in program ? program.script[remaining.next] : undefined;
    return call === undefined ? [] : [call];
  }
  return everyCall(scenario, name).filter(({ call }) => (remaining.budget[call] ?? 0) > 0);
}

function everyCall(scenario: Scenario, self: string): readonly Call[] {
  const values = argumentValues(scenario, self);
  return callNames.flatMap((call) => {
    const start: readonly object[] = [{ call }];
    const each = calls[call].reduce(
      (begun, argument) =>
        begun.flatMap((some) => values[argument].map((value) => ({ ...some, [argument]: value }))),
      start,
    );
    return each as readonly Call[];
  });
}

/** The possible values of each argument of a call. */
function argumentValues(
  { files, hosts, processes, descriptors, pages = 0 }: Scenario,
  self: string,
): { readonly [argument in Argument]: readonly Arguments[argument][] } {
  return {
    file: files,
    mode: ['read', 'write'],
    descriptor: Array.from({ length: descriptors }, (_, index) => index),
    child: processes
      .filter(({ home, name }) => home === null && name !== self)
      .map(({ name }) => name),
    page: Array.from({ length: pages }, (_, index) => index),
    to: hosts,
  };
}

export function callEvent({ call, ...parameters }: Call): EventOf<Call> {
  return { type: call, ...parameters } as EventOf<Call>;
}

type EventOf<Each> = Each extends { readonly call: infer Type }
  ? { readonly type: Type } & Omit<Each, 'call'>
  : never;
