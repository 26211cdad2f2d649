/**
 * The hosts that cells name, in every field of every context. No list of machines is needed here, so an
 * author of a new machine cannot forget to add it. A state is a word of its machine and names no host; only
 * contexts are searched.
 */
import type { Local, View } from '../checker/specification/protocol.ts';
import type { Json } from '../model/vocabulary/cell.ts';
import { boot } from '../model/boot.ts';
import { sprite } from '../model/kernel.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { kindOf, objectOf, type Host } from '../model/vocabulary/ids.ts';
import type { KindName, Kinds } from '../model/vocabulary/kinds.ts';

/** A cell, whatever its machine. */
export type AnyCell = {
  readonly name: string;
  readonly kind: KindName;
  /** The host that it is named after. */
  readonly host: Host | undefined;
  /** What it contains where no process has ever started. */
  readonly empty: Local;
};

/** Where something of a host may stay although the host is down, by kind, field and state. */
export type Exception = {
  [kind in KindName]: {
    readonly kind: kind;
    /** `is`: the state itself, and whatever the cell contains in it. */
    readonly field: (keyof Kinds[kind]['context'] & string) | 'is';
    /** The states in which it may; all of them without. */
    readonly states?: readonly string[];
    readonly why: string;
    readonly kernel: string;
  };
}[KindName];

/** A call to a host that is down stays, until its caller learns that it is not answered. */
export const callToTarget = {
  kind: 'target',
  field: 'to',
  states: ['dead'],
  why: 'a call that was made to the host, until its caller learns that it is not answered',
  kernel: 'rpc/rpcClient.c',
} as const satisfies Exception;

export const callToHome = {
  kind: 'homeCall',
  field: 'home',
  states: ['arrived'],
  why: 'a call to a home that is down is never served: its caller is killed when it notices',
  kernel: 'proc/procRpc.c; proc/procRecovery.c',
} as const satisfies Exception;

/** Every cell of a scenario. */
export function cellsIn(scenario: Scenario): readonly AnyCell[] {
  const unstarted = scenario.processes.map((process) => ({ ...process, home: null }));
  return boot(sprite, { ...scenario, processes: unstarted }).cells.map(({ name, initial }) => ({
    name,
    kind: kindOf(name),
    host: scenario.hosts.find((host) => isNamedAfter(name, host)),
    empty: initial,
  }));
}

/** Hosts that may be down at some time. */
export function mortalHosts({ faults }: Scenario): readonly Host[] {
  const { of = [], times = 0 } = faults?.crashes ?? {};
  return times > 0 ? of : [];
}

/** The hosts that a cell names, its own apart, each with the field: one view for each cell. */
export function hostsNamedIn(
  { kind, host: own }: AnyCell,
  hosts: readonly Host[],
  exceptions: readonly Exception[],
): View<readonly (readonly [field: string, host: Host])[]> {
  return (local) =>
    Object.entries(fieldsOf(local)).flatMap(([field, held]) =>
      hosts
        .filter((host) => host !== own && names(held, host))
        .filter(() => !isExcepted(exceptions, kind, field, local))
        .map((host) => [field, host] as const),
    );
}

/** The fields in which a cell contains more than nothing, `is` among them: one view for each cell. */
export function fieldsHeldIn(
  { kind, empty }: AnyCell,
  exceptions: readonly Exception[],
): View<readonly string[]> {
  const nothing = new Map(
    Object.entries({ is: empty.value, ...fieldsOf(empty) }).map(([field, held]) => [
      field,
      textOf(held),
    ]),
  );
  return (local) =>
    Object.entries({ is: local.value, ...fieldsOf(local) })
      .filter(([field, held]) => nothing.get(field) !== textOf(held))
      .map(([field]) => field)
      .filter((field) => !isExcepted(exceptions, kind, field, local));
}

/** "lastWriter A", as a finding says it. */
export function fieldText(local: Local, field: string): string {
  return field === 'is'
    ? textOf(local.value)
    : `${field} ${textOf(fieldsOf(local)[field] ?? null)}`;
}

function isExcepted(
  exceptions: readonly Exception[],
  kind: KindName,
  field: string,
  { value }: Local,
): boolean {
  return exceptions.some(
    (each) =>
      each.kind === kind &&
      (each.field === field || each.field === 'is') &&
      (each.states === undefined || each.states.includes(value as string)),
  );
}

function fieldsOf({ context }: Local): { readonly [field: string]: Json } {
  return context as { readonly [field: string]: Json };
}

/** The host itself, or a cell that is named after it, anywhere in there. */
function names(held: Json, host: Host): boolean {
  if (typeof held === 'string') return held === host || isNamedAfter(held, host);
  if (typeof held !== 'object' || held === null) return false;
  return Object.values(held).some((each: Json) => names(each, host));
}

/** "stream p0@A", "cleanup A". */
function isNamedAfter(name: string, host: Host): boolean {
  const object = objectOf(name);
  return object === host || object.endsWith(`@${host}`);
}

function textOf(held: Json): string {
  return typeof held === 'string' ? held : JSON.stringify(held);
}
