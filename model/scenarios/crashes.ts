/** Small scenarios in which a host crashes. Each closes. */
import type { Scenario } from './scenario.ts';

/** S8: a client dies while its call-back is out; then all processes close, and the file goes. */
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
          { call: 'stat', file: 'f' },
          { call: 'unlink', file: 'f' },
          { call: 'close', descriptor: 0 },
        ],
      },
    },
  ],
  faults: { crashes: { of: ['A'], times: 1 } },
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
  fullTwins: true,
};

/** A process has been on B and is on C now: it does not need B any more. */
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

/** Hosts that crash come up again with another boot identifier; others have not noticed yet. */
export const hostComesBack: Scenario = {
  name: 'host-comes-back',
  title: 'p goes to B; A or B crashes and comes up again; q goes from B to A with a file',
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
    {
      name: 'q',
      home: 'B',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
          { call: 'write', descriptor: 0 },
        ],
      },
      migrations: { to: ['A'], times: 1 },
    },
  ],
  faults: { crashes: { of: ['A', 'B'], times: 1 }, reboots: true },
};

/** A host crashes that a process does not depend on any more; and one that it depends on. */
export const statusFromAfar: Scenario = {
  name: 'status-from-afar',
  title:
    'p forks q and goes to B, whose owner returns; q goes to C, which may crash; p waits for q',
  hosts: ['A', 'B', 'C'],
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
      migrations: { to: ['C'], times: 1 },
    },
  ],
  evictions: { of: ['B'], times: 1 },
  faults: { crashes: { of: ['C'], times: 1 } },
};

/** A home crashes after it has answered a wait, and the answer is lost with it. */
export const homeDiesInWait: Scenario = {
  name: 'home-dies-in-wait',
  title: 'p goes to B, forks q and waits for it; their home may crash',
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
    { name: 'q', home: null, program: { script: [{ call: 'exit' }] } },
  ],
  faults: { crashes: { of: ['A'], times: 1 } },
};

/** The source crashes while a reference of a stream arrives beside another reference of it. */
export const givenUpBesideAnother: Scenario = {
  name: 'given-up-beside-another',
  title: 'p opens f on A, as its second descriptor, and forks q; both go to B; A may crash',
  hosts: ['A', 'B'],
  files: ['f'],
  descriptors: 2,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'write', descriptor: 1 },
          { call: 'fork', child: 'q' },
        ],
      },
      migrations: { to: ['B'], times: 1 },
    },
    {
      name: 'q',
      home: null,
      program: { script: [] },
      migrations: { to: ['B'], times: 1 },
    },
  ],
  faults: { crashes: { of: ['A'], times: 1 } },
};

/**
 * A process on its way home finds that its home has crashed, come up again and does not know it. Or it
 * leaves a host that has crashed and come up again before.
 */
export const homeComesBack: Scenario = {
  name: 'home-comes-back',
  title: 'p goes to B and is sent home; A or B crashes and comes up again',
  hosts: ['A', 'B'],
  files: [],
  descriptors: 0,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: { script: [{ call: 'exit' }] },
      migrations: { to: ['B', 'A'], times: 2 },
    },
  ],
  faults: { crashes: { of: ['A', 'B'], times: 1 }, reboots: true },
};

/** The source of a stream dies in a call-back after it has released the stream, before it is counted. */
export const sourceDiesInRecall: Scenario = {
  name: 'source-dies-in-recall',
  title: 'p goes from A to B with f, which q on B opens meanwhile; A may crash',
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
      program: { script: [{ call: 'open', file: 'f', mode: 'read', descriptor: 0 }] },
    },
  ],
  faults: { crashes: { of: ['A'], times: 1 } },
};

/** An owner sends a visitor home. The home crashes before it has switched away from the visitor. */
export const homeDiesInEviction: Scenario = {
  name: 'home-dies-in-eviction',
  title: 'p goes to B, whose owner returns at once; A may crash before it has switched',
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
  faults: { crashes: { of: ['A'], times: 1 } },
};

/** A host comes up again only when the server waits for no answer of it any more. */
export const rebootsInRecall: Scenario = {
  name: 'reboots-in-recall',
  title: 'q on B opens f, which p on A has written; A crashes, comes up again, and q goes there',
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
      migrations: { to: ['A'], times: 1 },
    },
  ],
  faults: { crashes: { of: ['A'], times: 1 }, reboots: true },
};

/** A host comes up again only when the server has counted all moves of streams from it. */
export const rebootsInMove: Scenario = {
  name: 'reboots-in-move',
  title: 'p opens f and execs on B; A crashes, comes up again; q execs there from B and opens f',
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
          { call: 'remoteExec', to: 'A' },
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
        ],
      },
    },
  ],
  faults: { crashes: { of: ['A'], times: 1 }, reboots: true },
};

/** A reply is lost; then the host that would repeat it, or the one that would ask again, is gone. */
export const silentThenDead: Scenario = {
  name: 'silent-then-dead',
  title: 'p goes to B and exits; one reply may be lost, and A or B may crash',
  hosts: ['A', 'B'],
  files: [],
  descriptors: 0,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: { script: [{ call: 'exit' }] },
      migrations: { to: ['A', 'B'], times: 2 },
    },
  ],
  faults: { crashes: { of: ['A', 'B'], times: 1 }, lostReplies: 1 },
};

/** The source of a migration crashes, and then its target, before it has noticed. */
export const bothDie: Scenario = {
  name: 'both-die',
  title: 'p opens f and goes from A to B; A and B may crash, one after the other',
  hosts: ['A', 'B'],
  files: ['f'],
  descriptors: 1,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: { script: [{ call: 'open', file: 'f', mode: 'read', descriptor: 0 }] },
      migrations: { to: ['A', 'B'], times: 2 },
    },
  ],
  faults: { crashes: { of: ['A', 'B'], times: 2 } },
};
