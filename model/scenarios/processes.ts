/** Small scenarios of processes: requests to migrate, memory, eviction, remote exec. Each closes. */
import type { Scenario } from './scenario.ts';

/** An exit races a request to migrate; the target may refuse, a module may abort. */
export const exitRacesRequest: Scenario = {
  name: 'exit-races-request',
  title: 'p may be sent to B, or to C, which refuses; a module may abort; p exits',
  hosts: ['A', 'B', 'C'],
  files: ['f'],
  descriptors: 1,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [{ call: 'open', file: 'f', mode: 'read', descriptor: 0 }, { call: 'exit' }],
      },
      migrations: { to: ['B', 'C'], times: 1 },
    },
  ],
  faults: { aborts: true },
  refusing: ['C'],
};

/** S17: a second request while a first one is under way. */
export const requestedTwice: Scenario = {
  name: 'requested-twice',
  title: 'p is asked to go to B and to C',
  hosts: ['A', 'B', 'C'],
  files: [],
  descriptors: 0,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: { script: [{ call: 'exit' }] },
      migrations: { to: ['B', 'C'], times: 2 },
    },
  ],
};

/** S17, later: the second request comes when the state has been sent. */
export const requestedOnTheWay: Scenario = {
  name: 'requested-on-the-way',
  title: 'p opens f and holds its signals; it is asked to go to B and to C',
  hosts: ['A', 'B', 'C'],
  files: ['f'],
  descriptors: 1,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
          { call: 'holdSignals' },
          { call: 'exit' },
        ],
      },
      migrations: { to: ['B', 'C'], times: 2 },
    },
  ],
};

/** S9: an owner returns to a host with two visitors; one of them may not be able to go. */
export const eviction: Scenario = {
  name: 'eviction',
  title: 'p and q go to B; its owner returns; a module may abort',
  hosts: ['A', 'B'],
  files: [],
  descriptors: 0,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: { script: [{ call: 'exit' }] },
      migrations: { to: ['B'], times: 1 },
    },
    {
      name: 'q',
      home: 'A',
      program: { script: [] },
      migrations: { to: ['B'], times: 1 },
    },
  ],
  evictions: { of: ['B'], times: 1 },
  faults: { aborts: true },
};

/** S9, in transit: the owner returns while a visitor arrives, or leaves by itself. */
export const ownerReturnsEarly: Scenario = {
  name: 'owner-returns-early',
  title: 'p goes to B with a file and is sent home; the owner of B returns at any time; aborts',
  hosts: ['A', 'B'],
  files: ['f'],
  descriptors: 1,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [{ call: 'open', file: 'f', mode: 'write', descriptor: 0 }, { call: 'exit' }],
      },
      migrations: { to: ['B', 'A'], times: 2 },
    },
  ],
  evictions: { of: ['B'], times: 1 },
  faults: { aborts: true },
};

/** A reply is lost between live hosts: of any command of a migration, or to the exit. */
export const lostReply: Scenario = {
  name: 'lost-reply',
  title: 'p may go to B and home, or ask C, which refuses, and exits; a reply may be lost',
  hosts: ['A', 'B', 'C'],
  files: ['f'],
  descriptors: 1,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [{ call: 'open', file: 'f', mode: 'write', descriptor: 0 }, { call: 'exit' }],
      },
      migrations: { to: ['A', 'B', 'C'], times: 2 },
    },
  ],
  faults: { lostReplies: 1 },
  refusing: ['C'],
};

/** Memory: pages are written, the process goes and is sent home; its owner returns. */
export const memoryTravels: Scenario = {
  name: 'memory-travels',
  title: 'p writes pages and a file, goes to B, is evicted, reads them at home; B may crash',
  hosts: ['A', 'B'],
  files: ['f'],
  descriptors: 1,
  pages: 2,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
          { call: 'holdSignals' },
          { call: 'writePage', page: 0 },
          { call: 'write', descriptor: 0 },
          { call: 'readPage', page: 0 },
          { call: 'readPage', page: 1 },
          { call: 'exit' },
        ],
      },
      migrations: { to: ['B'], times: 1 },
    },
  ],
  evictions: { of: ['B'], times: 1 },
  faults: { crashes: { of: ['B'], times: 1 } },
  fullTwins: true,
};

/** Remote exec: a process moves between two programs, with its files and signals, without memory. */
export const remoteExec: Scenario = {
  name: 'remote-exec',
  title:
    'p opens f, forks q and waits; q execs on C, which refuses, and on B; B is reclaimed, may crash',
  hosts: ['A', 'B', 'C'],
  files: ['f'],
  descriptors: 1,
  pages: 1,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
          { call: 'writePage', page: 0 },
          { call: 'fork', child: 'q' },
          { call: 'wait', child: 'q' },
        ],
      },
    },
    {
      name: 'q',
      home: null,
      program: {
        script: [
          { call: 'holdSignals' },
          { call: 'remoteExec', to: 'C' },
          { call: 'remoteExec', to: 'B' },
          { call: 'readPage', page: 0 },
          { call: 'write', descriptor: 0 },
          { call: 'exit' },
        ],
      },
    },
  ],
  evictions: { of: ['B'], times: 1 },
  faults: { crashes: { of: ['B'], times: 1 } },
  refusing: ['C'],
};

/** The same for an exec. */
export const execsAfterReboot: Scenario = {
  name: 'execs-after-reboot',
  title: 'p execs on B; A or B may crash and come up again, before or after',
  hosts: ['A', 'B'],
  files: [],
  descriptors: 0,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: { script: [{ call: 'remoteExec', to: 'B' }, { call: 'exit' }] },
    },
  ],
  faults: { crashes: { of: ['A', 'B'], times: 1 }, reboots: true },
};

/** A new program starts with new memory, also if the old one has been away and has a swap file. */
export const execsAfterTravel: Scenario = {
  name: 'execs-after-travel',
  title: 'p writes a page, may go to B and home, and execs on B, where it reads the page',
  hosts: ['A', 'B'],
  files: [],
  descriptors: 0,
  pages: 1,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [
          { call: 'writePage', page: 0 },
          { call: 'remoteExec', to: 'B' },
          { call: 'readPage', page: 0 },
        ],
      },
      migrations: { to: ['A', 'B'], times: 2 },
    },
  ],
};
