/**
 * A kernel is a value: one part for each thing. Every fault, every proposed change and every other
 * system is `sprite` with something in a part replaced: see kernels/replace.ts.
 */
import type { AnyStateMachine } from 'xstate';
import { cleanupPart } from './machines/cleanup.machine.ts';
import { consistencyPart } from './machines/consistency.machine.ts';
import { entryPart } from './machines/entry.machine.ts';
import { evictionPart } from './machines/eviction.machine.ts';
import { filePart } from './machines/file.machine.ts';
import { handlePart } from './machines/handle.machine.ts';
import { homeCallPart } from './machines/home-call.machine.ts';
import { hostPart } from './machines/host.machine.ts';
import { memoryPart } from './machines/memory.machine.ts';
import { processPart } from './machines/process.machine.ts';
import { recallPart } from './machines/recall.machine.ts';
import { releasePart } from './machines/release.machine.ts';
import { servicePart } from './machines/service.machine.ts';
import { shadowPart } from './machines/shadow.machine.ts';
import { sourcePart } from './machines/source.machine.ts';
import { streamPart } from './machines/stream.machine.ts';
import { targetPart } from './machines/target.machine.ts';
import { threadPart } from './machines/thread.machine.ts';
import type { KernelPart, PartOf } from './part.ts';
import type { Module } from './vocabulary/ids.ts';

const parts = {
  host: hostPart,
  cleanup: cleanupPart,
  thread: threadPart,
  process: processPart,
  memory: memoryPart,
  source: sourcePart,
  target: targetPart,
  homeCall: homeCallPart,
  eviction: evictionPart,
  service: servicePart,
  release: releasePart,
  stream: streamPart,
  shadow: shadowPart,
  handle: handlePart,
  file: filePart,
  entry: entryPart,
  consistency: consistencyPart,
  recall: recallPart,
};

/** The name of a part. */
export type PartName = keyof typeof parts;

export const partNames = Object.keys(parts) as readonly PartName[];

export type Kernel = { readonly [name in PartName]: KernelPart<PlaceOf<(typeof parts)[name]>> } & {
  /**
   * The call-back table: the modules whose part of a process is sized, encapsulated and de-encapsulated. A
   * module that is not in it loses its state of a migrated process.
   */
  readonly modules: readonly Module[];
};

/** The repaired protocol: atomic stream transfer, every modeled fault corrected. */
export const sprite = {
  ...parts,
  modules: ['files', 'memory', 'signals'],
} satisfies Kernel;

type PlaceOf<Part> = Part extends PartOf<AnyStateMachine, infer Place> ? Place : never;
