/**
 * The words of Sprite's stories: which host a cell belongs to, what a step does, what a cell holds.
 *
 *   A kind of cell or an action that is not named here is printed by its own name, so that the model
 *   may grow without this file.
 */
import type { Local, Step } from '../../checker/specification/protocol.ts';
import type { CellChange, Wording } from '../../checker/specification/wording.ts';
import {
  changesOf,
  fieldsOf,
  heldIn,
  same,
  valueText,
} from '../../checker/wording/plain-values.ts';
import { plainWording } from '../../checker/wording/plain-wording.ts';
import { actorOf } from '../../model/timing/place.ts';
import { holderOf, nameText, SERVER } from '../../model/vocabulary/holder.ts';
import { kindOf, objectOf } from '../../model/vocabulary/ids.ts';
import { messageText } from './messages.ts';
import { seenText } from './observation-phrases.ts';
import { phrases } from './step-phrases.ts';

/** Parts of one call: a reader sees them as one thing that goes on. */
const CALLS = new Set(['thread', 'source', 'target', 'service', 'release']);

const MIGRATES = new Set(['source', 'target', 'release']);

/** Fields that name the cell itself, count what is left of a budget, or repeat what the step said. */
const HIDDEN = new Set(['process', 'remaining', 'left', 'index']);
const HIDDEN_OF: { readonly [kind: string]: readonly string[] | undefined } = {
  thread: ['call'],
  service: ['file', 'stream', 'mode', 'source', 'isNew', 'carriedOffset'],
  release: ['stream', 'source'],
  target: ['home', 'carried'],
};

/** States of things that are not there. */
const NOTHING_THERE = new Set(['absent', 'idle', 'unlisted', 'awake']);

/** Kinds that are printed even in their initial state. */
const ALWAYS_PRINTED = new Set(['thread', 'process', 'file']);

export const wording: Wording = {
  ...plainWording,
  column: columnOf,
  actor: actorOf,
  compareColumns: serverLast,
  columns: (cells) => [
    ...cells.flatMap(({ name }) => (name.startsWith('host ') ? [name.slice('host '.length)] : [])),
    SERVER,
  ],
  columnTitle: (host) => (host === SERVER ? 'file server' : `host ${host}`),
  activity: activityOf,
  begins: (step, acting, before) => isBeginning(step, acting) || isOtherSide(before?.at, step.at),
  sentence,
  change: changeText,
  holds: heldText,
  state: stateText,
  message: messageText,
  shortName,
  longName: nameText,
  observation: seenText,
};

/** The file server is on the right; hosts are in the order of their names. */
function serverLast(a: string, b: string): number {
  return Number(a === SERVER) - Number(b === SERVER) || (a < b ? -1 : 1);
}

/** The host that holds a cell, by what it contains before and after a step; `S` is the file server. */
export function columnOf(name: string, before: Local, after: Local): string | undefined {
  return holderOf(name, after, before);
}

/** Whether a step begins something: a call of a program, or a migration. */
function isBeginning({ at }: Step, acting: Local): boolean {
  const kind = kindOf(at);
  return (
    (kind === 'thread' && acting.value === 'user') || (kind === 'source' && acting.value === 'idle')
  );
}

/** Whether a process goes from a call of its own to its migration, or back. */
function isOtherSide(before: string | undefined, at: string): boolean {
  const [kind, last] = [kindOf(at), kindOf(before ?? '')];
  return kind === 'thread' ? MIGRATES.has(last) : MIGRATES.has(kind) && last === 'thread';
}

/** Steps of one activity, one after the other, are one run. */
function activityOf(name: string): string {
  const [kind, object] = [kindOf(name), objectOf(name)];
  return CALLS.has(kind) ? object : name;
}

export function sentence(step: Step, acting: Local): string {
  const [kind, object] = [kindOf(step.at), objectOf(step.at)];
  const name = `${kind}.${step.action}`;
  // If one action is two halves of a call, the state distinguishes them.
  const phrase = phrases[`${name}.${valueText(acting.value)}`] ?? phrases[name];
  if (phrase === undefined) return plainWording.sentence(step, acting);
  const held = { ...fieldsOf(acting), ...step.params };
  return phrase(object, (field) => valueText(held[field] ?? null));
}

/** "stream p0: open, references 1 → 2"; undefined if no visible field changed. */
export function changeText(name: string, held: CellChange): string | undefined {
  const all = changesOf(held, (field) => isHidden(kindOf(name), field));
  return all.length === 0 ? undefined : `${shortName(name)}: ${all.join(', ')}`;
}

/** "stream p0: open, file f, references 1": the fields that differ from the start. */
function heldText(name: string, local: Local, initial: Local): string | undefined {
  const kind = kindOf(name);
  const isAsAtFirst = same(local.value, initial.value) && same(local.context, initial.context);
  if (NOTHING_THERE.has(valueText(local.value))) return undefined;
  if (isAsAtFirst && !ALWAYS_PRINTED.has(kind)) return undefined;
  const first = fieldsOf(initial);
  const held = heldIn(local, (field, now) => isHidden(kind, field) || same(now, first[field]));
  return `${shortName(name)}: ${held.join(', ')}`;
}

function isHidden(kind: string, field: string): boolean {
  return HIDDEN.has(field) || HIDDEN_OF[kind]?.includes(field) === true;
}

/** "thread r is opening (file f, mode read), on C": the state of a cell, without hidden fields. */
function stateText(name: string, local: Local): string {
  const { host, call } = fieldsOf(local);
  const within = call === null || call === undefined ? '' : ` (${valueText(call)})`;
  const where = typeof host === 'string' && !name.includes('@') ? `, on ${host}` : '';
  return `${nameText(name).replace('@', ' at ')} is ${valueText(local.value)}${within}${where}`;
}

/** Under its host's column a cell needs no host; the server's entry for a host does. */
function shortName(name: string): string {
  return nameText(name).split('@', 1)[0] ?? name;
}
