/**
 * Small scenarios in which a crash meets something else: an owner, a lost reply, another migration, a
 * second crash. Each closes.
 */
import type { Scenario } from './scenario.ts';

/** The source dies, and the target finds its streams refused. No host hears what it says of that. */
export const sourceDiesUnheard: Scenario = {
  name: 'source-dies-unheard',
  title:
    'p takes f from A to B, whose owner returns; C refuses q; A may crash, and a reply may be lost',
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
          { call: 'remoteExec', to: 'B' },
        ],
      },
    },
    { name: 'q', home: 'B', program: { script: [{ call: 'remoteExec', to: 'C' }] } },
  ],
  evictions: { of: ['B'], times: 1 },
  faults: { crashes: { of: ['A'], times: 1 }, lostReplies: 1 },
  refusing: ['C'],
};

/** Two hosts die: of source, target, and a host that has no part in the migration. */
export const twoHostsDie: Scenario = {
  name: 'two-hosts-die',
  title: 'p is asked to go to B, or to C, which refuses, and exits; two of the hosts may crash',
  hosts: ['A', 'B', 'C'],
  files: [],
  descriptors: 0,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: { script: [{ call: 'exit' }] },
      migrations: { to: ['B', 'C'], times: 1 },
    },
  ],
  faults: { crashes: { of: ['A', 'B', 'C'], times: 2 } },
  refusing: ['C'],
};

/** The home of a visitor dies before it has switched away; so does the host that it must leave. */
export const bothDieInEviction: Scenario = {
  name: 'both-die-in-eviction',
  title: 'p goes to B, whose owner returns, and exits; A and B may crash, one after the other',
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
  evictions: { of: ['B'], times: 1 },
  faults: { crashes: { of: ['A', 'B'], times: 2 } },
};

/** An owner meets visitors whose home has crashed, some of which are being killed, and a local process. */
export const ownerMeetsTheDying: Scenario = {
  name: 'owner-meets-the-dying',
  title: 'p and q exec on B, the home of r; its owner returns; A, the home of p and q, may crash',
  hosts: ['A', 'B'],
  files: [],
  descriptors: 0,
  processes: [
    { name: 'p', home: 'A', program: { script: [{ call: 'remoteExec', to: 'B' }] } },
    { name: 'q', home: 'A', program: { script: [{ call: 'remoteExec', to: 'B' }] } },
    { name: 'r', home: 'B', program: { script: [] } },
  ],
  evictions: { of: ['B'], times: 1 },
  faults: { crashes: { of: ['A'], times: 1 } },
};

/** A visitor whose home has crashed is killed: its pages and its swap file go as well. */
export const pagesOfTheKilled: Scenario = {
  name: 'pages-of-the-killed',
  title: 'p execs on B, writes a page and exits; A, its home, may crash',
  hosts: ['A', 'B'],
  files: [],
  descriptors: 0,
  pages: 1,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [{ call: 'remoteExec', to: 'B' }, { call: 'writePage', page: 0 }, { call: 'exit' }],
      },
    },
  ],
  faults: { crashes: { of: ['A'], times: 1 } },
};

/** The target dies while a stream moves. Its last client closes it before the server has the answer. */
export const lastCloseInRefusal: Scenario = {
  name: 'last-close-in-refusal',
  title: 'p shares f with q, unlinks it and execs on B, which may crash; q closes',
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
          { call: 'remoteExec', to: 'B' },
        ],
      },
    },
    { name: 'q', home: null, program: { script: [{ call: 'close', descriptor: 0 }] } },
  ],
  faults: { crashes: { of: ['B'], times: 1 } },
};

/** A child is forked with the name of one whose host has died, while the server still serves its call. */
export const forkedInOldCall: Scenario = {
  name: 'forked-in-old-call',
  title: 'p opens f, forks q, waits for it and forks it again; q execs on B, which may crash',
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
          { call: 'wait', child: 'q' },
          { call: 'fork', child: 'q' },
        ],
      },
    },
    {
      name: 'q',
      home: null,
      program: { script: [{ call: 'remoteExec', to: 'B' }, { call: 'exit' }] },
    },
  ],
  faults: { crashes: { of: ['B'], times: 1 } },
};

/** A stream comes home from a host that has died, while another reference of it leaves home. */
export const sharersCross: Scenario = {
  name: 'sharers-cross',
  title: 'p and q share f; p execs on B and is sent home while q execs on C; B may crash',
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
          { call: 'remoteExec', to: 'B' },
        ],
      },
      migrations: { to: ['A'], times: 1 },
    },
    { name: 'q', home: null, program: { script: [{ call: 'remoteExec', to: 'C' }] } },
  ],
  faults: { crashes: { of: ['B'], times: 1 } },
};

/** An unlinked file goes with its host while its stream arrives; another file arrives there as well. */
export const unlinkedArrivesBesideAnother: Scenario = {
  name: 'unlinked-arrives-beside-another',
  title: 'p unlinks f, which it has open, and takes it from A to B, q takes g from C; A may crash',
  hosts: ['A', 'B', 'C'],
  files: ['f', 'g'],
  descriptors: 1,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'unlink', file: 'f' },
          { call: 'remoteExec', to: 'B' },
        ],
      },
    },
    {
      name: 'q',
      home: 'C',
      program: {
        script: [
          { call: 'open', file: 'g', mode: 'read', descriptor: 0 },
          { call: 'remoteExec', to: 'B' },
        ],
      },
    },
  ],
  faults: { crashes: { of: ['A'], times: 1 } },
};

/** A host dies on which a process forks, while another process comes, ends and is no part of the family. */
export const forkerDies: Scenario = {
  name: 'forker-dies',
  title: 'p execs on B and forks q; r, from the same home, execs on B and exits; B may crash',
  hosts: ['A', 'B'],
  files: [],
  descriptors: 0,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [
          { call: 'remoteExec', to: 'B' },
          { call: 'fork', child: 'q' },
        ],
      },
    },
    { name: 'q', home: null, program: { script: [] } },
    {
      name: 'r',
      home: 'A',
      program: { script: [{ call: 'remoteExec', to: 'B' }, { call: 'exit' }] },
    },
  ],
  faults: { crashes: { of: ['B'], times: 1 } },
};

/** A process that is given up at its target closes a file that another process closes there. */
export const givenUpBesideClose: Scenario = {
  name: 'given-up-beside-close',
  title: 'p takes f from A to B, where q opens and closes it; A may crash',
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
          { call: 'close', descriptor: 0 },
        ],
      },
    },
  ],
  faults: { crashes: { of: ['A'], times: 1 } },
};
