/** A shipped kernel: where its fault comes from, and which properties should catch it. */
import type { Kernel } from '../kernel.ts';

export type ShippedKernel = {
  /** As it is typed: "R1", "A43", "sprite-1992", "accent". */
  readonly id: string;
  /** The difference from `sprite`, in one sentence. */
  readonly title: string;
  readonly kernel: Kernel;
  /** Where the fault is recorded, or "found by reading". */
  readonly record: string;
  /** Other words that people search for. */
  readonly terms?: readonly string[];
  /** The properties that are expected to catch it, written down before it was run. */
  readonly caughtBy: readonly string[];
  /** The small scenario in which it shows, by name. */
  readonly scenario: string;
  /** The step at fault, if the fault miscounts references; written down before it was run. */
  readonly culprit?: StepAtFault;
  /** For a kernel with several faults: the kernels with one of them each. */
  readonly composedOf?: readonly string[];
};

/** A step by kind of cell and action: `{ at: 'service', action: 'served' }`. */
export type StepAtFault = { readonly at: string; readonly action: string };
