/** Small scenarios in which two things meet that met in no other. Each closes. */
import type { Scenario } from './scenario.ts';

/** The attributes of a file that nobody uses any more are with its last writer. */
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

/** An open meets the call-back of another, and waits for its round. */
export const opensMeetRecall: Scenario = {
  name: 'opens-meet-recall',
  title: 'p writes f on A and closes it; q and r open it on B, while A is called back; r reads',
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
