/**
 * Walkthroughs: stories in which nothing goes wrong. Its stages are the events of its title, in
 * their order. `maintenance/write-traces.ts` finds the shortest way from one to the next.
 */
import type { Step } from '../checker/specification/protocol.ts';
import type { Walkthrough } from '../checker/specification/specification.ts';
import type { EvictionContext } from '../model/machines/eviction.machine.ts';
import { cell, type Host, type Process, type Stream } from '../model/vocabulary/ids.ts';
import type { Look } from '../model/vocabulary/cell.ts';
import { worldOf, type World } from '../model/world.ts';

type Stage = (world: World, look: Look, step: Step | undefined) => boolean;
type Condition = (world: World, look: Look) => boolean;

type Written = Omit<Walkthrough, 'stages'> & { readonly stages: readonly Stage[] };

const written: readonly Written[] = [
  {
    name: 'migration-with-open-file',
    title: 'A process with an open file goes from its home to another host, and the file with it.',
    scenario: 'unlinked-travels',
    stages: [...calls('p', 'open'), ...goes('p', 'B', hasOpen('p0', 'B'))],
  },
  {
    name: 'there-and-back',
    title: 'A process with an open file goes to another host and comes home again.',
    scenario: 'unlinked-travels',
    stages: [
      ...calls('p', 'open'),
      ...goes('p', 'B', hasOpen('p0', 'B')),
      ...goes('p', 'A', hasOpen('p0', 'A')),
    ],
  },
  {
    name: 'unlinked-file-travels',
    title: 'A file without a name goes with its only user, and ends with the last close, once.',
    scenario: 'unlinked-travels',
    stages: [
      ...calls('p', 'open'),
      does('p', 'unlink'),
      ...goes('p', 'B', hasOpen('p0', 'B')),
      ...calls('p', 'close'),
    ],
  },
  {
    name: 'shared-offset',
    title:
      'Parent and child read through one stream from two hosts, the child where its parent stopped.',
    scenario: 'read-during-transfer',
    stages: [
      ...calls('p', 'open'),
      does('p', 'fork'),
      ...goes('q', 'B', hasOpen('p0', 'B')),
      does('p', 'read'),
      does('q', 'read'),
    ],
  },
  {
    name: 'offset-comes-home',
    title:
      'The offset moves to the I/O server while two hosts share a stream, and back afterwards.',
    scenario: 'read-during-transfer',
    stages: [
      ...calls('p', 'open'),
      does('p', 'fork'),
      does('p', 'read'),
      ...goes('q', 'B', (world) => world.shadow('p0').shared),
      does('q', 'read'),
      ...goes('q', 'A', (world) => !world.stream('p0', 'A').shared),
    ],
  },
  {
    name: 'double-migration',
    title: 'Two processes that share a stream leave one after the other, for different hosts.',
    scenario: 'double-migration',
    stages: [
      ...calls('p', 'open'),
      does('p', 'fork'),
      ...goes('q', 'B', hasOpen('p0', 'B')),
      ...goes('p', 'C', hasOpen('p0', 'C')),
    ],
  },
  {
    name: 'caching-disabled',
    title: 'A file that one host reads is opened for writing on another, and no client caches it.',
    scenario: 'open-during-reply',
    stages: [...calls('p', 'open'), does('p', 'read'), ...calls('q', 'open')],
  },
  {
    name: 'sequential-write-sharing',
    title: 'What one host wrote and closed is recalled when the next host opens it to write.',
    scenario: 'sequential-sharing',
    stages: [
      ...calls('p', 'open'),
      does('p', 'write'),
      ...calls('p', 'close'),
      ...calls('q', 'open'),
    ],
  },
  {
    name: 'remote-fork-and-wait',
    title: 'Away from home a process forks a child and waits for it; their home decides both.',
    scenario: 'wait-away-from-home',
    stages: [
      ...goes('p', 'B'),
      ...asksHome('p', 'fork'),
      does('p', 'wait'),
      ...asksHome('q', 'exit', 'finished'),
      takes('thread p', 'homeReplied'),
    ],
  },
  {
    name: 'exit-away-from-home',
    title: 'A child ends away from home; its parent at home learns how.',
    scenario: 'exit-away-from-home',
    stages: [does('p', 'fork'), ...goes('q', 'B'), does('q', 'exit'), does('p', 'wait')],
  },
  {
    name: 'crash-during-migration',
    title: 'The source crashes while a process is half unpacked, and what had arrived is given up.',
    scenario: 'crash-during-migration',
    stages: [
      ...calls('p', 'open'),
      takes('source p', 'requested'),
      // Its file has arrived; B has not yet said that all has.
      takes(
        'host A',
        'crashes',
        (world) => hasOpen('p0', 'B')(world) && world.target('p').is === 'unpacking',
      ),
      takes('target p', 'closed', (world) => world.process('p', 'B').is === 'absent'),
      takes('cleanup A', 'cleaned', (_, look) => look(cell.cleanup('A')).value === 'idle'),
    ],
  },
  {
    name: 'lost-reply',
    title: 'The reply to a resume is lost and asked for again; the process goes on.',
    scenario: 'lost-reply',
    stages: [
      takes('target p', 'continued'),
      takes('target p', 'replyLost'),
      takes('source p', 'switched', runsOn('p', 'B')),
      ...calls('p', 'open'),
    ],
  },
  {
    name: 'fork-asked-again',
    title: 'The reply to a fork away from home is lost; asked again, home answers what it has.',
    scenario: 'fork-asked-again',
    stages: [
      ...goes('p', 'B'),
      does('p', 'fork'),
      takes('homeCall p', 'replyLost'),
      takes('thread p', 'replyMissed'),
      takes('homeCall p', 'served'),
      takes('thread p', 'homeReplied'),
    ],
  },
  {
    name: 'eviction',
    title: 'The owner of B returns, and a visitor goes home with its open file.',
    scenario: 'memory-travels',
    stages: [
      ...calls('p', 'open'),
      ...goes('p', 'B', hasOpen('p0', 'B')),
      does('p', 'holdSignals'),
      does('p', 'writePage'),
      does('p', 'write'),
      takes('eviction B', 'ownerReturned', (_, look) => awaitedOn(look, 'B').includes('p')),
      takes(
        'source p',
        'switched',
        (world, look) =>
          runsOn('p', 'A')(world) && hasOpen('p0', 'A')(world) && awaitedOn(look, 'B').length === 0,
      ),
    ],
  },
];

