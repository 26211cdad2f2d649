/**
 * The words of a story: which host a cell belongs to, what a step does, what a cell now holds.
 *
 *   A kind of cell or an action that is not named here is told by its own name, so that the model
 *   may grow without this file.
 */
import type { Local, Step } from '../../checker/specification/protocol.ts';
import type { Json } from '../vocabulary/cell.ts';
import { ofNoHost } from '../vocabulary/ids.ts';
import { phrases } from './step-phrases.ts';

const SERVER = 'S';

/** What the file server holds about a host, although it is named after that host. */
const SERVERS = new Set(['service', 'shadow', 'file', 'entry', 'consistency', 'cleanup']);

/** Parts of one call: a reader sees them as one thing that goes on. */
const CALLS = new Set(['thread', 'source', 'target', 'service', 'release']);

const MIGRATES = new Set(['source', 'target', 'release']);

/** The field that names the host of a cell which its name does not tell. */
const HOST_FIELDS: { readonly [kind: string]: string | undefined } = {
  source: 'from',
  target: 'to',
  release: 'source',
  homeCall: 'home',
};

/** Fields that name the cell itself, count what is left of a budget, or repeat what the step said. */
const UNTOLD = new Set(['process', 'remaining', 'left', 'index']);
const UNTOLD_OF: { readonly [kind: string]: readonly string[] | undefined } = {
  thread: ['call'],
  service: ['file', 'stream', 'mode', 'source', 'isNew', 'carriedOffset'],
  release: ['stream', 'source'],
  target: ['home', 'carried'],
};

type Fields = { readonly [field: string]: Json };

/** The file server stands on the right; hosts are in the order of their names. */
export function serverLast(a: string, b: string): number {
  return Number(a === SERVER) - Number(b === SERVER) || (a < b ? -1 : 1);
}

/** The host on which a cell lives, by what it holds before and after a step; `S` is the file server. */
export function hostOf(name: string, before: Local, after: Local): string | undefined {
  const { kind, object } = partsOf(name);
  if (isOfNoHost(name)) return undefined;
  if (SERVERS.has(kind)) return SERVER;
  if (name.includes('@')) return name.slice(name.indexOf('@') + 1);
  if (kind === 'host') return object;
  const [now, then] = [fieldsOf(after), fieldsOf(before)];
  const field = HOST_FIELDS[kind] ?? 'host';
  const named = [now[field], then[field]].find((held) => typeof held === 'string' && held !== '');
  return (named as string | undefined) ?? SERVER;
}

export function isOfNoHost(name: string): boolean {
  return ofNoHost.has(partsOf(name).kind);
}

/** Whether a step begins something: a call of a program, or a migration. */
export function isBeginning({ at }: Step, acting: Local): boolean {
  const { kind } = partsOf(at);
  return (
    (kind === 'thread' && acting.value === 'user') || (kind === 'source' && acting.value === 'idle')
  );
}

/** Whether a process goes from a call of its own to its migration, or back. */
export function isOtherSide(before: string | undefined, at: string): boolean {
  const [kind, last] = [partsOf(at).kind, partsOf(before ?? '').kind];
  return kind === 'thread' ? MIGRATES.has(last) : MIGRATES.has(kind) && last === 'thread';
}

/** Steps of one activity, one after the other, are one run. */
export function activityOf(name: string): string {
  const { kind, object } = partsOf(name);
  return CALLS.has(kind) ? object : name;
}

export function sentence({ at, action, params }: Step, acting: Local): string {
  const { kind, object } = partsOf(at);
  const phrase = phrases[`${kind}.${action}`];
  if (phrase !== undefined) {
    const held = { ...fieldsOf(acting), ...params };
    return phrase(object, (field) => told(held[field] ?? null));
  }
  const given = Object.entries(params).map(([name, value]) => `${words(name)} ${told(value)}`);
  return [`${at}: ${words(action)}`, ...given].join(' ');
}

/** "stream p0: open, references 1 → 2"; undefined where nothing changed that people want to see. */
export function changeText(
  name: string,
  { from, to, initial }: { readonly from: Local; readonly to: Local; readonly initial: Local },
): string | undefined {
  const state = told(to.value);
  const changed = state !== told(from.value);
  // Back to the beginning: that all fields are empty again goes without saying.
  const restarted = changed && state === told(initial.value);
  // Out of it: that they were empty does too.
  const begun = changed && told(from.value) === told(initial.value);
  const [then, now, first] = [fieldsOf(from), fieldsOf(to), fieldsOf(initial)];
  const untold = UNTOLD_OF[partsOf(name).kind] ?? [];
  const fields = Object.keys(now)
    .filter((field) => !UNTOLD.has(field) && !untold.includes(field))
    .filter((field) => !same(then[field], now[field]))
    .filter((field) => !restarted || !same(now[field], first[field]))
    .map((field) => {
      const isFresh = begun && same(then[field], first[field]);
      return fieldText(field, isFresh ? null : (then[field] ?? null), now[field] ?? null);
    });
  const all = [...(changed ? [state] : []), ...fields];
  return all.length === 0 ? undefined : `${shortName(name)}: ${all.join(', ')}`;
}

/** "thread r is opening (file f, mode read), on C": what a cell holds, as far as people want to see it. */
export function stateText(name: string, local: Local): string {
  const { host, call } = fieldsOf(local);
  const within = call === null || call === undefined ? '' : ` (${told(call)})`;
  const where = typeof host === 'string' && !name.includes('@') ? `, on ${host}` : '';
  return `${name.replace('@', ' at ')} is ${told(local.value)}${within}${where}`;
}

function fieldText(field: string, before: Json, after: Json): string {
  const name = fieldName(field);
  if (typeof after === 'boolean') return after ? name : `not ${name}`;
  if (isEmpty(after)) return field === 'lockedBy' ? 'unlocked' : `no ${name}`;
  if (isEmpty(before) || typeof after === 'object') return `${name} ${told(after)}`;
  return `${name} ${told(before)} → ${told(after)}`;
}

export function told(value: Json): string {
  if (value === null || value === '') return '–';
  if (typeof value !== 'object') return words(String(value));
  if (isList(value)) return value.length === 0 ? 'none' : value.map(told).join(' ');
  return Object.entries(value)
    .filter(([, held]) => held !== null && held !== false)
    .map(([field, held]) => (held === true ? words(field) : `${words(field)} ${told(held)}`))
    .join(' ');
}

/** "isNew" is "new", "lockedBy" is "locked by". */
function fieldName(field: string): string {
  const name = field.replace(/^is(?=[A-Z])/, '');
  return words(name.charAt(0).toLowerCase() + name.slice(1));
}

function isEmpty(value: Json): boolean {
  return value === null || value === '' || (isList(value) && value.every(isEmpty));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** "lockedBy" is "locked by". */
function words(name: string): string {
  return /^[a-z]+([A-Z][a-z]*)+$/.test(name)
    ? name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    : name;
}

/** "stream p0@A" is of kind "stream" and object "p0@A". */
export function partsOf(name: string): { readonly kind: string; readonly object: string } {
  const [kind = '', rest = ''] = name.split(' ', 2);
  return { kind, object: rest };
}

/** Under its host's column a cell needs no host; the server's entry for a host does. */
export function shortName(name: string): string {
  const { kind, object } = partsOf(name);
  return SERVERS.has(kind) ? name.replace('@', ' for ') : `${kind} ${object.split('@', 1)[0]}`;
}

function fieldsOf({ context }: Local): Fields {
  return context !== null && typeof context === 'object' && !isList(context) ? context : {};
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
