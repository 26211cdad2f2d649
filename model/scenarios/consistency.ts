/** Small scenarios of the caches: which host may keep what, and which is called back. Each closes. */
import type { Scenario } from './scenario.ts';

/** S5: a writer leaves; a reader of the same file, which has a stream of its own, stays. */
export const writerLeavesReader: Scenario = {
  name: 'writer-leaves-reader',
  title: 'p writes and q reads one file on A, by separate opens; p goes to B',
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
          { call: 'write', descriptor: 0 },
          { call: 'stat', file: 'f' },
          { call: 'write', descriptor: 0 },
        ],
      },
      migrations: { to: ['B'], times: 1 },
    },
    {
      name: 'q',
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'read', descriptor: 0 },
          { call: 'stat', file: 'f' },
        ],
      },
    },
  ],
};

/** S7: a third host opens for writing while a migration's reply is in flight. */
export const openDuringReply: Scenario = {
  name: 'open-during-reply',
  title: 'p goes to B with a file; q on C opens it for writing',
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
          { call: 'read', descriptor: 0 },
          { call: 'read', descriptor: 0 },
        ],
      },
      migrations: { to: ['B'], times: 1 },
    },
    {
      name: 'q',
      home: 'C',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
          { call: 'write', descriptor: 0 },
          { call: 'close', descriptor: 0 },
        ],
      },
    },
  ],
};

/** Sequential write-sharing: one host after the other writes, a third reads. */
export const sequentialSharing: Scenario = {
  name: 'sequential-sharing',
  title: 'p on A writes and closes, then q on B writes, then r on C reads',
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
          { call: 'close', descriptor: 0 },
        ],
      },
    },
    {
      name: 'q',
      home: 'B',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
          { call: 'write', descriptor: 0 },
          { call: 'close', descriptor: 0 },
        ],
      },
    },
    {
      name: 'r',
      home: 'C',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'read', descriptor: 0 },
        ],
      },
    },
  ],
};

/** A host that writes a file while another reads it opens it a second time, for reading. */
export const readerBesideWriter: Scenario = {
  name: 'reader-beside-writer',
  title: 'p on A writes, q on B reads; r on A opens the file for reading too',
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
          { call: 'write', descriptor: 0 },
        ],
      },
    },
    {
      name: 'q',
      home: 'B',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'read', descriptor: 0 },
        ],
      },
    },
    {
      name: 'r',
      home: 'A',
      program: { script: [{ call: 'open', file: 'f', mode: 'read', descriptor: 0 }] },
    },
  ],
};

/** Three processes of one host open a file; the replies overtake each other. */
export const opensOvertake: Scenario = {
  name: 'opens-overtake',
  title: 'on one host p writes a file, q opens it for writing and r for reading',
  hosts: ['A'],
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
          { call: 'write', descriptor: 0 },
        ],
      },
    },
    {
      name: 'q',
      home: 'A',
      program: { script: [{ call: 'open', file: 'f', mode: 'write', descriptor: 0 }] },
    },
    {
      name: 'r',
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'read', descriptor: 0 },
        ],
      },
    },
  ],
};

/** Two clients are called back at once. */
export const twoRecalls: Scenario = {
  name: 'two-recalls',
  title:
    'q on B and r on C read a file that p on A opens for writing; dirty blocks go home by themselves',
  hosts: ['A', 'B', 'C'],
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
          { call: 'write', descriptor: 0 },
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
          { call: 'read', descriptor: 0 },
        ],
      },
    },
    {
      name: 'r',
      home: 'C',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'read', descriptor: 0 },
          { call: 'close', descriptor: 0 },
        ],
      },
    },
  ],
};

/** A round of call-backs that waits for two hosts. */
export const twoReadersRecalled: Scenario = {
  name: 'two-readers-recalled',
  title: 'q and r read f on B and C and keep it; p opens it for writing on A',
  hosts: ['A', 'B', 'C'],
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
          { call: 'write', descriptor: 0 },
        ],
      },
    },
    {
      name: 'q',
      home: 'B',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'read', descriptor: 0 },
          { call: 'read', descriptor: 0 },
        ],
      },
    },
    {
      name: 'r',
      home: 'C',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'read', descriptor: 0 },
          { call: 'read', descriptor: 0 },
        ],
      },
    },
  ],
};

/** Delayed writes: a client writes its dirty block back when it likes. */
export const delayedWrites: Scenario = {
  name: 'delayed-writes',
  title: 'p writes f on A and closes it; A writes back when it likes; q reads f twice on B',
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
          { call: 'write', descriptor: 0 },
          { call: 'write', descriptor: 0 },
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
          { call: 'read', descriptor: 0 },
          { call: 'stat', file: 'f' },
          { call: 'read', descriptor: 0 },
        ],
      },
    },
  ],
};

/** A delayed write while the stream that wrote moves: between its release and its accounting. */
export const writesBackWhileMoving: Scenario = {
  name: 'writes-back-while-moving',
  title: 'p writes f and goes to B; A writes back when it likes; q reads f on A',
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
          { call: 'write', descriptor: 0 },
          { call: 'write', descriptor: 0 },
          { call: 'close', descriptor: 0 },
        ],
      },
      migrations: { to: ['B'], times: 1 },
    },
    {
      name: 'q',
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'read', descriptor: 0 },
        ],
      },
    },
  ],
};

