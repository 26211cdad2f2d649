/** Finds entries by words in their names, titles, statements, records and differences in code. */
import MiniSearch from 'minisearch';
import type { Entry } from './entry.ts';

export type FoundEntry = {
  /** Those that have every word, best first; if none has, those that have some. */
  readonly matches: readonly Entry[];
  /** Those that have some of the words. */
  readonly others: readonly Entry[];
};

/** A name counts for more than a sentence, and a title for more than a record. `shows` is of a scenario. */
const BOOST = { name: 6, terms: 6, title: 2, shows: 3 };

export function searchIn(entries: readonly Entry[], words: string): FoundEntry {
  const index = new MiniSearch<{ readonly id: number }>({
    fields: ['name', 'terms', 'title', 'record', 'shows'],
    extractField: (document, field) => {
      const entry = entries[document.id];
      if (field === 'id') return document.id;
      return field === 'shows' ? shownBy(entry) : textOf(entry, field);
    },
    tokenize: wordsOf,
    searchOptions: {
      boost: BOOST,
      // "close" finds "closes" and "closed"; a short word would find too much.
      prefix: (word) => word.length > 3,
      fuzzy: (word) => (word.length > 5 ? 0.2 : false),
    },
  });
  const termsOf = new Map(
    entries.map((each) => [each.name, each.kind === 'variant' ? each.terms.join(' ') : '']),
  );
  // Who looks for "deadlock" also means the scenarios in which one shows.
  const shownBy = (entry: Entry | undefined): string =>
    entry?.kind === 'scenario' ? entry.faults.map((name) => termsOf.get(name)).join(' ') : '';
  index.addAll(entries.map((_, id) => ({ id })));
  const having = (combineWith: 'AND' | 'OR'): readonly Entry[] =>
    index.search(words, { combineWith }).flatMap(({ id }) => entries[id as number] ?? []);
  const [all, found] = [having('AND'), having('OR')];
  const isNamed = (entry: Entry): boolean =>
    [entry.name, ...(entry.kind === 'variant' ? entry.terms : [])].some((name) =>
      isSame(wordsOf(name), wordsOf(words)),
    );
  const matches = [...all.filter(isNamed), ...all.filter((entry) => !isNamed(entry))];
  return matches.length === 0
    ? { matches: found, others: [] }
    : { matches, others: found.filter((entry) => !matches.includes(entry)) };
}

function textOf(entry: Entry | undefined, field: string): string {
  if (entry === undefined) return '';
  if (field === 'name') return entry.name;
  if (field === 'title') return entry.title;
  if (entry.kind === 'variant') {
    const { terms, record, differences } = entry;
    return field === 'terms' ? terms.join(' ') : [record, ...differences].join(' ');
  }
  if (entry.kind !== 'property' || field !== 'record') return '';
  return [entry.quiescence, entry.witness, ...Object.values(entry.sources)].join(' ');
}

function isSame(these: readonly string[], those: readonly string[]): boolean {
  return these.join(' ') === those.join(' ');
}

/** "double-migration" and "doubleMigration" are two words each; "§5" is one. */
function wordsOf(text: string): string[] {
  return text
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}§]+/u)
    .filter((word) => word !== '');
}
