/** Small scenarios of streams: shared, in transit, closed on the way. Each closes: every state is visited. */
import type { Scenario } from './scenario.ts';

/** S1: a shared stream whose two references leave one after the other. */
export const doubleMigration: Scenario = {
  name: 'double-migration',
  title: 'p writes a file and forks q; q goes to B, p goes to C; both close',
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
          { call: 'write', descriptor: 0 },
          { call: 'fork', child: 'q' },
          { call: 'close', descriptor: 0 },
        ],
      },
      migrations: { to: ['C'], times: 1 },
    },
    {
      name: 'q',
      home: null,
      program: { script: [{ call: 'close', descriptor: 0 }] },
      migrations: { to: ['B'], times: 1 },
    },
  ],
};

/** S2: a stream is read at its source while another reference is on its way. */
export const readDuringTransfer: Scenario = {
  name: 'read-during-transfer',
  title: 'p opens a file and forks q; q goes to B and reads there; p reads at A',
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
          { call: 'fork', child: 'q' },
          { call: 'read', descriptor: 0 },
          { call: 'close', descriptor: 0 },
        ],
      },
    },
    {
      name: 'q',
      home: null,
      program: {
        script: [
          { call: 'read', descriptor: 0 },
          { call: 'close', descriptor: 0 },
        ],
      },
      migrations: { to: ['B', 'A'], times: 2 },
    },
  ],
};

/** A reference comes home while another that shares its stream leaves. */
export const sharersChangePlaces: Scenario = {
  name: 'sharers-change-places',
  title: 'p and q share a stream; q goes to B, and comes home while p goes there; q reads',
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
          { call: 'fork', child: 'q' },
          { call: 'read', descriptor: 0 },
        ],
      },
      migrations: { to: ['B'], times: 1 },
    },
    {
      name: 'q',
      home: null,
      program: { script: [{ call: 'read', descriptor: 0 }] },
      migrations: { to: ['B', 'A'], times: 2 },
    },
  ],
};

/** S3: two processes that share a stream go to one host at once. */
export const sameTarget: Scenario = {
  name: 'same-target',
  title: 'p and q share a stream and both go to B',
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
          { call: 'write', descriptor: 0 },
        ],
      },
      migrations: { to: ['B'], times: 1 },
    },
    {
      name: 'q',
      home: null,
      program: { script: [{ call: 'close', descriptor: 0 }] },
      migrations: { to: ['B'], times: 1 },
    },
  ],
};

/** S4: a file that has lost its name goes with the process that has it open. */
export const unlinkedTravels: Scenario = {
  name: 'unlinked-travels',
  title: 'p opens a file and unlinks it, goes to B, writes, closes',
  hosts: ['A', 'B'],
  files: ['f'],
  descriptors: 1,
  delayedWrites: true,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
          { call: 'unlink', file: 'f' },
          { call: 'write', descriptor: 0 },
          { call: 'close', descriptor: 0 },
        ],
      },
      migrations: { to: ['B', 'A'], times: 2 },
    },
  ],
};

/** An unlinked file that two processes share; one leaves with it while the other closes it. */
export const unlinkedSharedTravels: Scenario = {
  name: 'unlinked-shared-travels',
  title: 'p opens a file, forks q, unlinks it and goes to B; q closes',
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
          { call: 'fork', child: 'q' },
          { call: 'unlink', file: 'f' },
          { call: 'read', descriptor: 0 },
        ],
      },
      migrations: { to: ['B'], times: 1 },
    },
    {
      name: 'q',
      home: null,
      program: {
        script: [
          { call: 'unlink', file: 'f' },
          { call: 'close', descriptor: 0 },
        ],
      },
    },
  ],
};

/** Two streams on one file at one host: one leaves by migration while the other is closed. */
export const closeAtTheSource: Scenario = {
  name: 'close-at-the-source',
  title: 'p takes one stream of a file to B while q closes another at A',
  hosts: ['A', 'B'],
  files: ['f'],
  descriptors: 1,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: { script: [{ call: 'open', file: 'f', mode: 'read', descriptor: 0 }] },
      migrations: { to: ['B'], times: 1 },
    },
    {
      name: 'q',
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
          { call: 'close', descriptor: 0 },
        ],
      },
    },
  ],
};

