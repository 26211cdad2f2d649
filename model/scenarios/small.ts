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
