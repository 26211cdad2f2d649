/**
 * A kernel is a value: one machine for each thing. Every fault, every proposed change and every
 * other system is `sprite` with one of these replaced.
 */
import type { AnyStateMachine } from 'xstate';
import { cleanupMachine } from './machines/cleanup.machine.ts';
import { consistencyMachine } from './machines/consistency.machine.ts';
import { entryMachine } from './machines/entry.machine.ts';
import { evictionMachine } from './machines/eviction.machine.ts';
import { fileMachine } from './machines/file.machine.ts';
import { handleMachine } from './machines/handle.machine.ts';
import { homeCallMachine } from './machines/home-call.machine.ts';
import { hostMachine } from './machines/host.machine.ts';
import { memoryMachine } from './machines/memory.machine.ts';
import { processMachine } from './machines/process.machine.ts';
import { recallMachine } from './machines/recall.machine.ts';
import { releaseMachine } from './machines/release.machine.ts';
import { serviceMachine } from './machines/service.machine.ts';
import { shadowMachine } from './machines/shadow.machine.ts';
import { sourceMachine } from './machines/source.machine.ts';
import { streamMachine } from './machines/stream.machine.ts';
import { targetMachine } from './machines/target.machine.ts';
import { threadMachine } from './machines/thread.machine.ts';

/** A module of the kernel that keeps state for each process. */
export type Module = 'files' | 'memory' | 'signals';

/** A part of a kernel that is a machine. */
export type Part = keyof typeof machines;

export type Kernel = { readonly [part in Part]: AnyStateMachine } & {
  /**
   * The call-back table: the modules whose part of a process is sized, encapsulated and
   * de-encapsulated. A module that is not in it loses what it knows of a migrated process.
   */
  readonly modules: readonly Module[];
};

const machines = {
  host: hostMachine,
  cleanup: cleanupMachine,
  thread: threadMachine,
  process: processMachine,
  memory: memoryMachine,
  source: sourceMachine,
  target: targetMachine,
  homeCall: homeCallMachine,
  eviction: evictionMachine,
  service: serviceMachine,
  release: releaseMachine,
  stream: streamMachine,
  shadow: shadowMachine,
  handle: handleMachine,
  file: fileMachine,
  entry: entryMachine,
  consistency: consistencyMachine,
  recall: recallMachine,
};

/** The repaired protocol: atomic stream transfer, every modelled weakness corrected. */
export const sprite: Kernel = { ...machines, modules: ['files', 'memory', 'signals'] };
