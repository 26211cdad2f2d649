/** Small scenarios in which two activities meet that meet in no other. Each closes. */
import type { Scenario } from './scenario.ts';

/** The attributes of a file without users are with its last writer. */
export const statFromElsewhere: Scenario = {
  name: 'stat-from-elsewhere',
  title: 'p writes f on A and closes it; q on B, which does not use f, asks for its size',
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
    { name: 'q', home: 'B', program: { script: [{ call: 'stat', file: 'f' }] } },
  ],
};

/** An open meets the call-back of another open, and waits for its round. */
export const opensMeetRecall: Scenario = {
  name: 'opens-meet-recall',
  title: 'p writes f on A and closes it; q and r open it on B, while A is called back; r reads',
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
      home: 'B',
      program: { script: [{ call: 'open', file: 'f', mode: 'read', descriptor: 0 }] },
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

/** Two streams of one unlinked file move at once; the last use of one at its source is given up. */
export const twoStreamsMove: Scenario = {
  name: 'two-streams-move',
  title: 'p and q share a stream of an unlinked file, r has another; p and r exec on B; q, r close',
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
          { call: 'fork', child: 'q' },
          { call: 'remoteExec', to: 'B' },
        ],
      },
    },
    { name: 'q', home: null, program: { script: [{ call: 'close', descriptor: 0 }] } },
    {
      name: 'r',
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'remoteExec', to: 'B' },
          { call: 'close', descriptor: 0 },
        ],
      },
    },
  ],
};

/** A dirty block goes home while the server cleans up after another host. */
export const lateWriteInCleanUp: Scenario = {
  name: 'late-write-in-clean-up',
  title: 'p writes f on A, and A writes back late; B, where q reads it, may crash',
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
      program: { script: [{ call: 'open', file: 'f', mode: 'read', descriptor: 0 }] },
    },
  ],
  faults: { crashes: { of: ['B'], times: 1 } },
};

/** A process that has gone by exec calls its home before home has switched. */
export const callsHomeAfterExec: Scenario = {
  name: 'calls-home-after-exec',
  title: 'p forks q, execs on B and waits for q, which execs on B and forks r; a reply may be lost',
  hosts: ['A', 'B'],
  files: ['f'],
  descriptors: 1,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [
          { call: 'fork', child: 'q' },
          { call: 'remoteExec', to: 'B' },
          { call: 'wait', child: 'q' },
        ],
      },
    },
    {
      name: 'q',
      home: null,
      program: {
        script: [
          { call: 'remoteExec', to: 'B' },
          { call: 'fork', child: 'r' },
        ],
      },
    },
    { name: 'r', home: null, program: { script: [] } },
  ],
  faults: { lostReplies: 1 },
};

/** An owner returns while a visitor closes, and while its host writes back. */
export const ownerReturnsInClose: Scenario = {
  name: 'owner-returns-in-close',
  title: 'p writes f and closes it on A or B; the owner of B returns at any time',
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
      migrations: { to: ['B'], times: 1 },
    },
  ],
  evictions: { of: ['B'], times: 1 },
};

/** A reply is lost while a visitor is being evicted. */
export const evictedUnheard: Scenario = {
  name: 'evicted-unheard',
  title: 'p goes to B, whose owner returns; a reply may be lost; p exits',
  hosts: ['A', 'B'],
  files: ['f'],
  descriptors: 1,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: { script: [{ call: 'exit' }] },
      migrations: { to: ['B'], times: 1 },
    },
  ],
  faults: { lostReplies: 1 },
  evictions: { of: ['B'], times: 1 },
};

/** A stream is given to a child on one host while another host closes it. */
export const forkDuringClose: Scenario = {
  name: 'fork-during-close',
  title: 'p shares a stream with q, which closes it on B while p forks r',
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
        ],
      },
    },
    {
      name: 'q',
      home: null,
      program: {
        script: [
          { call: 'remoteExec', to: 'B' },
          { call: 'close', descriptor: 0 },
        ],
      },
    },
    { name: 'r', home: null, program: { script: [] } },
  ],
};

