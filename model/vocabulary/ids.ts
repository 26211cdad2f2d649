/** Names of things. Hosts are letters, processes and files small names, so that stories read well. */

export type Host = string;
export type Process = string;
export type File = string;

/** A stream slot: the process that opens it and the descriptor it opens it as, "p0". */
export type Stream = string;

export type Mode = 'read' | 'write';

/** A module of the kernel that keeps state for each process. */
export type Module = 'files' | 'memory' | 'signals';

export function streamSlot(process: Process, descriptor: number): Stream {
  return `${process}${descriptor}`;
}

/** The names of cells. Stored traces contain them: do not change one without a new trace version. */
export const cell = {
  host: (host: Host) => `host ${host}`,
  cleanup: (host: Host) => `cleanup ${host}`,
  thread: (process: Process) => `thread ${process}`,
  process: (process: Process, host: Host) => `process ${process}@${host}`,
  source: (process: Process) => `source ${process}`,
  target: (process: Process) => `target ${process}`,
  service: (process: Process) => `service ${process}`,
  release: (process: Process) => `release ${process}`,
  homeCall: (process: Process) => `homeCall ${process}`,
  requester: (process: Process) => `requester ${process}`,
  eviction: (host: Host) => `eviction ${host}`,
  visitors: (host: Host) => `visitors ${host}`,
  fate: (process: Process) => `fate ${process}`,
  memory: (process: Process, host: Host) => `memory ${process}@${host}`,
  swap: (process: Process) => `swap ${process}`,
  pages: (process: Process) => `pages ${process}`,
  stream: (stream: Stream, host: Host) => `stream ${stream}@${host}`,
  shadow: (stream: Stream) => `shadow ${stream}`,
  handle: (file: File, host: Host) => `handle ${file}@${host}`,
  file: (file: File) => `file ${file}`,
  entry: (file: File, host: Host) => `entry ${file}@${host}`,
  consistency: (file: File) => `consistency ${file}`,
  recall: (file: File, host: Host) => `recall ${file}@${host}`,
  lastWrite: (file: File) => `lastWrite ${file}`,
  uses: (file: File) => `uses ${file}`,
  name: (file: File) => `name ${file}`,
  position: (stream: Stream) => `position ${stream}`,
} as const;

/** Kinds of cells that no host holds: what properties remember, and the budget of faults. */
export const ofNoHost: ReadonlySet<string> = new Set([
  'faults',
  'lastWrite',
  'position',
  'uses',
  'name',
  'pages',
  'fate',
  'visitors',
]);
