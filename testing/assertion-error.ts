import type { ViolatedTrace } from '../checker/stories/trace-format.ts';

/** An expectation about a specification that does not hold. */
export class SpecificationAssertionError extends Error {
  override readonly name: string = 'SpecificationAssertionError';
  /** The story, where there is one: what `printTrace` makes a file of. */
  readonly trace: ViolatedTrace | undefined;

  constructor(message: string, trace?: ViolatedTrace) {
    super(message);
    this.trace = trace;
  }
}

/** An expectation about a kernel that does not hold. */
export class KernelAssertionError extends SpecificationAssertionError {
  override readonly name = 'KernelAssertionError';
}
