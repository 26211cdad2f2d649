/**
 * The four invariants of MiniMig, one claim for each stream or file.
 *
 *   I1  references of a stream, by place = descriptors that name it there
 *   I2  a file's counts, by host and mode = streams of that mode with a reference on that host
 *   I3  a file is cachable = it is not write-shared
 *   I4  a copy exists only of a cachable file on a host that is up; a dirty copy is the only one
 *
 * Specification  MiniMig.tla I1, I2, I3, I4
 */
import {
  equal,
  firstOf,
  type Claim,
  type Finding,
  type Local,
  type Look,
} from 'sprite-check/checker';
import { isWriteShared, type File, type Mode } from './file.machine.ts';
import type { Host } from './host.machine.ts';
import { isCachable, namesOf, type Names, type Size } from './minimig.ts';
import type { Process } from './process.machine.ts';
import { inTransit, type Stream } from './stream.machine.ts';

export function invariants(size: Size): readonly Claim[] {
  const names = namesOf(size);
  return [
    ...names.streams.map((stream) => always('references', referencesMatch(stream, names))),
    ...names.files.flatMap((file) => [
      always('counts', countsMatch(file, names)),
      always('caching', (look) => cachableIfNotShared(look, file)),
      always('copies', (look) => copiesAreAllowed(look, file, names)),
    ]),
  ];
}

function always(property: string, test: Claim['test']): Claim {
  return { property, kind: 'always', test };
}

function referencesMatch(stream: string, names: Names): Claim['test'] {
  const placesHere = (local: Local): readonly string[] => placesOf(local, stream);
  return (look) => {
    const { references } = look(stream).context as Stream;
    const places = names.processes.flatMap((process) => look(process, placesHere));
    return firstOf(
      [...names.hosts, inTransit].map((place) =>
        equal(
          `${stream}, references ${place}`,
          places.filter((held) => held === place).length,
          references[place] ?? 0,
        ),
      ),
    );
  };
}

/** Where a process refers to the stream: a migration refers to it from two places. */
function placesOf({ value, context }: Local, stream: string): readonly string[] {
  const { host, target, slots } = context as Process;
  if (!slots.includes(stream)) return [];
  if (value === 'encapsulated') return [host, inTransit];
  return value === 'restoring' ? [host, target] : [host];
}

function countsMatch(file: string, names: Names): Claim['test'] {
  const usersHere = (local: Local): Users => usersOf(local, file);
  return (look) => {
    const { readers, writers } = look(file).context as File;
    const users = names.streams.map((stream) => look(stream, usersHere));
    const using = (host: string, mode: Mode): number =>
      users.filter((user) => user.mode === mode && user.hosts.includes(host)).length;
    return firstOf(
      names.hosts.flatMap((host) => [
        equal(`${file}, readers on ${host}`, using(host, 'read'), readers[host] ?? 0),
        equal(`${file}, writers on ${host}`, using(host, 'write'), writers[host] ?? 0),
      ]),
    );
  };
}

type Users = { readonly mode: Mode; readonly hosts: readonly string[] };

/** The hosts that use the file through this stream. */
function usersOf({ context }: Local, file: string): Users {
  const stream = context as Stream;
  const hosts = Object.keys(stream.references).filter(
    (place) => place !== inTransit && (stream.references[place] ?? 0) > 0,
  );
  return { mode: stream.mode, hosts: stream.file === file ? hosts : [] };
}

function cachableIfNotShared(look: Look, file: string): Finding | undefined {
  const { value, context } = look(file);
  return equal(`${file}, cachable`, !isWriteShared(context as File), value === 'cachable');
}

function copiesAreAllowed(look: Look, file: string, names: Names): Finding | undefined {
  const cachable = look(file, isCachable);
  const copies = names.hosts
    .map((host) => ({ host, local: look(host) }))
    .map(({ host, local }) => ({
      host,
      up: local.value === 'up',
      copy: (local.context as Host).copies[file] ?? 'none',
    }))
    .filter(({ copy }) => copy !== 'none');
  const dirty = copies.find(({ copy }) => copy === 'dirty');
  return firstOf([
    ...copies.map(({ host, up }) => equal(`${file}, copy on ${host}`, true, cachable && up)),
    dirty && equal(`${file}, hosts with a copy, ${dirty.host} dirty`, 1, copies.length),
  ]);
}
