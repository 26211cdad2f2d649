/** What `list` prints: names with titles, one entry in full, or the results of a search. */
import { match } from 'ts-pattern';
import type { Entry, VariantEntry } from '../../analysis/catalog/entry.ts';
import type { FoundEntry } from '../../analysis/catalog/search.ts';
import type { Loaded } from '../../analysis/specification/loaded.ts';
import { unique } from '../../analysis/specification/lookup.ts';
import type { Json } from '../../checker/text/json.ts';
import { counted, listUpTo, fitted, table } from '../../checker/text/tables.ts';
import { styled, width } from '../terminal.ts';

const MOST_FOUND = 12;
const MOST_OTHERS = 8;

/** Everything that is known of one entry; `of` gives the titles of the names in it. */
export function entryLines({ noun }: Loaded, entry: Entry, of: Titles): readonly string[] {
  const kind = entry.kind === 'variant' ? noun : entry.kind;
  return [
    ...fitted(
      `${styled('bold', entry.name)}  ${kind}${entry.title === '' ? '' : `: ${entry.title}`}`,
      width(),
    ),
    '',
    ...rowsOf(entry, of),
    ...entry.next.map((command, index) => `${index === 0 ? 'next' : '    '}  ${command}`),
  ];
}

/** Titles by name; undefined if there is none. */
export type Titles = (name: string) => string | undefined;

function rowsOf(entry: Entry, of: Titles): readonly string[] {
  const rows = match(entry)
    .with({ kind: 'variant' }, (it) => [
      ['record', it.record],
      ['words', it.terms.join(', ')],
      ['differs in', it.differences.join('; ')],
      ['made of', it.composedOf.join(', ')],
      ...it.caughtBy.map((name, index) => [index === 0 ? 'caught by' : '', titled(name, of)]),
      ['expected', expectedText(it)],
      ['shows in', it.scenario === undefined ? '' : titled(it.scenario, of)],
      ...it.traces.map((path, index) => [index === 0 ? 'stored' : '', path]),
    ])
    .with({ kind: 'scenario' }, (it) => [
      ['size', it.size + (it.counts === undefined ? '' : countsText(it.counts))],
      ...Object.entries(it.data).flatMap(([field, held]) => dataRows(field, held)),
      ['tests', it.tests.join(', ')],
      ...it.faults.map((name, index) => [index === 0 ? 'shows' : '', titled(name, of)]),
    ])
    .with({ kind: 'property' }, (it) => [
      ['holds', it.when],
      ['quiescence', it.quiescence],
      ...Object.entries(it.sources),
      ['witness', it.witness],
      ...it.catches.map((name, index) => [index === 0 ? 'catches' : '', titled(name, of)]),
      [
        'expected',
        it.missed.length === 0 ? '' : `${it.missed.join(', ')}: not caught in any small scenario`,
      ],
      ['tested in', it.testedIn.length === 0 ? '' : scenariosText(it.testedIn)],
      ['stated in', it.file ?? ''],
    ])
    .with({ kind: 'walkthrough' }, (it) => [
      ['scenario', titled(it.scenario, of)],
      ...it.traces.map((path) => ['stored', path]),
    ])
    .exhaustive();
  const said = rows.filter(([, text]) => text !== '');
  return said.length === 0 ? [] : [...table(said, [], width()), ''];
}

/** What should catch a fault, and does not; or all that should, if it was never searched for. */
function expectedText({ caughtBy, expected }: Pick<VariantEntry, 'caughtBy' | 'expected'>): string {
  if (expected.length === 0) return '';
  return caughtBy.length > 0
    ? `${expected.join(', ')}: not caught by ${expected.length > 1 ? 'them' : 'it'} in any small scenario`
    : `${expected.join(', ')}: no counterexample is stored`;
}

function titled(name: string, of: Titles): string {
  const title = of(name);
  return title === undefined || title === '' ? name : `${name}: ${title}`;
}

function countsText(counts: {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
}): string {
  const { states, transitions, depth } = counts;
  return `: ${counted(states, 'state')}, ${counted(transitions, 'transition')}, depth ${depth}`;
}

function scenariosText(names: readonly string[]): string {
  return `${counted(names.length, 'small scenario')}: ${names.join(', ')}`;
}

/** A line for each record of a list; one line for everything else. */
function dataRows(field: string, held: Json): readonly (readonly string[])[] {
  if (!isRecords(held)) return [[field, dataText(held)]];
  return held.map((each, index) => [index === 0 ? field : '', dataText(each)]);
}

function isRecords(held: Json): held is readonly { readonly [field: string]: Json }[] {
  return (
    Array.isArray(held) &&
    held.length > 0 &&
    held.every((each) => each !== null && typeof each === 'object' && !Array.isArray(each))
  );
}

/** "p, home A, program script (open f write 0; fork q)": values of flat records without their names. */
function dataText(held: Json): string {
  if (held === null) return 'none';
  if (typeof held !== 'object') return String(held);
  if (isRecords(held)) return `(${held.map(callText).join('; ')})`;
  if (Array.isArray(held)) return held.length === 0 ? 'none' : held.map(dataText).join(' ');
  return Object.entries(held as { readonly [field: string]: Json })
    .map(([field, value]) =>
      field === 'name' ? dataText(value) : value === true ? field : `${field} ${dataText(value)}`,
    )
    .join(', ');
}

function callText(record: { readonly [field: string]: Json }): string {
  return Object.values(record).map(dataText).join(' ');
}

export function foundLines(
  spec: Loaded,
  words: string,
  { matches, others }: FoundEntry,
): readonly string[] {
  if (matches.length === 0) {
    return [
      `no name, title or record contains "${words}"; "sprite-check list${spec.options}" lists every name`,
    ];
  }
  const shown = matches.slice(0, MOST_FOUND);
  const rest = unique([...matches.slice(MOST_FOUND), ...others].map(({ name }) => name));
  return [
    ...table(
      shown.map((entry) => [
        entry.kind === 'variant' ? spec.noun : entry.kind,
        entry.name,
        entry.title,
      ]),
      [],
      width(),
    ),
    ...(rest.length === 0 ? [] : ['', `less close: ${listUpTo(rest, MOST_OTHERS)}`]),
    '',
    `next  sprite-check list ${matches[0]?.name}${spec.options}`,
  ];
}
