/**
 * The system calls that a program may make, in one table: each with its arguments. The type of a
 * call, the calls that random programs draw from, and what a scenario file may contain follow from it.
 *
 *   Programs that may make any call try them in this order, simplest first.
 */
import type { File, Host, Mode, Process } from './ids.ts';

export const calls = {
  open: ['file', 'mode', 'descriptor'],
  read: ['descriptor'],
  write: ['descriptor'],
  close: ['descriptor'],
  fork: ['child'],
  wait: ['child'],
  stat: ['file'],
  unlink: ['file'],
  writePage: ['page'],
  readPage: ['page'],
  remoteExec: ['to'],
  holdSignals: [],
  exit: [],
} as const satisfies { readonly [call: string]: readonly Argument[] };

export const callNames = Object.keys(calls) as readonly CallName[];

export type CallName = keyof typeof calls;

export type Arguments = {
  readonly file: File;
  readonly mode: Mode;
  readonly descriptor: number;
  /** A process that has no home until it is forked. */
  readonly child: Process;
  readonly page: number;
  readonly to: Host;
};

export type Argument = keyof Arguments;

/** A system call as a program makes it. */
export type Call = {
  [name in CallName]: { readonly call: name } & Pick<Arguments, (typeof calls)[name][number]>;
}[CallName];
