/**
 * A world as properties read it: typed, by the names of things. Every read goes through `look`, so
 * that the checker knows what an answer depends on.
 */
import type { ConsistencyContext } from './machines/consistency.machine.ts';
import type { EntryContext } from './machines/entry.machine.ts';
import type { FileContext } from './machines/file.machine.ts';
import type { HomeCallContext } from './machines/home-call.machine.ts';
import type { HostContext } from './machines/host.machine.ts';
import type { FateContext } from './machines/fate.machine.ts';
import type { LastWriteContext, PositionContext } from './machines/ghosts.machine.ts';
import type { NameContext } from './machines/name.machine.ts';
import type { HandleContext } from './machines/handle.machine.ts';
import type { ProcessContext } from './machines/process.machine.ts';
import type { RecallContext } from './machines/recall.machine.ts';
import type { ReleaseContext } from './machines/release.machine.ts';
import type { ServiceContext } from './machines/service.events.ts';
import type { ShadowContext } from './machines/shadow.machine.ts';
import type { SourceContext } from './machines/source.events.ts';
import type { StreamContext } from './machines/stream.machine.ts';
import type { TargetContext } from './machines/target.events.ts';
import type { ThreadContext } from './machines/thread.events.ts';
import type { Json, Look } from './vocabulary/cell.ts';
import { cell, type File, type Host, type Process, type Stream } from './vocabulary/ids.ts';

/** What a cell holds, with its state under `is`. */
export type Held<Context> = Context & { readonly is: string };

export type World = {
  readonly hostIsDown: (host: Host) => boolean;
  /** Whether a host is down, or has come up again since it had this boot identifier. */
  readonly hasCrashedSince: (host: Host, boot: number) => boolean;
  readonly fate: (process: Process) => Held<FateContext>;
  readonly thread: (process: Process) => Held<ThreadContext>;
  readonly process: (process: Process, host: Host) => Held<ProcessContext>;
  readonly source: (process: Process) => Held<SourceContext>;
  readonly target: (process: Process) => Held<TargetContext>;
  readonly service: (process: Process) => Held<ServiceContext>;
  readonly homeCall: (process: Process) => Held<HomeCallContext>;
  readonly release: (process: Process) => Held<ReleaseContext>;
  readonly stream: (stream: Stream, host: Host) => Held<StreamContext>;
  readonly shadow: (stream: Stream) => Held<ShadowContext>;
  readonly handle: (file: File, host: Host) => Held<HandleContext>;
  readonly file: (file: File) => Held<FileContext>;
  readonly entry: (file: File, host: Host) => Held<EntryContext>;
  readonly consistency: (file: File) => Held<ConsistencyContext>;
  readonly recall: (file: File, host: Host) => Held<RecallContext>;
  readonly lastWrite: (file: File) => Held<LastWriteContext>;
  readonly name: (file: File) => Held<NameContext>;
  readonly position: (stream: Stream) => Held<PositionContext>;
};

export function worldOf(look: Look): World {
  return {
    hostIsDown: (host) => look(cell.host(host)).value === 'down',
    hasCrashedSince: (host, boot) => {
      const { value, context } = look(cell.host(host));
      return value === 'down' || (context as HostContext).boot !== boot;
    },
    fate: (process) => held(look, cell.fate(process)),
    thread: (process) => held(look, cell.thread(process)),
    process: (process, host) => held(look, cell.process(process, host)),
    source: (process) => held(look, cell.source(process)),
    target: (process) => held(look, cell.target(process)),
    service: (process) => held(look, cell.service(process)),
    homeCall: (process) => held(look, cell.homeCall(process)),
    release: (process) => held(look, cell.release(process)),
    stream: (stream, host) => held(look, cell.stream(stream, host)),
    shadow: (stream) => held(look, cell.shadow(stream)),
    handle: (file, host) => held(look, cell.handle(file, host)),
    file: (file) => held(look, cell.file(file)),
    entry: (file, host) => held(look, cell.entry(file, host)),
    consistency: (file) => held(look, cell.consistency(file)),
    recall: (file, host) => held(look, cell.recall(file, host)),
    lastWrite: (file) => held(look, cell.lastWrite(file)),
    name: (file) => held(look, cell.name(file)),
    position: (stream) => held(look, cell.position(stream)),
  };
}

/**
 * Reads through, name by name: an answer depends on what was taken from the cell, and on no more.
 * So nothing is copied, and nothing kept.
 */
function held<Context>(look: Look, name: string): Held<Context> {
  const local = look(name);
  const context = local.context as { readonly [field: string]: Json };
  const read = (field: string | symbol): Json | undefined =>
    field === 'is' ? local.value : context[String(field)];
  return new Proxy(
    {},
    {
      get: (_, field) => read(field),
      ownKeys: () => [...Object.keys(context), 'is'],
      getOwnPropertyDescriptor: (_, field) => ({
        value: read(field),
        enumerable: true,
        configurable: true,
      }),
    },
  ) as Held<Context>;
}
