/** Worker threads for the verbs: progress on the terminal; a second Ctrl-C ends the program. */
import { createPool, type Pool } from '../analysis/jobs/worker-pool.ts';
import type { Loaded } from '../analysis/specification/loaded.ts';
import { EXIT } from './exit-codes.ts';
import { showProgressOf } from './progress-line.ts';

export function openPool(options: {
  readonly spec: Loaded;
  readonly workers: number;
  readonly timeoutSeconds?: number | undefined;
}): Pool {
  return createPool({
    ...options,
    showProgress: showProgressOf(options.spec, options.workers),
    onGivenUp: () => process.exit(EXIT.interrupted),
  });
}
