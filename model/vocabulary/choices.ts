import { callNames } from './calls.ts';

/** Events that programs, owners and faults choose; all others are steps of the kernels. */
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
