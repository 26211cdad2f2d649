/** The calls that the programs of a scenario may make, and what follows from them. */
import type { Remaining } from '../machines/thread.events.ts';
import { streamSlot, type Stream } from '../vocabulary/ids.ts';
import type { Call, ProcessSpec, Program, Scenario } from './scenario.ts';

/** The stream slots of a scenario: one for each descriptor that some program opens. */
export function streamsOf({ processes, descriptors }: Scenario): readonly Stream[] {
  return processes.flatMap(({ name, program }) =>
    Array.from({ length: descriptors }, (_, descriptor) => descriptor)
      .filter((descriptor) => mayOpen(program, descriptor))
      .map((descriptor) => streamSlot(name, descriptor)),
  );
}

function mayOpen(program: Program, descriptor: number): boolean {
  if ('anyCalls' in program) return (program.anyCalls.open ?? 0) > 0;
  return program.script.some((each) => each.call === 'open' && each.descriptor === descriptor);
}

export function allOf(program: Program): Remaining {
  return 'script' in program ? { next: 0 } : { budget: { ...program.anyCalls } };
}

/** What a program that has these calls left may call next. */
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

function everyCall(
  { files, hosts, processes, descriptors, pages = 0 }: Scenario,
  self: string,
): readonly Call[] {
  const slots = Array.from({ length: descriptors }, (_, index) => index);
  const children = processes.filter(({ home, name }) => home === null && name !== self);
  return [
    ...files.flatMap((file) =>
      (['read', 'write'] as const).flatMap((mode) =>
        slots.map((descriptor) => ({ call: 'open', file, mode, descriptor }) as const),
      ),
    ),
    ...slots.map((descriptor) => ({ call: 'read', descriptor }) as const),
    ...slots.map((descriptor) => ({ call: 'write', descriptor }) as const),
    ...slots.map((descriptor) => ({ call: 'close', descriptor }) as const),
    ...children.map(({ name }) => ({ call: 'fork', child: name }) as const),
    ...children.map(({ name }) => ({ call: 'wait', child: name }) as const),
    ...files.map((file) => ({ call: 'stat', file }) as const),
    ...files.map((file) => ({ call: 'unlink', file }) as const),
    ...Array.from({ length: pages }, (_, page) => ({ call: 'writePage', page }) as const),
    ...Array.from({ length: pages }, (_, page) => ({ call: 'readPage', page }) as const),
    ...hosts.map((to) => ({ call: 'remoteExec', to }) as const),
    { call: 'holdSignals' },
    { call: 'exit' },
  ];
}

export function callEvent({ call, ...parameters }: Call): EventOf<Call> {
  return { type: call, ...parameters } as EventOf<Call>;
}

type EventOf<Each> = Each extends { readonly call: infer Type }
  ? { readonly type: Type } & Omit<Each, 'call'>
  : never;
