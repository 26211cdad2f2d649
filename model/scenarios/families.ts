/** Small scenarios of families: fork shares and copies, exit and wait take place at home. Each closes. */
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

/** S15: a fork away from home whose reply is lost. */
export const forkAskedAgain: Scenario = {
  name: 'fork-asked-again',
  title: 'p goes to B, forks q and waits for it; a reply may be lost; no program forks r',
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

/** A child is forked with the name of an earlier one, which has been waited for. */
export const forkAgain: Scenario = {
  name: 'fork-again',
  title: 'p forks q, which may go to B, waits for it and forks it again; B may crash',
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
  faults: { crashes: { of: ['B'], times: 1 } },
};

/** A parent ends without waiting for its child, at any moment of the child's end. */
export const endsWithoutWaiting: Scenario = {
  name: 'ends-without-waiting',
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

/** A parent that has ended and is not waited for never waits for its child, although its own parent lives. */
export const threeGenerations: Scenario = {
  name: 'three-generations',
  title:
    'p forks q, which forks r and ends; r may go to B and ends; p lives on and waits for no child',
  hosts: ['A', 'B'],
  files: [],
  descriptors: 0,
  processes: [
    { name: 'p', home: 'A', program: { script: [{ call: 'fork', child: 'q' }] } },
    {
      name: 'q',
      home: null,
      program: { script: [{ call: 'fork', child: 'r' }, { call: 'exit' }] },
    },
    {
      name: 'r',
      home: null,
      program: { script: [{ call: 'exit' }] },
      migrations: { to: ['B'], times: 1 },
    },
  ],
};

/** A parent waits for a child twice: the second time there is no child to wait for. */
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

/** A process waits for the child of another process, and the wait fails at once. */
export const waitsForStranger: Scenario = {
  name: 'waits-for-stranger',
  title: 'p forks q, which lives on; r, from the same home, waits for q',
  hosts: ['A'],
  files: [],
  descriptors: 0,
  processes: [
    { name: 'p', home: 'A', program: { script: [{ call: 'fork', child: 'q' }] } },
    { name: 'q', home: null, program: { script: [] } },
    { name: 'r', home: 'A', program: { script: [{ call: 'wait', child: 'q' }] } },
  ],
};

/** Calls that never return although no lock delays them. */
export const callsInVain: Scenario = {
  name: 'calls-in-vain',
  title:
    'p opens f again while q has its stream, on A or B; q opens a descriptor that is in use; r reads a stream for writing; s execs on its own host',
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
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
        ],
      },
    },
    {
      name: 'q',
      home: null,
      program: { script: [{ call: 'open', file: 'f', mode: 'read', descriptor: 0 }] },
      migrations: { to: ['B'], times: 1 },
    },
    {
      name: 'r',
      home: 'B',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
          { call: 'read', descriptor: 0 },
        ],
      },
    },
    { name: 's', home: 'A', program: { script: [{ call: 'remoteExec', to: 'A' }] } },
  ],
};

/** Two processes may fork one name: each forks it when it is free, and waits for its own child only. */
export const twoParents: Scenario = {
  name: 'two-parents',
  title:
    'p goes to B, forks q and waits for it; r, from their home, may fork q and wait for it, too',
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

/** Two files and held signals are the same on every host and in a child. */
export const twoFilesTravel: Scenario = {
  name: 'two-files-travel',
  title:
    'p opens f and g, holds its signals, may go to B; forks q, which writes g; closes f, writes g',
  hosts: ['A', 'B'],
  files: ['f', 'g'],
  descriptors: 2,
  delayedWrites: true,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'open', file: 'g', mode: 'write', descriptor: 1 },
          { call: 'holdSignals' },
          { call: 'fork', child: 'q' },
          { call: 'close', descriptor: 0 },
          { call: 'write', descriptor: 1 },
        ],
      },
      migrations: { to: ['B'], times: 1 },
    },
    { name: 'q', home: null, program: { script: [{ call: 'write', descriptor: 1 }] } },
  ],
};

/** A child has its parent's memory as it was at the fork, wherever the fork was. */
export const memoryIsForked: Scenario = {
  name: 'memory-is-forked',
  title:
    'p writes a page, forks q and writes it again; both read theirs; p may go to B, q to A or B',
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
          { call: 'fork', child: 'q' },
          { call: 'writePage', page: 0 },
          { call: 'readPage', page: 0 },
        ],
      },
      migrations: { to: ['B'], times: 1 },
    },
    {
      name: 'q',
      home: null,
      program: { script: [{ call: 'readPage', page: 0 }, { call: 'exit' }] },
      migrations: { to: ['A', 'B'], times: 1 },
    },
  ],
};

/** Boot identifiers travel with forks and execs: a host that has been down is another one now. */
export const forksAfterReboot: Scenario = {
  name: 'forks-after-reboot',
  title:
    'A or B crashes and comes up again; p may go to B, forks q and waits for it; q may go, too',
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
    {
      name: 'q',
      home: null,
      program: { script: [{ call: 'exit' }] },
      migrations: { to: ['B'], times: 1 },
    },
  ],
  faults: { crashes: { of: ['A', 'B'], times: 1 }, reboots: true },
};
