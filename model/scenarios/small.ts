/** Small scenarios, each small enough to close: every state is visited. */
import type { Scenario } from './scenario.ts';

/** S1: a shared stream whose two references leave one after the other. */
export const doubleMigration: Scenario = {
  name: 'double-migration',
  title: 'p opens a file and forks q; q goes to B, p goes to C; both close',
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

/** S5: a writer leaves; a reader of the same file, by a stream of its own, stays. */
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

/** S8: a client dies while its call-back is out; then everybody closes, and the file goes. */
export const clientDiesInRecall: Scenario = {
  name: 'client-dies-in-recall',
  title: 'p on A has a file open for writing when q on B opens it; A may crash',
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
          { call: 'unlink', file: 'f' },
          { call: 'close', descriptor: 0 },
        ],
      },
    },
  ],
  faults: { crashes: { of: ['A'], times: 1 } },
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

/** S12: any host but the file server crashes at any moment of a migration, out or home. */
export const crashDuringMigration: Scenario = {
  name: 'crash-during-migration',
  title: 'p opens a file and goes to B and home again; A or B may crash',
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
          { call: 'exit' },
        ],
      },
      migrations: { to: ['B', 'A'], times: 2 },
    },
  ],
  faults: { crashes: { of: ['A', 'B'], times: 1 } },
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

/** The reply to RESUME is lost between live hosts. */
export const lostReply: Scenario = {
  name: 'lost-reply',
  title: 'p goes to B; the reply to RESUME may be lost; p exits',
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
    { name: 'q', home: null, program: { script: [{ call: 'close', descriptor: 0 }] } },
  ],
};

/** A host that writes a file while another reads it opens it a second time, for reading. */
export const readerBesideWriter: Scenario = {
  name: 'reader-beside-writer',
  title: 'p on A writes, q on B reads; r on A opens the file for reading too',
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

/** A process has been on B, and now is on C: B is not needed any more. */
export const leftBehind: Scenario = {
  name: 'left-behind',
  title: 'p works on B, goes home and on to C; B may crash',
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
          { call: 'write', descriptor: 0 },
          { call: 'writePage', page: 0 },
          { call: 'stat', file: 'f' },
        ],
      },
      migrations: { to: ['A', 'B', 'C'], times: 3 },
    },
  ],
  faults: { crashes: { of: ['B'], times: 1 } },
};
