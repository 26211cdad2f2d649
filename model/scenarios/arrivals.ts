/** Small scenarios in which a stream arrives where its file is cached or in use. Each closes. */
import type { Scenario } from './scenario.ts';

/** A writer arrives on one host. Another has an older copy, and no version shows that it is old. */
export const writerPassesOlderCopy: Scenario = {
  name: 'writer-passes-older-copy',
  title: 'p writes f on A and execs on C; q on B has an older copy',
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
          { call: 'remoteExec', to: 'C' },
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
        ],
      },
    },
  ],
};

/** A reader closes while its host, which wrote last, is called back for a writer. */
export const readerClosesInRecall: Scenario = {
  name: 'reader-closes-in-recall',
  title: 'p writes f on B, where q reads it and closes it while r on A opens it to write',
  hosts: ['A', 'B'],
  files: ['f'],
  descriptors: 1,
  processes: [
    {
      name: 'p',
      home: 'B',
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
          { call: 'close', descriptor: 0 },
        ],
      },
    },
    {
      name: 'r',
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

/** A reference arrives where another process writes; another reference stays behind. */
export const readerArrivesAtWriter: Scenario = {
  name: 'reader-arrives-at-writer',
  title: 'p and q share a stream on A; p execs on B, where r writes f by two opens',
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
          { call: 'remoteExec', to: 'B' },
        ],
      },
    },
    { name: 'q', home: null, program: { script: [] } },
    {
      name: 'r',
      home: 'B',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
          { call: 'write', descriptor: 0 },
          { call: 'close', descriptor: 0 },
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
        ],
      },
    },
  ],
};

/** A stream for reading arrives on a host that has an older copy. */
export const readerMeetsOlderCopy: Scenario = {
  name: 'reader-meets-older-copy',
  title: 'p writes f on A, opens it to read and execs on B, where q has an older copy and writes',
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
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'remoteExec', to: 'B' },
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
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
        ],
      },
    },
  ],
};

/** A stream for writing arrives there, and the file is opened there again. */
export const readerJoinsArrival: Scenario = {
  name: 'reader-joins-arrival',
  title: 'p writes f on A and execs on B, where q has an older copy and opens f to read again',
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
          { call: 'remoteExec', to: 'B' },
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

/** A stream that had no uses at the server for a while arrives where another process has written. */
export const writerMeetsDirtyCopy: Scenario = {
  name: 'writer-meets-dirty-copy',
  title: 'p and q share a stream on A; p execs on B, where r writes f when q has closed it',
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
          { call: 'fork', child: 'q' },
          { call: 'remoteExec', to: 'B' },
        ],
      },
    },
    { name: 'q', home: null, program: { script: [{ call: 'close', descriptor: 0 }] } },
    {
      name: 'r',
      home: 'B',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
          { call: 'write', descriptor: 0 },
        ],
      },
    },
  ],
};

/** The same, but the host that it leaves has a copy. */
export const copyLeftBySharer: Scenario = {
  name: 'copy-left-by-sharer',
  title:
    'p and q share a stream on A and read f; p execs on B, where r opens f to write and closes it',
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
          { call: 'read', descriptor: 0 },
          { call: 'fork', child: 'q' },
          { call: 'remoteExec', to: 'B' },
        ],
      },
    },
    { name: 'q', home: null, program: { script: [{ call: 'close', descriptor: 0 }] } },
    {
      name: 'r',
      home: 'B',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
          { call: 'close', descriptor: 0 },
        ],
      },
    },
  ],
};

/** The same, but that copy has become an older one. */
export const olderCopyLeftBySharer: Scenario = {
  name: 'older-copy-left-by-sharer',
  title: 'p and q share a stream on A and read f; p execs on B, where r writes f and closes it',
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
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'read', descriptor: 0 },
          { call: 'fork', child: 'q' },
          { call: 'remoteExec', to: 'B' },
        ],
      },
    },
    { name: 'q', home: null, program: { script: [{ call: 'close', descriptor: 0 }] } },
    {
      name: 'r',
      home: 'B',
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

/** The same, but the host that it leaves has nothing. */
export const readerMeetsDirtyCopy: Scenario = {
  name: 'reader-meets-dirty-copy',
  title: 'p and q share a stream on A; p execs on B, where r writes f by its second open',
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
          { call: 'remoteExec', to: 'B' },
        ],
      },
    },
    { name: 'q', home: null, program: { script: [{ call: 'close', descriptor: 0 }] } },
    {
      name: 'r',
      home: 'B',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
          { call: 'close', descriptor: 0 },
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
          { call: 'write', descriptor: 0 },
        ],
      },
    },
  ],
};

