/** Small scenarios of hosts that open a file of which they have a copy, often an older one. Each closes. */
import type { Scenario } from './scenario.ts';

/** A host has an older copy of a file and opens it for reading. */
export const readerOpensAgain: Scenario = {
  name: 'reader-opens-again',
  title:
    'p writes f on A, closes it and reads it; q on B has an older copy and opens f to read again',
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
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
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
        ],
      },
    },
  ],
};

/** The same for writing. */
export const writerOpensAgain: Scenario = {
  name: 'writer-opens-again',
  title: 'p writes f on A, closes it and reads it; q on B has an older copy and opens f to write',
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
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
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

/** A host with an older copy opens for reading a file that no host may cache. */
export const readerJoinsSharers: Scenario = {
  name: 'reader-joins-sharers',
  title: 'p writes f on A while r reads it on C; q on B has an older copy and opens f to read',
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
        ],
      },
    },
    {
      name: 'r',
      home: 'C',
      program: { script: [{ call: 'open', file: 'f', mode: 'read', descriptor: 0 }] },
    },
  ],
};

/** The same for writing. */
export const writerJoinsSharers: Scenario = {
  name: 'writer-joins-sharers',
  title: 'p writes f on A while r reads it on C; q on B has an older copy and opens f to write',
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
    {
      name: 'r',
      home: 'C',
      program: { script: [{ call: 'open', file: 'f', mode: 'read', descriptor: 0 }] },
    },
  ],
};

/** A host meets its own older copy when no other host has anything of the file any more. */
export const onlyOlderCopy: Scenario = {
  name: 'only-older-copy',
  title: 'p writes f on A and closes it; q and r open it on B, where there is an older copy',
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
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
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

/** A process forks that reads a dirty block of its host, while the host is called back. */
export const dirtyReaderForks: Scenario = {
  name: 'dirty-reader-forks',
  title:
    'p writes f on A, reads it by another stream and forks q; r on B reads f and opens it to write',
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
          { call: 'open', file: 'f', mode: 'read', descriptor: 1 },
          { call: 'fork', child: 'q' },
        ],
      },
    },
    { name: 'q', home: null, program: { script: [] } },
    {
      name: 'r',
      home: 'B',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'close', descriptor: 0 },
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
        ],
      },
    },
  ],
};

/** A host that has a dirty block closes its stream for reading while it is called back. */
export const readerClosesBesideOthers: Scenario = {
  name: 'reader-closes-beside-others',
  title:
    'p writes f on A and closes it; q on A opens it to read and closes it, r on B opens it to read',
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
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
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
