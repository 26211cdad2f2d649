/**
 * Small scenarios in which two of something are undone at once, or one thing a second time: by a crash, an
 * abort, a call-back, an owner who returns. Each closes.
 */
import type { Scenario } from './scenario.ts';

/** A host that has come up again is used, and crashes again: it is cleaned up after again. */
export const crashesTwice: Scenario = {
  name: 'crashes-twice',
  title:
    'A crashes, comes up and crashes again; p on B execs there and writes f, which q on B opens',
  hosts: ['A', 'B'],
  files: ['f'],
  descriptors: 1,
  processes: [
    {
      name: 'p',
      home: 'B',
      program: {
        script: [
          { call: 'remoteExec', to: 'A' },
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
  faults: { crashes: { of: ['A'], times: 2 }, reboots: true },
};

/** A host has come up twice before another host asks it: its boot identifier is not the old one. */
export const bootsTwice: Scenario = {
  name: 'boots-twice',
  title: 'p goes to B, which crashes and comes up again, twice',
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
  ],
  faults: { crashes: { of: ['B'], times: 2 }, reboots: true },
};

/** Two opens for writing are counted for a host that writes its dirty block back late. */
export const twoOpensOnTheWay: Scenario = {
  name: 'two-opens-on-the-way',
  title: 'p and q on A open f to write, while A writes a dirty block back; r reads f on B',
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
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
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

/** A host has a file open for writing twice when it dies, or when a call-back to it fails. */
export const twoWritersDie: Scenario = {
  name: 'two-writers-die',
  title: 'p and q on A open f to write; A may crash; r on B opens f to read and unlinks it',
  hosts: ['A', 'B'],
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
      home: 'A',
      program: { script: [{ call: 'open', file: 'f', mode: 'write', descriptor: 0 }] },
    },
    {
      name: 'r',
      home: 'B',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'unlink', file: 'f' },
        ],
      },
    },
  ],
  faults: { crashes: { of: ['A'], times: 1 } },
};

/** A process has two files when it goes, is aborted, is taken back, or dies. */
export const twoFilesDie: Scenario = {
  name: 'two-files-die',
  title: 'p opens f and g to write and goes to B, or a module aborts; A or B may crash',
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
      migrations: { to: ['B'], times: 1 },
    },
  ],
  faults: { crashes: { of: ['A', 'B'], times: 1 }, aborts: true },
};

/** The same with two pages. */
export const twoPagesDie: Scenario = {
  name: 'two-pages-die',
  title: 'p writes two pages, goes to B, or a module aborts, reads both and exits; A may crash',
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
          { call: 'writePage', page: 0 },
          { call: 'writePage', page: 1 },
          { call: 'readPage', page: 0 },
          { call: 'readPage', page: 1 },
          { call: 'exit' },
        ],
      },
      migrations: { to: ['B'], times: 1 },
    },
  ],
  faults: { crashes: { of: ['A'], times: 1 }, aborts: true },
};

/** The same with two children, which have its stream. */
export const twoChildrenDie: Scenario = {
  name: 'two-children-die',
  title: 'p opens f, forks q and r, goes to B, or a module aborts, and exits; A may crash',
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
          { call: 'exit' },
        ],
      },
      migrations: { to: ['B'], times: 1 },
    },
    { name: 'q', home: null, program: { script: [] } },
    { name: 'r', home: null, program: { script: [] } },
  ],
  faults: { crashes: { of: ['A'], times: 1 }, aborts: true },
};

/** A host is called back for two files when it dies. */
export const diesInTwoRecalls: Scenario = {
  name: 'dies-in-two-recalls',
  title: 'p on A writes f and g; q and r on B open one each to read; A may crash',
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
          { call: 'write', descriptor: 0 },
          { call: 'write', descriptor: 1 },
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
  faults: { crashes: { of: ['A'], times: 1 } },
};

/** A host comes up again only when the server waits for no answer of it, about any file. */
export const rebootsInSecondRecall: Scenario = {
  name: 'reboots-in-second-recall',
  title: 'p on A opens f and g to write; A crashes and comes up; q on B opens g and goes to A',
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
      program: { script: [{ call: 'open', file: 'g', mode: 'read', descriptor: 0 }] },
      migrations: { to: ['A'], times: 1 },
    },
  ],
  faults: { crashes: { of: ['A'], times: 1 }, reboots: true },
};

/** A round of call-backs is not answered by two hosts. */
export const twoReadersDie: Scenario = {
  name: 'two-readers-die',
  title: 'q on B and r on C have f open to read when p on A opens it to write; B and C may crash',
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
      program: { script: [{ call: 'open', file: 'f', mode: 'read', descriptor: 0 }] },
    },
    {
      name: 'r',
      home: 'C',
      program: { script: [{ call: 'open', file: 'f', mode: 'read', descriptor: 0 }] },
    },
  ],
  faults: { crashes: { of: ['B', 'C'], times: 2 } },
};

/** An owner sends a visitor home, and the same visitor again. */
export const ownerReturnsTwice: Scenario = {
  name: 'owner-returns-twice',
  title: 'p is asked to go to B twice, and the owner of B returns twice',
  hosts: ['A', 'B'],
  files: [],
  descriptors: 0,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: { script: [{ call: 'exit' }] },
      migrations: { to: ['B'], times: 2 },
    },
  ],
  evictions: { of: ['B'], times: 2 },
};

/** A host that shares a stream dies. The others go on where the last read ended. */
export const sharerDies: Scenario = {
  name: 'sharer-dies',
  title: 'p opens f on B and forks q, which execs on A; p reads f twice; A may crash',
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
          { call: 'fork', child: 'q' },
          { call: 'read', descriptor: 0 },
          { call: 'read', descriptor: 0 },
        ],
      },
    },
    {
      name: 'q',
      home: null,
      program: { script: [{ call: 'remoteExec', to: 'A' }] },
    },
  ],
  faults: { crashes: { of: ['A'], times: 1 } },
};
