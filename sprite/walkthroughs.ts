/**
 * Walkthroughs: stories in which nothing goes wrong, each the shortest way through a few small
 * predicates, one after the other. `maintenance/write-traces.ts` finds and stores them.
 */
import type { EvictionContext } from '../model/machines/eviction.machine.ts';
import { streamsOf } from '../model/scenarios/calls.ts';
import type { ProcessSpec, Scenario } from '../model/scenarios/scenario.ts';
import { cell, type Host, type Process } from '../model/vocabulary/ids.ts';
import type { Look } from '../model/vocabulary/cell.ts';
import { worldOf, type World } from '../model/world.ts';
import { sizeOf, type Walkthrough } from '../checker/specification/specification.ts';

/** Whether the story has come so far. */
type Stage = (world: World, look: Look) => boolean;

type Written = Omit<Walkthrough, 'stages'> & { readonly stages: readonly Stage[] };

/** Those that the scenarios allow. */
export function walkthroughsIn(scenarios: readonly Scenario[]): readonly Walkthrough[] {
  const names = new Set(scenarios.map(({ name }) => name));
  const all = [...written, ...scenarios.flatMap(evictionIn).slice(0, 1)];
  return all
    .filter(({ scenario }) => names.has(scenario))
    .map(({ stages, ...rest }) => ({
      ...rest,
      stages: stages.map((stage) => (look: Look) => stage(worldOf(look), look)),
    }));
}

const written: readonly Written[] = [
  {
    name: 'migration-with-open-file',
    title: 'A process with an open file goes from its home to another host, and the file with it.',
    scenario: 'unlinked-travels',
    stages: [
      (world) => runsOn(world, 'p', 'B') && uses(world, 'B') === 1 && uses(world, 'A') === 0,
    ],
  },
  {
    name: 'there-and-back',
    title: 'A process with an open file goes to another host and comes home again.',
    scenario: 'unlinked-travels',
    stages: [
      (world) => runsOn(world, 'p', 'B'),
      (world) => runsOn(world, 'p', 'A') && uses(world, 'A') === 1 && uses(world, 'B') === 0,
    ],
  },
  {
    name: 'unlinked-file-travels',
    title: 'A file without a name goes with its only user, and ends with the last close, once.',
    scenario: 'unlinked-travels',
    stages: [
      (world) => !world.file('f').linked && uses(world, 'A') === 1,
      (world) => runsOn(world, 'p', 'B'),
      (world) => world.file('f').removals === 1 && runsOn(world, 'p', 'B'),
    ],
  },
  {
    name: 'shared-offset',
    title: 'Parent and child read through one stream from two hosts, each where the other stopped.',
    scenario: 'read-during-transfer',
    stages: [
      (world) => runsOn(world, 'q', 'B') && world.shadow('p0').shared,
      (world) => world.shadow('p0').offset === 2 && runsOn(world, 'q', 'B'),
    ],
  },
  {
    name: 'offset-comes-home',
    title:
      'The offset moves to the I/O server while two hosts share a stream, and back afterwards.',
    scenario: 'read-during-transfer',
    stages: [
      (world) => world.shadow('p0').shared && world.shadow('p0').offset > 0,
      (world) => runsOn(world, 'q', 'A') && !world.stream('p0', 'A').shared,
    ],
  },
  {
    name: 'double-migration',
    title: 'Two processes that share a stream leave one after the other, for different hosts.',
    scenario: 'double-migration',
    stages: [
      (world) => runsOn(world, 'q', 'B') && world.shadow('p0').shared,
      (world) => runsOn(world, 'p', 'C') && uses(world, 'A') === 0,
    ],
  },
  {
    name: 'caching-disabled',
    title: 'A file that one host reads is opened for writing on another, and nobody caches it.',
    scenario: 'open-during-reply',
    stages: [
      (world) => runsOn(world, 'p', 'B') && world.handle('f', 'B').block !== null,
      (world) =>
        uses(world, 'C') === 1 &&
        world.thread('q').is === 'user' &&
        !world.handle('f', 'B').cachable &&
        !world.handle('f', 'C').cachable,
    ],
  },
  {
    name: 'sequential-write-sharing',
    title: 'What one host wrote and closed is recalled when the next host opens it to write.',
    scenario: 'sequential-sharing',
    stages: [
      (world) => world.handle('f', 'A').block?.dirty === true && uses(world, 'A') === 0,
      (world) => uses(world, 'B') === 1 && world.file('f').data > 0,
    ],
  },
  {
    name: 'remote-fork-and-wait',
    title: 'Away from home a process forks a child and waits for it; their home decides both.',
    scenario: 'wait-away-from-home',
    stages: [
      (world) => runsOn(world, 'p', 'B'),
      (world) => runsOn(world, 'q', 'B'),
      (world) => world.thread('p').is === 'waiting',
      (world) =>
        runsOn(world, 'p', 'B') &&
        world.thread('q').is === 'absent' &&
        world.process('q', 'A').is === 'absent',
    ],
  },
  {
    name: 'exit-away-from-home',
    title: 'A child ends away from home; its parent at home learns how.',
    scenario: 'exit-away-from-home',
    stages: [
      (world) => runsOn(world, 'q', 'B'),
      (world) => world.process('q', 'A').is === 'zombie',
      (world) => world.process('q', 'A').is === 'absent' && runsOn(world, 'p', 'A'),
    ],
  },
  {
    name: 'crash-during-migration',
    title: 'The source crashes while a process is half unpacked, and what had arrived is given up.',
    scenario: 'crash-during-migration',
    stages: [
      (world) => world.target('p').is === 'moving' && world.target('p').to === 'B',
      (world, look) =>
        look(cell.host('A')).value === 'down' && world.target('p').is === 'unpacking',
      (world, look) =>
        world.target('p').is === 'idle' &&
        world.process('p', 'B').is === 'absent' &&
        look(cell.cleanup('A')).value === 'idle' &&
        world.file('f').references === 0,
    ],
  },
  {
    name: 'lost-reply',
    title: 'The reply to a resume is lost and asked for again; the process goes on.',
    scenario: 'lost-reply',
    stages: [
      (world) => world.target('p').is === 'resumed' && world.target('p').isSilent,
      (world) => runsOn(world, 'p', 'B'),
    ],
  },
  {
    name: 'fork-asked-again',
    title: 'The reply to a fork away from home is lost; asked again, home answers what it has.',
    scenario: 'fork-asked-again',
    stages: [
      (world) => runsOn(world, 'p', 'B') && world.homeCall('p').is === 'idle',
      (world) => world.homeCall('p').is === 'silent' && world.homeCall('p').call === 'fork',
      (world) => world.homeCall('p').is === 'repeated',
      (world) =>
        runsOn(world, 'q', 'B') &&
        world.process('q', 'A').is === 'migrated' &&
        world.process('r', 'A').is === 'absent',
    ],
  },
];