/** A host closes two files at once, and writes one back meanwhile. */
export const twoFilesClose: Scenario = {
  name: 'two-files-close',
  title: 'p and q write f and g on A and close them; r on B opens f',
  hosts: ['A', 'B'],
  files: ['f', 'g'],
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
          { call: 'open', file: 'g', mode: 'write', descriptor: 0 },
          { call: 'write', descriptor: 0 },
          { call: 'close', descriptor: 0 },
        ],
      },
    },
    {
      name: 'r',
      home: 'B',
      program: { script: [{ call: 'open', file: 'f', mode: 'read', descriptor: 0 }] },
    },
  ],
};

/** A host is called back for two files at once. */
export const twoFilesRecalled: Scenario = {
  name: 'two-files-recalled',
  title: 'p has f and g open for writing on A; q and r open them on B',
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
          { call: 'open', file: 'g', mode: 'write', descriptor: 1 },
        ],
      },
    },
    {
      name: 'q',
      home: 'B',
      program: { script: [{ call: 'open', file: 'f', mode: 'read', descriptor: 0 }] },
    },
    {
      name: 'r',
      home: 'B',
      program: { script: [{ call: 'open', file: 'g', mode: 'read', descriptor: 0 }] },
    },
  ],
};

/** An unlinked file is in use on a host that dies. */
export const unlinkedOnDyingHost: Scenario = {
  name: 'unlinked-on-dying-host',
  title: 'p opens f and unlinks it, goes to B, writes, exits; B may crash',
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
          { call: 'exit' },
        ],
      },
      migrations: { to: ['B'], times: 1 },
    },
  ],
  faults: { crashes: { of: ['B'], times: 1 } },
};

/** An unlinked file goes with the host it was in use on, while its stream arrives elsewhere. */
export const unlinkedLeavesDyingHost: Scenario = {
  name: 'unlinked-leaves-dying-host',
  title: 'p opens f and unlinks it, goes to B, exits; A, its home, may crash',
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
          { call: 'exit' },
        ],
      },
      migrations: { to: ['B'], times: 1 },
    },
  ],
  faults: { crashes: { of: ['A'], times: 1 } },
};

/** An unlinked file is dirty when its stream leaves, and is written back late. */
export const unlinkedWrittenLate: Scenario = {
  name: 'unlinked-written-late',
  title:
    'p writes f, unlinks it and writes it again, on A or B; dirty blocks go home by themselves',
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
          { call: 'unlink', file: 'f' },
          { call: 'write', descriptor: 0 },
          { call: 'close', descriptor: 0 },
        ],
      },
      migrations: { to: ['B'], times: 1 },
    },
  ],
};

/** An unlinked file goes with a child by exec, and its parent closes it. */
export const unlinkedChildExecs: Scenario = {
  name: 'unlinked-child-execs',
  title: 'p shares f with q, unlinks and closes it; q execs on B, writes and closes',
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
          { call: 'fork', child: 'q' },
          { call: 'unlink', file: 'f' },
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
          { call: 'write', descriptor: 0 },
          { call: 'close', descriptor: 0 },
        ],
      },
    },
  ],
};

/** Two sharers of a stream leave their host for two others. */
export const sharersExecApart: Scenario = {
  name: 'sharers-exec-apart',
  title: 'p and q share a stream; p execs on C and q on B; both write',
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
          { call: 'remoteExec', to: 'C' },
          { call: 'write', descriptor: 0 },
        ],
      },
    },
    {
      name: 'q',
      home: null,
      program: {
        script: [
          { call: 'remoteExec', to: 'B' },
          { call: 'write', descriptor: 0 },
        ],
      },
    },
  ],
};

/** A process is away for a second time, on another host than before. */
export const execsAgain: Scenario = {
  name: 'execs-again',
  title: 'p execs on B, whose owner returns; home again, p execs on C with what it wrote',
  hosts: ['A', 'B', 'C'],
  files: ['f'],
  descriptors: 1,
  pages: 1,
  delayedWrites: true,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
          { call: 'write', descriptor: 0 },
          { call: 'remoteExec', to: 'B' },
          { call: 'writePage', page: 0 },
          { call: 'write', descriptor: 0 },
          { call: 'remoteExec', to: 'C' },
          { call: 'write', descriptor: 0 },
        ],
      },
    },
  ],
  evictions: { of: ['B'], times: 1 },
};
