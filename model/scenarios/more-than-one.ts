/**
 * Small scenarios with more than one of what others have one of: pages, descriptors, losses, answers,
 * arrivals, calls in any order. Each closes.
 */
import type { Scenario } from './scenario.ts';

/** A reply is lost, and so is a later one. */
export const twoRepliesLost: Scenario = {
  name: 'two-replies-lost',
  title: 'p goes to B and home and exits; two replies may be lost',
  hosts: ['A', 'B'],
  files: [],
  descriptors: 0,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: { script: [{ call: 'exit' }] },
      migrations: { to: ['A', 'B'], times: 2 },
    },
  ],
  faults: { lostReplies: 2 },
};

/** The second page of two is written, and the first is not. */
export const secondPageTravels: Scenario = {
  name: 'second-page-travels',
  title: 'p writes the second of two pages and reads it; it may go to B and home',
  hosts: ['A', 'B'],
  files: [],
  descriptors: 0,
  pages: 2,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [
          { call: 'writePage', page: 1 },
          { call: 'readPage', page: 1 },
        ],
      },
      migrations: { to: ['A', 'B'], times: 2 },
    },
  ],
};

/** A process leaves with the first of two descriptors; another exits, and closes one after the other. */
export const oneOfTwoIsOpen: Scenario = {
  name: 'one-of-two-is-open',
  title: 'p opens f and g and forks q; p closes g and execs on B; q exits',
  hosts: ['A', 'B'],
  files: ['f', 'g'],
  descriptors: 2,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
          { call: 'open', file: 'g', mode: 'read', descriptor: 1 },
          { call: 'fork', child: 'q' },
          { call: 'close', descriptor: 1 },
          { call: 'remoteExec', to: 'B' },
        ],
      },
    },
    { name: 'q', home: null, program: { script: [{ call: 'exit' }] } },
  ],
};

/** A round of call-backs that waits for three hosts. */
export const threeReadersRecalled: Scenario = {
  name: 'three-readers-recalled',
  title: 'q, r and s open f to read on B, C and D; p opens it to write on A',
  hosts: ['A', 'B', 'C', 'D'],
  files: ['f'],
  descriptors: 1,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: { script: [{ call: 'open', file: 'f', mode: 'write', descriptor: 0 }] },
    },
    {
      name: 'q',
      home: 'B',
      program: { script: [{ call: 'open', file: 'f', mode: 'read', descriptor: 0 }] },
    },
    {
      name: 'r',
      home: 'C',
      program: { script: [{ call: 'open', file: 'f', mode: 'read', descriptor: 0 }] },
    },
    {
      name: 's',
      home: 'D',
      program: { script: [{ call: 'open', file: 'f', mode: 'read', descriptor: 0 }] },
    },
  ],
};

/** Three references of a stream come home at once. */
export const threeSharersComeHome: Scenario = {
  name: 'three-sharers-come-home',
  title: 'p opens f, execs on B and forks q and r there; the owner of B returns',
  hosts: ['A', 'B'],
  files: ['f'],
  descriptors: 1,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'remoteExec', to: 'B' },
          { call: 'fork', child: 'q' },
          { call: 'fork', child: 'r' },
        ],
      },
    },
    { name: 'q', home: null, program: { script: [] } },
    { name: 'r', home: null, program: { script: [] } },
  ],
  evictions: { of: ['B'], times: 1 },
};

/** A stream for writing that was shared is on one host again, by the return of a reference; it leaves. */
export const sharerLeavesTwice: Scenario = {
  name: 'sharer-leaves-twice',
  title: 'p shares f with q and closes it; q execs on B, is sent home, execs on B again and closes',
  hosts: ['A', 'B'],
  files: ['f'],
  descriptors: 1,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
          { call: 'fork', child: 'q' },
          { call: 'close', descriptor: 0 },
        ],
      },
    },
    {
      name: 'q',
      home: null,
      program: {
        script: [
          { call: 'remoteExec', to: 'B' },
          { call: 'remoteExec', to: 'B' },
          { call: 'close', descriptor: 0 },
        ],
      },
      migrations: { to: ['A'], times: 1 },
    },
  ],
};

/** A process makes the calls on a file and its name in any order, while another closes the file. */
export const callsInAnyOrder: Scenario = {
  name: 'calls-in-any-order',
  title:
    'p opens f, writes it, unlinks it and asks for its size, in any order; q opens and closes it',
  hosts: ['A'],
  files: ['f'],
  descriptors: 1,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: { anyCalls: { open: 1, write: 1, stat: 1, unlink: 1 } },
    },
    {
      name: 'q',
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'close', descriptor: 0 },
        ],
      },
    },
  ],
};

/** A process that chooses its calls is sent away while it waits, and waits again where it arrives. */
export const waitsInAnyOrder: Scenario = {
  name: 'waits-in-any-order',
  title: 'p forks q and waits for it, in any order, on A or B; q exits',
  hosts: ['A', 'B'],
  files: [],
  descriptors: 0,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: { anyCalls: { fork: 1, wait: 1 } },
      migrations: { to: ['A', 'B'], times: 2 },
    },
    { name: 'q', home: null, program: { script: [{ call: 'exit' }] } },
  ],
};

/** A process is asked to go and wants to go itself; a module may refuse the first, and not the exec. */
export const execsAfterAbort: Scenario = {
  name: 'execs-after-abort',
  title: 'p is asked to go to B, where it also execs; a module may abort',
  hosts: ['A', 'B'],
  files: [],
  descriptors: 0,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: { script: [{ call: 'remoteExec', to: 'B' }] },
      migrations: { to: ['B'], times: 1 },
    },
  ],
  faults: { aborts: true },
};
