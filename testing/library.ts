/**
 * The package as a library: kernels, scenarios and properties as values, and what it takes to write
 * one's own. What checks them in a test stands in expect-kernel.ts.
 */
export { boot } from '../model/boot.ts';
export { streamsOf } from '../model/scenarios/calls.ts';
export { sprite, type Kernel, type Module, type Part } from '../model/kernel.ts';
export { kernels } from '../model/kernels/all.ts';
export { combined } from '../model/kernels/combine.ts';
export type { ShippedKernel } from '../model/kernels/shipped.ts';

// A kernel of one's own replaces guards, actions or states of one of these with `provide`.
export { cleanupMachine } from '../model/machines/cleanup.machine.ts';
export { consistencyMachine } from '../model/machines/consistency.machine.ts';
export { entryMachine } from '../model/machines/entry.machine.ts';
export { evictionMachine } from '../model/machines/eviction.machine.ts';
export { fileMachine } from '../model/machines/file.machine.ts';
export { handleMachine } from '../model/machines/handle.machine.ts';
export { homeCallMachine } from '../model/machines/home-call.machine.ts';
export { hostMachine } from '../model/machines/host.machine.ts';
export { memoryMachine } from '../model/machines/memory.machine.ts';
export { processMachine } from '../model/machines/process.machine.ts';
export { recallMachine } from '../model/machines/recall.machine.ts';
export { releaseMachine } from '../model/machines/release.machine.ts';
export { serviceMachine } from '../model/machines/service.machine.ts';
export { shadowMachine } from '../model/machines/shadow.machine.ts';
export { sourceMachine } from '../model/machines/source.machine.ts';
export { streamMachine } from '../model/machines/stream.machine.ts';
export { targetMachine } from '../model/machines/target.machine.ts';
export { threadMachine } from '../model/machines/thread.machine.ts';

export { scenarios } from '../model/scenarios/all.ts';
export type * from '../model/scenarios/scenario.ts';
export { on, tell, type Effect, type Told } from '../model/vocabulary/cell.ts';
export { cell, type File, type Host, type Mode, type Process } from '../model/vocabulary/ids.ts';
export { worldOf, type Held, type World } from '../model/world.ts';

export {
  equal,
  firstOf,
  type Claim,
  type ClaimKind,
  type Finding,
  type Property,
  type StepClaim,
  type StepTaken,
} from '../checker/specification/property.ts';
export type {
  Cell,
  Event,
  Local,
  Look,
  Protocol,
  Step,
} from '../checker/specification/protocol.ts';
export type { Json } from '../checker/text/json.ts';
export { properties } from '../properties/all.ts';
export { fileIsAtRest, noCleanup, streamIsAtRest } from '../properties/quiescence.ts';