/** The same with a shared stream: its last use on the source is given up while it moves. */
export const closesWhileMoving: Scenario = {
  name: 'closes-while-moving',
  title: 'p writes f and shares it with q, which goes to B; p closes; A writes back; p reads f',
  hosts: ['A', 'B'],
  files: ['f'],
  descriptors: 2,
  delayedWrites: true,
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
          { call: 'open', file: 'f', mode: 'read', descriptor: 1 },
          { call: 'read', descriptor: 1 },
        ],
      },
    },
    {
      name: 'q',
      home: null,
      program: {
        script: [
          { call: 'write', descriptor: 0 },
          { call: 'close', descriptor: 0 },
        ],
      },
      migrations: { to: ['B'], times: 1 },
    },
  ],
};

/** A delayed write while the reply to an open for writing is on its way to its host. */
export const writesBackWhileOpening: Scenario = {
  name: 'writes-back-while-opening',
  title: 'p writes f twice on A, by two opens; A writes back when it likes; q reads f on B',
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
          { call: 'write', descriptor: 0 },
          { call: 'close', descriptor: 0 },
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
          { call: 'write', descriptor: 0 },
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
          { call: 'read', descriptor: 0 },
          { call: 'stat', file: 'f' },
        ],
      },
    },
  ],
};

/** A process closes what it has written, and written back, while another on its host opens the file. */
export const closesWhileOpening: Scenario = {
  name: 'closes-while-opening',
  title: 'p and q write f on A; A writes back when it likes; r reads f on B',
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
          { call: 'write', descriptor: 0 },
          { call: 'close', descriptor: 0 },
        ],
      },
    },
    {
      name: 'q',
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
          { call: 'write', descriptor: 0 },
          { call: 'close', descriptor: 0 },
        ],
      },
    },
    {
      name: 'r',
      home: 'B',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'read', descriptor: 0 },
        ],
      },
    },
  ],
};

/** A host that has closed an open for writing without a write still reads, and is taken for the last writer. */
export const closesUnwritten: Scenario = {
  name: 'closes-unwritten',
  title:
    'p opens f on A to write and only closes it, beside q, which reads; r on B has a copy, and opens f again',
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
          { call: 'close', descriptor: 0 },
        ],
      },
    },
    {
      name: 'q',
      home: 'A',
      program: { script: [{ call: 'open', file: 'f', mode: 'read', descriptor: 0 }] },
    },
    {
      name: 'r',
      home: 'B',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'read', descriptor: 0 },
          { call: 'close', descriptor: 0 },
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'close', descriptor: 0 },
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
        ],
      },
    },
  ],
};

/** A reader opens, reads and closes while an open for writing waits, and reads again after the write. */
export const readsBeforeWriter: Scenario = {
  name: 'reads-before-writer',
  title: 'p writes f on A; q on B reads it, twice, with an open and a close each',
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
          { call: 'write', descriptor: 0 },
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
          { call: 'read', descriptor: 0 },
          { call: 'close', descriptor: 0 },
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'read', descriptor: 0 },
        ],
      },
    },
  ],
};

/** Two streams of one host on an uncached file; one of them closes. */
export const oneOfTwoCloses: Scenario = {
  name: 'one-of-two-closes',
  title: 'p writes f on A while q on B has opened it twice for reading and closes one',
  hosts: ['A', 'B'],
  files: ['f'],
  descriptors: 2,
  delayedWrites: true,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
          { call: 'write', descriptor: 0 },
          { call: 'write', descriptor: 0 },
        ],
      },
    },
    {
      name: 'q',
      home: 'B',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'open', file: 'f', mode: 'read', descriptor: 1 },
          { call: 'close', descriptor: 0 },
          { call: 'read', descriptor: 1 },
          { call: 'read', descriptor: 1 },
        ],
      },
    },
  ],
};

/** A write that overtakes the reply to a second open on its host. */
export const writeOvertakes: Scenario = {
  name: 'write-overtakes',
  title:
    'p closes f on A while q opens it on B; q writes while r opens it on B; q asks for its size',
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
          { call: 'close', descriptor: 0 },
        ],
      },
    },
    {
      name: 'q',
      home: 'B',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
          { call: 'write', descriptor: 0 },
          { call: 'stat', file: 'f' },
        ],
      },
    },
    {
      name: 'r',
      home: 'B',
      program: { script: [{ call: 'open', file: 'f', mode: 'write', descriptor: 0 }] },
    },
  ],
};

/** An open and a close that overtake the reply to an earlier open on their host. */
export const closeOvertakes: Scenario = {
  name: 'close-overtakes',
  title: 'p closes f on A while r opens it on B; q opens, writes and closes it on B; r reads',
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
          { call: 'close', descriptor: 0 },
        ],
      },
    },
    {
      name: 'q',
      home: 'B',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
          { call: 'write', descriptor: 0 },
          { call: 'close', descriptor: 0 },
        ],
      },
    },
    {
      name: 'r',
      home: 'B',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'read', descriptor: 0 },
        ],
      },
    },
  ],
};