export const walkthroughs: readonly Walkthrough[] = written.map(({ stages, ...rest }) => ({
  ...rest,
  stages: stages.map((stage) => (look: Look, step) => stage(worldOf(look), look, step)),
}));

/** The cell takes the event in a step, and the condition holds after it. */
function takes(at: string, action: string, isSo: Condition = () => true): Stage {
  return (world, look, step) => step?.at === at && step.action === action && isSo(world, look);
}

/** A call that is over in one step, or only begun. */
function does(process: Process, call: string): Stage {
  return takes(`thread ${process}`, call);
}

/** A call of the file server, from the request until the process goes on. */
function calls(process: Process, call: string): readonly Stage[] {
  return [does(process, call), takes(`thread ${process}`, 'replyTaken')];
}

/** A call of the home, from away. */
function asksHome(process: Process, call: string, end = 'homeReplied'): readonly Stage[] {
  return [does(process, call), takes(`thread ${process}`, end)];
}

/** A migration, from the request until its source has switched away; then the condition holds. */
function goes(process: Process, to: Host, isSo: Condition = () => true): readonly Stage[] {
  const isThere = runsOn(process, to);
  return [
    takes(`source ${process}`, 'requested', (world) => world.source(process).to === to),
    takes(`source ${process}`, 'switched', (world, look) => isThere(world) && isSo(world, look)),
  ];
}

/** The process is in user mode on this host, with no migration in progress. */
function runsOn(process: Process, host: Host): (world: World) => boolean {
  return (world) => {
    const thread = world.thread(process);
    return (
      thread.is === 'user' &&
      thread.host === host &&
      world.source(process).is === 'idle' &&
      world.target(process).is === 'idle'
    );
  };
}

function hasOpen(stream: Stream, host: Host): (world: World) => boolean {
  return (world) => world.stream(stream, host).is === 'open';
}

/** The visitors for which an owner still waits. */
function awaitedOn(look: Look, host: Host): readonly Process[] {
  return (look(cell.eviction(host)).context as EvictionContext).awaited;
}
