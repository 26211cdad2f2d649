/** Small scenarios of processes: families, memory, eviction, remote exec. Each closes. */
import type { Scenario } from './scenario.ts';

/** S10: a child goes away and ends at once. */
export const exitAwayFromHome: Scenario = {
  name: 'exit-away-from-home',
  title: 'p forks q and waits for it; q goes to B and exits',
  hosts: ['A', 'B'],
  files: [],
  descriptors: 0,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [{ call: 'fork', child: 'q' }, { call: 'wait', child: 'q' }, { call: 'exit' }],
      },
    },
    {
      name: 'q',
      home: null,
      program: { script: [{ call: 'exit' }] },
      migrations: { to: ['B', 'A'], times: 2 },
    },
  ],
};

/** S10, the other way round: the parent goes away, forks and waits there. */
export const waitAwayFromHome: Scenario = {
  name: 'wait-away-from-home',
  title: 'p goes to B, forks q there and waits for it at once',
  hosts: ['A', 'B'],
  files: [],
  descriptors: 0,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [{ call: 'fork', child: 'q' }, { call: 'wait', child: 'q' }, { call: 'exit' }],
      },
      migrations: { to: ['B', 'A'], times: 3 },
    },
    { name: 'q', home: null, program: { script: [{ call: 'exit' }] } },
  ],
};

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

/** S9, not yet received: the owner returns while a visitor comes, or goes of itself. */
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

/** A reply is lost between live hosts. */
export const lostReply: Scenario = {
  name: 'lost-reply',
  title: 'p goes to B and exits; the reply to RESUME or to the exit may be lost',
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
      migrations: { to: ['B'], times: 1 },
    },
  ],
  faults: { lostReplies: 1 },
};

/** S15: a fork away from home whose reply is lost. */
export const forkAskedAgain: Scenario = {
  name: 'fork-asked-again',
  title: 'p goes to B, forks q and waits for it; a reply may be lost; nobody means to fork r',
  hosts: ['A', 'B'],
  files: [],
  descriptors: 0,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [{ call: 'fork', child: 'q' }, { call: 'wait', child: 'q' }, { call: 'exit' }],
      },
      migrations: { to: ['B'], times: 1 },
    },
    { name: 'q', home: null, program: { script: [{ call: 'exit' }] } },
    { name: 'r', home: null, program: { script: [] } },
  ],
  faults: { lostReplies: 1 },
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

/** Remote exec: a process moves between two programs, and no memory with it. */
export const remoteExec: Scenario = {
  name: 'remote-exec',
  title: 'p forks q and waits; q execs on B or on C, which refuses; B may crash',
  hosts: ['A', 'B', 'C'],
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
          { call: 'remoteExec', to: 'C' },
          { call: 'remoteExec', to: 'B' },
          { call: 'readPage', page: 0 },
          { call: 'exit' },
        ],
      },
    },
  ],
  evictions: { of: ['B'], times: 1 },
  faults: { crashes: { of: ['B'], times: 1 } },
  refusing: ['C'],
};

/** A name is used again: by a child that is forked when the one before has been waited for. */
export const forkAgain: Scenario = {
  name: 'fork-again',
  title: 'p forks q, which may go to B, waits for it and forks it again',
  hosts: ['A', 'B'],
  files: [],
  descriptors: 0,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [
          { call: 'fork', child: 'q' },
          { call: 'wait', child: 'q' },
          { call: 'fork', child: 'q' },
        ],
      },
    },
    {
      name: 'q',
      home: null,
      program: { script: [{ call: 'exit' }, { call: 'holdSignals' }] },
      migrations: { to: ['B'], times: 1 },
    },
  ],
};

/** A parent that ends without asking for its child, at any moment of the child's end. */
export const nobodyAsks: Scenario = {
  name: 'nobody-asks',
  title: 'p forks q and ends; q goes to B and ends',
  hosts: ['A', 'B'],
  files: [],
  descriptors: 0,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: { script: [{ call: 'fork', child: 'q' }, { call: 'exit' }] },
    },
    {
      name: 'q',
      home: null,
      program: { script: [{ call: 'exit' }] },
      migrations: { to: ['B'], times: 1 },
    },
  ],
};

/** A child is waited for twice: the second time there is nobody to wait for. */
export const waitsTwice: Scenario = {
  name: 'waits-twice',
  title: 'p forks q and waits for it twice, at home or on B',
  hosts: ['A', 'B'],
  files: [],
  descriptors: 0,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [
          { call: 'fork', child: 'q' },
          { call: 'wait', child: 'q' },
          { call: 'wait', child: 'q' },
          { call: 'exit' },
        ],
      },
      migrations: { to: ['B'], times: 1 },
    },
    { name: 'q', home: null, program: { script: [{ call: 'exit' }] } },
  ],
};

/** A process name that two want: each forks it where it is free, and waits for its own child only. */
export const twoParents: Scenario = {
  name: 'two-parents',
  title: 'p goes to B, forks q and waits for it; r at their home may fork q, and wait for it, too',
  hosts: ['A', 'B'],
  files: [],
  descriptors: 0,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [
          { call: 'fork', child: 'q' },
          { call: 'wait', child: 'q' },
        ],
      },
      migrations: { to: ['B'], times: 1 },
    },
    { name: 'q', home: null, program: { script: [{ call: 'exit' }, { call: 'exit' }] } },
    {
      name: 'r',
      home: 'A',
      program: { anyCalls: { fork: 1, wait: 1 } },
      migrations: { to: ['B'], times: 1 },
    },
  ],
};