/** An eviction, in the first scenario that has a visitor with an open file; else in any. */
function evictionIn(
  scenario: Scenario,
  _: number,
  scenarios: readonly Scenario[],
): readonly Written[] {
  const visitor = visitorIn(scenario);
  if (visitor === undefined) return [];
  const hasBetter = scenarios.some((other) => opens(visitorIn(other)));
  if (!opens(visitor) && hasBetter) return [];
  const { name, home, program } = visitor;
  const host = scenario.evictions?.of.find((each) => visitor.migrations?.to.includes(each)) ?? '';
  const calls = 'script' in program ? program.script.map(({ call }) => call) : [];
  const last = calls.findIndex((call) => call === 'exit' || call === 'close');
  const before = last < 0 ? calls.length : last;
  const hasItsFiles = (world: World, at: Host): boolean =>
    streamsOf(scenario)
      .filter((stream) => stream.startsWith(name))
      .every((stream) => world.stream(stream, at).is === 'open');
  return [
    {
      name: 'eviction',
      title: `The owner of ${host} returns, and a visitor goes home${opens(visitor) ? ' with its open file' : ''}.`,
      scenario: scenario.name,
      stages: [
        (world) => runsOn(world, name, host) && hasItsFiles(world, host),
        (world) => runsOn(world, name, host) && isBeyond(world, name, before),
        (_world, look) => awaitedOn(look, host).includes(name),
        (world, look) =>
          runsOn(world, name, home ?? '') &&
          hasItsFiles(world, home ?? '') &&
          awaitedOn(look, host).length === 0,
      ],
    },
  ];
}

/** A process of a small scenario that may be evicted from a host it may go to; one with a file first. */
function visitorIn(scenario: Scenario): ProcessSpec | undefined {
  if (sizeOf(scenario) !== 'small') return undefined;
  const { evictions, processes } = scenario;
  const visitors = processes.filter(
    ({ home, migrations }) =>
      home !== null && evictions?.of.some((host) => migrations?.to.includes(host)) === true,
  );
  return visitors.find(opens) ?? visitors[0];
}

function opens(spec: ProcessSpec | undefined): boolean {
  if (spec === undefined || !('script' in spec.program)) return false;
  return spec.program.script.some(({ call }) => call === 'open');
}

/** In user mode on this host, with no migration in progress. */
function runsOn(world: World, process: Process, host: Host): boolean {
  const thread = world.thread(process);
  return (
    thread.is === 'user' &&
    thread.host === host &&
    world.source(process).is === 'idle' &&
    world.target(process).is === 'idle'
  );
}

function isBeyond(world: World, process: Process, calls: number): boolean {
  const { remaining } = world.thread(process);
  return 'next' in remaining && remaining.next >= calls;
}

/** How many streams on this host the server counts for file f. */
function uses(world: World, host: Host): number {
  return world.entry('f', host).references;
}

function awaitedOn(look: Look, host: Host): readonly Process[] {
  return (look(cell.eviction(host)).context as EvictionContext).awaited;
}
