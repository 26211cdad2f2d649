import type { ViolatedTrace } from '../checker/stories/trace-format.ts';

/** An expectation about a kernel that does not hold. */
export class KernelAssertionError extends Error {
  override readonly name = 'KernelAssertionError';
  /** The story, where there is one: what `printTrace` makes a file of. */
  readonly trace: ViolatedTrace | undefined;

  constructor(message: string, trace?: ViolatedTrace) {
    super(message);
    this.trace = trace;
  }
}
