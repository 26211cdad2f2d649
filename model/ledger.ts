/**
 * The fields of a world that are counts of references, and the owners of what they count.
 *
 *   The owner of a reference is a descriptor, or a message on its way: a call, an answer, or a clean-up
 *   after a crash that must still undo it. So a count and its owners change together, in one step. A count
 *   that does not equal its owners is a leak, or a use that is not counted.
 *
 *     stream at a host    references        descriptors of processes there, those in transit from
 *                                           there, the one that a migration brings
 *     handle at a host    uses, by mode     streams that are open there
 *     entry for a host    uses, by mode     uses of the host's handle, and calls on their way
 *     shadow stream       a holder          the host's stream, and calls on their way
 *     file                uses, by mode     uses in its client list, and opens that wait for their round
 * Only this table says so. It depends on no fault.
 */
import { streamsOf } from './scenarios/calls.ts';
import type { Scenario } from './scenarios/scenario.ts';
import type { Look } from './vocabulary/cell.ts';
import {
  cell,
  type File,
  type Host,
  type Mode,
  type Process,
  type Stream,
} from './vocabulary/ids.ts';
import { worldOf, type World } from './world.ts';

/** An owner of a number of references: "descriptor 0 of q", and the cell that says so. */
export type ReferenceOwner = { readonly who: string; readonly cell: string; readonly uses: number };

/** One count, with functions for its value and its owners. */
export type ReferenceCount = {
  /** The object counted, as findings name it: "stream p0 at A", "file f". */
  readonly subject: string;
  /** What is counted: references, uses for writing, a holder. */
  readonly counted: 'references' | 'writers' | 'holder';
  /** The host of the count; `S` is the file server. */
  readonly host: Host;
  /** The cell that contains the count. */
  readonly cell: string;
  readonly count: (look: Look) => number;
  readonly owners: (look: Look) => readonly ReferenceOwner[];
};

type Uses = { readonly references: number; readonly writers: number };
type Counted = keyof Uses;
type Service = ReturnType<World['service']>;

const SERVER = 'S';
const COUNTED: readonly Counted[] = ['references', 'writers'];

/** Every count of references in a scenario. */
export function accountsOf(scenario: Scenario): readonly ReferenceCount[] {
  const { files, hosts } = scenario;
  const streams = streamsOf(scenario);
  return [
    ...streams.flatMap((stream) => hosts.map((host) => streamAccount(scenario, stream, host))),
    ...files.flatMap((file) =>
      hosts.flatMap((host) => COUNTED.map((each) => handleAccount(scenario, file, host, each))),
    ),
    ...files.flatMap((file) =>
      hosts.flatMap((host) => COUNTED.map((each) => entryAccount(scenario, file, host, each))),
    ),
    ...streams.flatMap((stream) => hosts.map((host) => shadowAccount(scenario, stream, host))),
    ...files.flatMap((file) => COUNTED.map((each) => fileAccount(scenario, file, each))),
  ];
}

function streamAccount(scenario: Scenario, stream: Stream, host: Host): ReferenceCount {
  const name = cell.stream(stream, host);
  return {
    subject: `stream ${stream} at ${host}`,
    counted: 'references',
    host,
    cell: name,
    count: (look) => worldOf(look).stream(stream, host).references,
    owners: (look) =>
      processesOf(scenario).flatMap((process) => [
        ...descriptors(worldOf(look), process, stream, host),
        ...inTransit(worldOf(look), process, stream, host),
        ...arriving(worldOf(look), process, stream, host),
      ]),
  };
}

function handleAccount(
  scenario: Scenario,
  file: File,
  host: Host,
  counted: Counted,
): ReferenceCount {
  return {
    subject: `handle ${file} at ${host}`,
    counted,
    host,
    cell: cell.handle(file, host),
    count: (look) => worldOf(look).handle(file, host)[counted],
    owners: (look) =>
      streamsOf(scenario)
        .map((stream) => ({ stream, held: worldOf(look).stream(stream, host) }))
        .filter(({ held }) => held.is === 'open' && held.file === file)
        .filter(({ held }) => isCounted(counted, held))
        .map(({ stream }) => owner(`stream ${stream} at ${host}`, cell.stream(stream, host))),
  };
}

function entryAccount(
  scenario: Scenario,
  file: File,
  host: Host,
  counted: Counted,
): ReferenceCount {
  const count: ReferenceCount['count'] = (look) => worldOf(look).entry(file, host)[counted];
  return {
    subject: `entry ${file} for ${host}`,
    counted,
    host: SERVER,
    cell: cell.entry(file, host),
    count,
    owners: (look) => {
      const world = worldOf(look);
      if (awaitsCleanup(look, scenario, host)) return cleanupOwns(host, count(look));
      const uses = world.handle(file, host)[counted];
      return [
        owner(`handle ${file} at ${host}`, cell.handle(file, host), uses),
        ...processesOf(scenario)
          .filter((process) => world.service(process).file === file)
          .filter((process) => isCounted(counted, world.service(process)))
          .flatMap((process) => [
            ...replyOwns(world, process, host),
            ...closeOwns(world, process, host),
            ...releaseOwns(world, process, host, 'accounting'),
          ]),
      ].filter(owns);
    },
  };
}

