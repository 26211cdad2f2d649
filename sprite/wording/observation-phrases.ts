/** Observations in words. An observation that is not named here is printed field by field. */
import type { Json } from '../../model/vocabulary/cell.ts';
import { phrases } from './step-phrases.ts';
import { valueText } from '../../checker/wording/plain-values.ts';

type Fields = { readonly [field: string]: Json };

const seenPhrases: {
  readonly [what: string]: ((the: (field: string) => string) => string) | undefined;
} = {
  holdSignals: (the) => `${the('of')} asks for signals to be held`,
  writePage: (the) => `${the('of')} writes page ${the('page')}`,
  readPage: (the) => `${the('of')} reads page ${the('page')}`,
  remoteExec: (the) => `${the('of')} asks to run another program on ${the('to')}`,
  openReturns: (the) => `${the('of')}'s open ${the('succeeds') === 'true' ? 'succeeds' : 'fails'}`,
  waitReturns: (the) =>
    `${the('of')} learns that ${the('child')} ${the('status') === 'exited' ? 'has exited' : 'was destroyed'}`,
  isKilled: (the) => `${the('of')} is killed`,
  dies: (the) => `${the('of')} dies with its host`,
  execIsRefused: (the) => `${the('of')}'s remote exec is refused`,
  migrationIsOver: (the) => `the migration of ${the('of')} is over`,
  evictionIsOver: (the) =>
    `the eviction from ${the('of')} is over; visitors that run: ${the('visitors')}`,
  ownerReturned: (the) => `the owner of ${the('of')} is back`,
  aborted: (the) => `${the('of')} cannot be packed`,
  replyLost: (the) => `a reply about ${the('of')} is lost`,
};

/** The results of a call, apart from its parameters. */
const RESULTS = new Set(['data', 'offset', 'size']);

export function seenText(seen: Json): string {
  if (!isFields(seen)) return valueText(seen);
  if (isFields(seen['atRest'])) return `at rest: ${restText(seen['atRest'])}`;
  if (typeof seen['at'] === 'string') return stepText(seen);
  const [of, what] = [nameIn(seen, 'of'), nameIn(seen, 'what')];
  const the = (field: string): string => valueText(seen[field] ?? null);
  const call = ['thread', 'source', 'host'].map((kind) => phrases[`${kind}.${what}`]);
  const named = call.find((each) => each !== undefined);
  const fields = Object.keys(seen).filter((field) => field !== 'of' && field !== 'what');
  const given = fields.filter((field) => !RESULTS.has(field));
  const begin =
    seenPhrases[what]?.(the) ??
    named?.(of, the) ??
    [
      `${of}: ${valueText(what)}`,
      ...given.map((field) => `${valueText(field)} ${the(field)}`),
    ].join(' ');
  const results = fields.filter((field) => RESULTS.has(field));
  if (results.length === 0) return begin;
  return `${begin}: ${results.map((field) => `${field} ${the(field)}`).join(', ')}`;
}

/** For --internal: the step itself, and what is observed of it. */
function stepText({ at, action = '', params, observed }: Fields): string {
  const given = Object.entries(isFields(params) ? params : {}).map(
    ([name, value]) => `${valueText(name)} ${valueText(value)}`,
  );
  const seen = Array.isArray(observed) ? (observed as readonly Json[]).map(seenText) : [];
  const step = [`${valueText(at ?? null)}: ${valueText(action)}`, ...given].join(' ');
  return seen.length === 0 ? step : `${step} (${seen.join('; ')})`;
}

function restText({ awaited = [], evicted = [], ...processes }: Fields): string {
  const names = (held: Json): readonly string[] => (Array.isArray(held) ? held.map(valueText) : []);
  return [
    ...Object.entries(processes).map(
      ([process, doing]) => `${process} ${doingText(valueText(doing))}`,
    ),
    ...names(awaited).map((process) => `the migration of ${process} is still awaited`),
    ...names(evicted).map((process) => `the eviction of ${process} is still awaited`),
  ].join('; ');
}

function doingText(doing: string): string {
  if (doing === 'gone') return 'is gone';
  return doing === 'runs' || doing === 'waits' ? doing : `hangs, ${doing}`;
}

function nameIn(seen: Fields, field: string): string {
  const held = seen[field];
  return typeof held === 'string' ? held : '';
}

function isFields(value: Json | undefined): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