/** Two hosts close a file that has lost its name. */
export const twoClosers: Scenario = {
  name: 'two-closers',
  title: 'p on A and q on B have a file open; p unlinks it; both close',
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
          { call: 'unlink', file: 'f' },
          { call: 'close', descriptor: 0 },
        ],
      },
    },
    {
      name: 'q',
      home: 'B',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'close', descriptor: 0 },
        ],
      },
    },
  ],
};

/** One stream, three processes: a reference joins others at the target while some stay at home. */
export const threeSharers: Scenario = {
  name: 'three-sharers',
  title: 'p opens a file and forks q and r; q and r go to B, p stays and reads',
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
          { call: 'fork', child: 'q' },
          { call: 'fork', child: 'r' },
          { call: 'read', descriptor: 0 },
        ],
      },
    },
    { name: 'q', home: null, program: { script: [] }, migrations: { to: ['B'], times: 1 } },
    {
      name: 'r',
      home: null,
      program: { script: [{ call: 'read', descriptor: 0 }] },
      migrations: { to: ['B'], times: 1 },
    },
  ],
};

/** One stream on three hosts, and two are left when one has closed it. */
export const oneOfThreeCloses: Scenario = {
  name: 'one-of-three-closes',
  title: 'p opens a file and forks q and r; q goes to B, r to C and closes there',
  hosts: ['A', 'B', 'C'],
  files: ['f'],
  descriptors: 1,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'fork', child: 'q' },
          { call: 'fork', child: 'r' },
        ],
      },
    },
    { name: 'q', home: null, program: { script: [] }, migrations: { to: ['B'], times: 1 } },
    {
      name: 'r',
      home: null,
      program: { script: [{ call: 'close', descriptor: 0 }] },
      migrations: { to: ['C'], times: 1 },
    },
  ],
};

/** S16: a migration and two closes, on three hosts, wait for each other (or do not). */
export const threePartyClose: Scenario = {
  name: 'three-party-close',
  title: 's is shared by A and D, t is on A; p takes s to C, q closes s at D, r closes t at A',
  hosts: ['A', 'C', 'D'],
  files: ['f'],
  descriptors: 1,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'fork', child: 'q' },
        ],
      },
      migrations: { to: ['C'], times: 1 },
    },
    {
      name: 'q',
      home: null,
      program: { script: [{ call: 'close', descriptor: 0 }] },
      migrations: { to: ['D'], times: 1 },
    },
    {
      name: 'r',
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

/** A reference arrives on a host that is just closing its last other use of the file. */
export const streamMeetsClose: Scenario = {
  name: 'stream-meets-close',
  title: 'p takes f to B, where q closes it and opens it again',
  hosts: ['A', 'B'],
  files: ['f'],
  descriptors: 1,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: { script: [{ call: 'open', file: 'f', mode: 'write', descriptor: 0 }] },
      migrations: { to: ['B'], times: 1 },
    },
    {
      name: 'q',
      home: 'B',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'close', descriptor: 0 },
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
        ],
      },
    },
  ],
};

/** A stream that was shared once, beside another stream of the same file. Nothing is in progress meanwhile. */
export const sharedOnce: Scenario = {
  name: 'shared-once',
  title:
    'p reads f, q has its stream on B and ends; p opens f again to write, and reads by the old one',
  hosts: ['A', 'B'],
  files: ['f'],
  descriptors: 2,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'fork', child: 'q' },
          { call: 'wait', child: 'q' },
          { call: 'open', file: 'f', mode: 'write', descriptor: 1 },
          { call: 'write', descriptor: 1 },
          { call: 'read', descriptor: 0 },
        ],
      },
    },
    {
      name: 'q',
      home: null,
      program: { script: [{ call: 'remoteExec', to: 'B' }, { call: 'exit' }] },
    },
  ],
};