function shadowAccount(scenario: Scenario, stream: Stream, host: Host): ReferenceCount {
  const count: ReferenceCount['count'] = (look) =>
    worldOf(look).shadow(stream).clients.includes(host) ? 1 : 0;
  return {
    subject: `stream ${stream}`,
    counted: 'holder',
    host: SERVER,
    cell: cell.shadow(stream),
    count,
    owners: (look) => {
      const world = worldOf(look);
      if (awaitsCleanup(look, scenario, host)) return cleanupOwns(host, count(look));
      const { is, references } = world.stream(stream, host);
      const found = [
        ...(is === 'open' && references > 0
          ? [owner(`stream ${stream} at ${host}`, cell.stream(stream, host))]
          : []),
        ...processesOf(scenario)
          .filter((process) => world.service(process).stream === stream)
          .flatMap((process) => [
            ...listedByReply(world, process, host),
            ...closeOwns(world, process, host),
            ...releaseOwns(world, process, host, 'calling'),
          ]),
      ];
      // A host is listed once, with any number of users of its stream.
      return found.slice(0, 1);
    },
  };
}

function fileAccount(scenario: Scenario, file: File, counted: Counted): ReferenceCount {
  return {
    subject: `file ${file}`,
    counted,
    host: SERVER,
    cell: cell.file(file),
    count: (look) => worldOf(look).file(file)[counted],
    owners: (look) => {
      const world = worldOf(look);
      return [
        ...scenario.hosts
          .map((host) => ({ host, uses: world.entry(file, host)[counted] }))
          .map(({ host, uses }) =>
            owner(`entry ${file} for ${host}`, cell.entry(file, host), uses),
          ),
        ...processesOf(scenario)
          .map((process) => ({ process, service: world.service(process) }))
          .filter(({ service }) => service.is === 'counted' && service.file === file)
          .filter(({ service }) => isCounted(counted, service))
          .map(({ process }) => message(`${process}'s open`, process)),
      ].filter(owns);
    },
  };
}

/** A stream, or a call about one, is one reference, and one writer if it is for writing. */
function isCounted(counted: Counted, { mode }: { readonly mode: Mode | null }): boolean {
  return counted === 'references' || mode === 'write';
}

function descriptors(
  world: World,
  process: Process,
  stream: Stream,
  host: Host,
): readonly ReferenceOwner[] {
  return world
    .process(process, host)
    .descriptors.flatMap((held, descriptor) =>
      held === stream
        ? [owner(`descriptor ${descriptor} of ${process}`, cell.process(process, host))]
        : [],
    );
}

/** Encapsulated there, and not released yet. */
function inTransit(
  world: World,
  process: Process,
  stream: Stream,
  host: Host,
): readonly ReferenceOwner[] {
  const { from, unreleased } = world.source(process);
  if (from !== host) return [];
  return unreleased
    .filter((each) => each === stream)
    .map(() => owner(`${process}, in transit from ${host}`, cell.source(process)));
}

/** Taken for a descriptor that is not filled in yet. */
function arriving(
  world: World,
  process: Process,
  stream: Stream,
  host: Host,
): readonly ReferenceOwner[] {
  const { is, to, carried, index } = world.target(process);
  return is === 'moving' && to === host && carried[index]?.stream === stream
    ? [owner(`${process}, arriving at ${host}`, cell.target(process))]
    : [];
}

/** The server has counted a use that the caller has not: its reply is on the way. */
function replyOwns(world: World, process: Process, host: Host): readonly ReferenceOwner[] {
  const service = world.service(process);
  const brings = service.call === 'open' || (service.call === 'migrate' && service.isNew);
  return brings && service.caller === host && isGranted(service)
    ? [message(`the reply to ${process}'s ${service.call}`, process)]
    : [];
}

/** The same for the holders of a stream: an open lists its caller with the reply, a move before. */
function listedByReply(world: World, process: Process, host: Host): readonly ReferenceOwner[] {
  const service = world.service(process);
  if (service.caller !== host) return [];
  const isListed =
    service.call === 'open'
      ? service.is === 'replied' && service.reply?.ok === true
      : service.call === 'migrate' && (service.is === 'accounting' || isGranted(service));
  return isListed ? [message(`the reply to ${process}'s ${service.call}`, process)] : [];
}

/** The caller has given a use up that the server still counts: its request is on the way. */
function closeOwns(world: World, process: Process, host: Host): readonly ReferenceOwner[] {
  const { is, call, caller } = world.service(process);
  const isServed = is === 'idle' || is === 'checking' || is === 'replied';
  return call === 'close' && caller === host && !isServed
    ? [message(`${process}'s close`, process)]
    : [];
}

/** The source of a migration has given its last reference up; the server records it in this state. */
function releaseOwns(
  world: World,
  process: Process,
  host: Host,
  until: 'calling' | 'accounting',
): readonly ReferenceOwner[] {
  const { is, call, source, sourceInUse } = world.service(process);
  if (call !== 'migrate' || source !== host) return [];
  const release = world.release(process);
  const isAnswered =
    is === 'calling' && release.is === 'answered' && !release.inUse && !release.isRefused;
  const isNoted = until === 'accounting' && is === 'accounting' && !sourceInUse;
  return isAnswered || isNoted
    ? [owner(`${host}'s answer about ${process}`, cell.release(process))]
    : [];
}

function isGranted({ is, reply }: Service): boolean {
  return is === 'consulting' || (is === 'replied' && reply?.ok === true);
}

/** The server's records of a crashed host are wrong until the clean-up has reached them. */
function awaitsCleanup(look: Look, { faults }: Scenario, host: Host): boolean {
  return faults?.crashes !== undefined && look(cell.cleanup(host)).value !== 'idle';
}

function cleanupOwns(host: Host, uses: number): readonly ReferenceOwner[] {
  return [owner(`the clean-up after ${host}`, cell.cleanup(host), uses)].filter(owns);
}

function processesOf({ processes }: Scenario): readonly Process[] {
  return processes.map(({ name }) => name);
}

function message(who: string, process: Process): ReferenceOwner {
  return owner(who, cell.service(process));
}

function owner(who: string, name: string, uses = 1): ReferenceOwner {
  return { who, cell: name, uses };
}

function owns({ uses }: ReferenceOwner): boolean {
  return uses !== 0;
}
