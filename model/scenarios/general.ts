/**
 * General scenarios, which are not written for a fault: processes make any call within a budget, and may
 * be migrated and evicted; hosts may crash. The large scenarios are only sampled.
 */
import type { Budget, Scenario } from './scenario.ts';

const anyFileCalls: Budget = {
  open: 1,
  read: 1,
  write: 1,
  close: 1,
  fork: 1,
  unlink: 1,
  stat: 1,
  exit: 1,
};

/** Two clients and a file server, two processes, one file, any call, migration, eviction, one crash. */
export const twoClients: Scenario = {
  name: 'two-clients',
  title: 'two processes on two clients make any calls on one file; migration, eviction, one crash',
  size: 'general',
  hosts: ['A', 'B'],
  files: ['f'],
  descriptors: 1,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: { anyCalls: anyFileCalls },
      migrations: { to: ['A', 'B'], times: 2 },
    },
    {
      name: 'q',
      home: null,
      program: { anyCalls: { read: 1, write: 1, close: 1, open: 1, stat: 1, exit: 1 } },
      migrations: { to: ['A', 'B'], times: 2 },
    },
  ],
  evictions: { of: ['B'], times: 1 },
  faults: { crashes: { of: ['A', 'B'], times: 1 } },
};

/** Three clients, three processes, one file: streams shared by three hosts; clients write back at any time. */
export const threeClients: Scenario = {
  name: 'three-clients',
  title:
    'three processes on three clients make any calls on one file; migration, late writes, no faults',
  size: 'general',
  hosts: ['A', 'B', 'C'],
  files: ['f'],
  descriptors: 1,
  delayedWrites: true,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: { anyCalls: { ...anyFileCalls, read: 2, write: 2 } },
      migrations: { to: ['A', 'B', 'C'], times: 2 },
    },
    {
      name: 'q',
      home: null,
      program: { anyCalls: { open: 1, read: 2, write: 1, close: 1, stat: 1, exit: 1 } },
      migrations: { to: ['A', 'B', 'C'], times: 2 },
    },
    {
      name: 'r',
      home: 'C',
      program: { anyCalls: { open: 1, read: 2, write: 1, close: 1, stat: 1, exit: 1 } },
      migrations: { to: ['A', 'B', 'C'], times: 2 },
    },
  ],
};

/** A family: fork, wait and exit at home and away, remote exec, memory; one crash, one lost reply. */
export const family: Scenario = {
  name: 'family',
  title: 'a parent and its child with memory, at home and away; refusals, aborts, faults',
  size: 'general',
  hosts: ['A', 'B', 'C'],
  files: [],
  descriptors: 0,
  pages: 1,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        anyCalls: { fork: 1, wait: 1, writePage: 1, readPage: 1, holdSignals: 1, exit: 1 },
      },
      migrations: { to: ['A', 'B', 'C'], times: 2 },
    },
    {
      name: 'q',
      home: null,
      program: {
        anyCalls: { remoteExec: 1, writePage: 1, readPage: 2, holdSignals: 1, exit: 1 },
      },
      migrations: { to: ['A', 'B'], times: 2 },
    },
  ],
  evictions: { of: ['B'], times: 1 },
  faults: { crashes: { of: ['A', 'B'], times: 1 }, lostReplies: 1, aborts: true },
  refusing: ['C'],
};

/** Three generations: children of children, names that two processes may fork, hosts that come up again. */
export const generations: Scenario = {
  name: 'generations',
  title:
    'a family of three that fork and wait, at home and away; one crash, reboots, one lost reply',
  size: 'general',
  hosts: ['A', 'B'],
  files: [],
  descriptors: 0,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: { anyCalls: { fork: 2, wait: 2 } },
      migrations: { to: ['A', 'B'], times: 2 },
    },
    {
      name: 'q',
      home: null,
      program: { anyCalls: { fork: 1, wait: 1, holdSignals: 1, exit: 1 } },
      migrations: { to: ['A', 'B'], times: 2 },
    },
    {
      name: 'r',
      home: null,
      program: { anyCalls: { holdSignals: 1, exit: 1 } },
      migrations: { to: ['A', 'B'], times: 1 },
    },
  ],
  evictions: { of: ['B'], times: 1 },
  faults: { crashes: { of: ['A', 'B'], times: 1 }, reboots: true, lostReplies: 1 },
};

const anyone: Budget = {
  open: 2,
  read: 3,
  write: 3,
  close: 2,
  fork: 1,
  wait: 1,
  unlink: 1,
  stat: 2,
  holdSignals: 1,
  writePage: 2,
  readPage: 2,
  remoteExec: 1,
  exit: 1,
};

/** Large: four hosts, four processes, three files, any calls, any host but the server may crash. */
export const office: Scenario = {
  name: 'office',
  title: 'four hosts, four processes, three files, any calls; evictions and one crash',
  size: 'large',
  hosts: ['A', 'B', 'C', 'D'],
  files: ['f', 'g', 'h'],
  descriptors: 2,
  delayedWrites: true,
  pages: 2,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: { anyCalls: anyone },
      migrations: { to: ['A', 'B', 'C', 'D'], times: 3 },
    },
    {
      name: 'q',
      home: null,
      program: { anyCalls: anyone },
      migrations: { to: ['A', 'B', 'C', 'D'], times: 3 },
    },
    {
      name: 'r',
      home: 'B',
      program: { anyCalls: anyone },
      migrations: { to: ['A', 'B', 'C', 'D'], times: 3 },
    },
    {
      name: 's',
      home: null,
      program: { anyCalls: anyone },
      migrations: { to: ['A', 'B', 'C', 'D'], times: 3 },
    },
  ],
  evictions: { of: ['A', 'B', 'C', 'D'], times: 1 },
  faults: { crashes: { of: ['A', 'B', 'C', 'D'], times: 1 }, lostReplies: 1, aborts: true },
};

const maker: Budget = { open: 1, read: 2, fork: 1, wait: 1, close: 1, exit: 1 };
const compiler: Budget = { remoteExec: 1, open: 2, read: 2, write: 2, close: 2, exit: 1 };

/** Large: two users build at once on idle hosts, whose owners come back. */
export const twoBuilds: Scenario = {
  name: 'two-builds',
  title: 'two users fork compilers that exec on idle hosts; the owners return',
  size: 'large',
  hosts: ['A', 'B', 'C', 'D'],
  files: ['f', 'g', 'h'],
  descriptors: 2,
  pages: 1,
  processes: [
    { name: 'p', home: 'A', program: { anyCalls: maker } },
    { name: 'q', home: null, program: { anyCalls: compiler } },
    { name: 'r', home: 'B', program: { anyCalls: maker } },
    { name: 's', home: null, program: { anyCalls: compiler } },
  ],
  evictions: { of: ['C', 'D'], times: 2 },
};

/** Large: the same family of processes, and any host but the file server may crash once. */
export const crashes: Scenario = {
  ...office,
  name: 'crashes',
  title:
    'four hosts, four processes, three files; any host but the server may crash, and no owner returns',
  evictions: { of: [], times: 0 },
  faults: { crashes: { of: ['A', 'B', 'C', 'D'], times: 1 }, reboots: true },
};
