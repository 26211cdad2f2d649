import { callNames } from './calls.ts';

/** Events that programs, owners and faults choose; all others the kernels do of themselves. */
export const chosen: ReadonlySet<string> = new Set([
  ...callNames,
  'requested',
  'aborted',
  'ownerReturned',
  'crashes',
  'reboots',
  'replyLost',
  'writeBack',
]);
