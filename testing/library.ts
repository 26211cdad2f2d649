/**
 * The package as a library: kernels, scenarios and properties as values, and the functions to write your
 * own. expect-kernel.ts has the expectations for tests.
 */
export { boot } from '../model/boot.ts';
export { streamsOf } from '../model/scenarios/calls.ts';
export { sprite, type Kernel, type PartName } from '../model/kernel.ts';
export { kernels } from '../model/kernels/all.ts';
export { combined } from '../model/kernels/combine.ts';
export type { ShippedKernel } from '../model/kernels/shipped.ts';

// Your own kernel replaces guards, actions, transitions, observations or offers of a part.
export { alsoObserving, insteadOf, partWith, type Changes } from '../model/kernels/replace.ts';
export type * from '../model/part.ts';
export { just } from '../model/part.ts';

export { scenarios } from '../model/scenarios/all.ts';
export type * from '../model/scenarios/scenario.ts';
export { on, send, type Effect, type Effects } from '../model/vocabulary/cell.ts';
export {
  cell,
  type File,
  type Host,
  type Mode,
  type Module,
  type Process,
} from '../model/vocabulary/ids.ts';
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
