/**
 * A scenario: the hosts, files and processes, what the processes may do, which migrations may be
 * requested, and how often each fault may happen. It is data, so that it can be stored, compared and
 * shrunk.
 */
import type { Call, CallName } from '../vocabulary/calls.ts';
import type { File, Host, Process } from '../vocabulary/ids.ts';

/** How often each call may be made; a call that is not named may not be made. */
export type Budget = { readonly [call in CallName]?: number };

export type Program =
  /** Exactly these calls, in this order. */
  | { readonly script: readonly Call[] }
  /** Any call, in any order, as often as the budget says. */
  | { readonly anyCalls: Budget };

export type ProcessSpec = {
  readonly name: Process;
  /** The host where it starts; `null` for a process that must be forked. */
  readonly home: Host | null;
  readonly program: Program;
  /** Hosts that it may be sent to, and how many migrations may be requested in all. */
  readonly migrations?: { readonly to: readonly Host[]; readonly times: number };
};

export type Faults = {
  /** Hosts that may crash, and how many crashes in all. */
  readonly crashes?: { readonly of: readonly Host[]; readonly times: number };
  /** Whether hosts that have crashed may come up again. */
  readonly reboots?: boolean;
  /** How many replies between live hosts may be lost: to commands of a migration and to home calls. */
  readonly lostReplies?: number;
  /** Whether a module may refuse at sizing, which aborts a migration before the point of no return. */
  readonly aborts?: boolean;
};

export type Scenario = {
  readonly name: string;
  readonly title: string;
  /** Small scenarios close; general ones let programs make any call; large ones are only sampled. */
  readonly size?: 'small' | 'general' | 'large';
  /** Clients. The file server is not listed; it runs no processes and does not crash. */
  readonly hosts: readonly Host[];
  readonly files: readonly File[];
  readonly processes: readonly ProcessSpec[];
  /** Descriptors of each process. */
  readonly descriptors: number;
  /** Pages of memory of each process; none if memory does not matter. */
  readonly pages?: number;
  /** Whether clients may write dirty blocks back by themselves. */
  readonly delayedWrites?: boolean;
  readonly faults?: Faults;
  /** Hosts whose owners may come back, and how often each. */
  readonly evictions?: { readonly of: readonly Host[]; readonly times: number };
  /** Whether twin runs go on to the end of a program; otherwise they compare its next results. */
  readonly fullTwins?: boolean;
  /** Hosts that refuse visitors. */
  readonly refusing?: readonly Host[];
};

export function mayLoseReplies({ faults }: Scenario): boolean {
  return (faults?.lostReplies ?? 0) > 0;
}

/** How often the owner of a host may still come back. */
export function evictionsOf({ evictions }: Scenario, host: Host): number {
  return evictions?.of.includes(host) === true ? evictions.times : 0;
}
