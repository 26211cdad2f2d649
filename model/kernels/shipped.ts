/** What is known of a kernel that is shipped: where it comes from and who should catch it. */
import type { Kernel } from '../kernel.ts';

export type ShippedKernel = {
  /** As people type it: "R1", "A43", "sprite-1992", "accent". */
  readonly id: string;
  /** What is different, in one sentence. */
  readonly title: string;
  readonly kernel: Kernel;
  /** Where the fault is recorded, or "found by reading". */
  readonly record: string;
  /** Other words for it, by which people look for it. */
  readonly terms?: readonly string[];
  /** The properties one would expect to catch it; written down before it was run. */
  readonly caughtBy: readonly string[];
  /** The small scenario in which it shows, by name. */
  readonly scenario: string;
  /** Of a fault that miscounts references: the step at fault; written down before it was run. */
  readonly culprit?: StepAtFault;
  /** For a kernel with several faults: the kernels with one of them each. */
  readonly composedOf?: readonly string[];
};

/** A step by kind of cell and action: `{ at: 'service', action: 'served' }`. */
export type StepAtFault = { readonly at: string; readonly action: string };