/** A stream for reading arrives on a host with a copy, while the host it leaves wrote last. */
export const comesBackToCopy: Scenario = {
  name: 'comes-back-to-copy',
  title:
    'p reads f on B, execs on A, opens f there and comes home; q on A opens it to write, then to read',
  hosts: ['A', 'B'],
  files: ['f'],
  descriptors: 1,
  processes: [
    {
      name: 'p',
      home: 'B',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'read', descriptor: 0 },
          { call: 'close', descriptor: 0 },
          { call: 'remoteExec', to: 'A' },
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
        ],
      },
      migrations: { to: ['B'], times: 1 },
    },
    {
      name: 'q',
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
          { call: 'close', descriptor: 0 },
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
        ],
      },
    },
  ],
};

/** A stream for writing arrives beside one for reading that is left behind. */
export const childTakesWriter: Scenario = {
  name: 'child-takes-writer',
  title:
    'p writes f on A, reads it and forks q, which opens it to write and goes to B, where r has read it',
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
          { call: 'close', descriptor: 0 },
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'fork', child: 'q' },
        ],
      },
    },
    {
      name: 'q',
      home: null,
      program: { script: [{ call: 'open', file: 'f', mode: 'write', descriptor: 1 }] },
      migrations: { to: ['B'], times: 1 },
    },
    {
      name: 'r',
      home: 'B',
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

/** A stream for reading arrives on a host with a copy, while a third host uses the file. */
export const readerComesBack: Scenario = {
  name: 'reader-comes-back',
  title:
    'p reads f on B, execs on A, opens f there and comes home; q on C writes it and then reads it',
  hosts: ['A', 'B', 'C'],
  files: ['f'],
  descriptors: 2,
  processes: [
    {
      name: 'p',
      home: 'B',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'read', descriptor: 0 },
          { call: 'close', descriptor: 0 },
          { call: 'remoteExec', to: 'A' },
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
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
          { call: 'open', file: 'f', mode: 'read', descriptor: 1 },
          { call: 'close', descriptor: 0 },
        ],
      },
    },
  ],
};

/** The same for a stream for writing. */
export const writerComesBack: Scenario = {
  name: 'writer-comes-back',
  title:
    'p reads f on B, execs on A, writes f there and comes home; q on C opens it to write, then to read',
  hosts: ['A', 'B', 'C'],
  files: ['f'],
  descriptors: 1,
  processes: [
    {
      name: 'p',
      home: 'B',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'read', descriptor: 0 },
          { call: 'close', descriptor: 0 },
          { call: 'remoteExec', to: 'A' },
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
          { call: 'write', descriptor: 0 },
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
          { call: 'close', descriptor: 0 },
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
        ],
      },
    },
  ],
};

/** A stream for writing that had no uses for a while arrives on a host with an older copy. */
export const writerMeetsOlderCopy: Scenario = {
  name: 'writer-meets-older-copy',
  title:
    'p writes f, shares it with q and execs on B, where r has read it; q closes it and reads it',
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
          { call: 'fork', child: 'q' },
          { call: 'remoteExec', to: 'B' },
        ],
      },
    },
    {
      name: 'q',
      home: null,
      program: {
        script: [
          { call: 'close', descriptor: 0 },
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
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
          { call: 'close', descriptor: 0 },
        ],
      },
    },
  ],
};

/** The same, but no process has written, and the copy is current. */
export const writerMeetsCurrentCopy: Scenario = {
  name: 'writer-meets-current-copy',
  title:
    'p shares a stream for writing with q and execs on B, where r reads f; q closes it and reads it',
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
          { call: 'remoteExec', to: 'B' },
        ],
      },
    },
    {
      name: 'q',
      home: null,
      program: {
        script: [
          { call: 'close', descriptor: 0 },
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
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
          { call: 'close', descriptor: 0 },
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
        ],
      },
    },
  ],
};
