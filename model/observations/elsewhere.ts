/**
 * Observations that look at a cell of another host. A host knows only what is on it and what a message
 * brings, so each needs a reason. A test walks through every scenario and finds exactly these; ghosts and
 * the budget of faults belong to no host and are not listed.
 */
import type { KindName } from '../vocabulary/kinds.ts';

/** Why an observation may look there. */
export const reasons = {
  message: 'it takes a message, or waits for one, and the cell there is that message',
  call: 'the kernel makes a call there, which is one step here',
  news: 'a crash, or another boot identifier: the kernel learns it from its recovery module or a message',
  name: 'whether a name is free: the kernel takes a number that was never used',
  here: 'what it looks for is on this host, in a cell that names another one while a process is on its way',
  shortcut: 'the kernel has no message for it: the model is kinder here than the kernel',
} as const;

export type Reason = keyof typeof reasons;

type Observer = `${KindName} ${string}`;

/** By kind of cell and event: the kinds of cells there, and the reason for each. */
export const elsewhere: {
  readonly [observer: Observer]: { readonly [kind in KindName]?: Reason };
} = {
  'eviction ownerReturned': { thread: 'here' },
  // A host restarts when the server has finished its work for the crash.
  'host reboots': { cleanup: 'shortcut' },
  'memory forked': { swap: 'call' },
  'process allocated': { host: 'news' },
  'process createdAsVisitor': { host: 'news' },
  'process createdAway': { host: 'news' },
  'process peerCrashNoticed': { host: 'news' },
  // Whether a reply to this client is on its way. The kernel compares stamps.
  'recall served': { service: 'shortcut' },
  'recall taken': { file: 'message' },
  'release sent': { host: 'news' },
  'service releaseTaken': { release: 'message' },
  // The mark of an eviction is in the source at home; the kernel has it in the visitor's control block.
  'source evicted': { process: 'shortcut' },
  'source execRequested': { host: 'news', process: 'here' },
  'source hostCrashed': { process: 'shortcut' },
  'source replyTaken': { target: 'message' },
  // The target of the last migration must be done before the next one begins.
  'source requested': { host: 'news', process: 'here', target: 'shortcut', thread: 'here' },
  // Whether home has served the wait that the trap breaks, and has switched after the last migration.
  'source trapped': { homeCall: 'shortcut', target: 'shortcut' },
  'target asked': { host: 'news' },
  'target closed': { service: 'message' },
  'target hostCrashed': { source: 'news' },
  'target noticed': { host: 'news' },
  'target replyTaken': { service: 'message' },
  'target transferred': { host: 'news', process: 'message' },
  'thread close': { service: 'message' },
  'thread closeOnExit': { service: 'message' },
  'thread exit': { source: 'here' },
  // Whether home is still receiving it. The kernel makes the exit call in any case.
  'thread finished': { process: 'shortcut' },
  'thread fork': { homeCall: 'name', process: 'name', service: 'name', thread: 'name' },
  'thread homeReplied': { homeCall: 'message' },
  'thread open': { service: 'message', shadow: 'name' },
  'thread read': { file: 'call', shadow: 'call' },
  'thread readPage': { swap: 'call' },
  'thread remoteExec': { source: 'here', target: 'shortcut' },
  'thread replyMissed': { homeCall: 'message' },
  'thread replyTaken': { service: 'message' },
  'thread stat': { consistency: 'call', file: 'call', handle: 'call' },
  'thread unlink': { file: 'call' },
  'thread write': { file: 'call', shadow: 'call' },
  'thread writePage': { swap: 'call' },
};
