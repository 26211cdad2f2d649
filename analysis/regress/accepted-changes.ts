/** The accepted changes as text of the changelog: a sentence for each kind of change, with its objects. */
import { match, P } from 'ts-pattern';
import { counted } from '../../checker/text/tables.ts';
import { repairedOf, type Loaded } from '../specification/loaded.ts';
import type { Row } from './row.ts';

/** Bound on the objects of one kind; `traces/` has them all. */
const NAMED = 10;

type Change = { readonly head: string; readonly of: string };

/** The sentences of the rows that did not hold. */
export function changesText(spec: Loaded, rows: readonly Row[]): readonly string[] {
  const heads = new Map<string, readonly string[]>();
  for (const { head, of } of rows.map((row) => changeOf(spec, row)))
    heads.set(head, [...(heads.get(head) ?? []), of]);
  return [...heads].map(([head, all]) => {
    const more = all.length - NAMED;
    const rest = more > 0 ? `; and ${counted(more)} more` : '';
    return `${head}: ${all.slice(0, NAMED).join('; ')}${rest}.`;
  });
}

function changeOf(spec: Loaded, row: Row): Change {
  const { id, before, now, why } = row;
  const story = id
    .slice(id.startsWith(`${spec.home.folder}/`) ? spec.home.folder.length + 1 : 0)
    .replace(/\.trace\.json$/, '');
  const place = row.variant === repairedOf(spec) ? row.scenario : id;
  return match<Row, Change>(row)
    .with({ what: 'baseline', verdict: 'gone' }, () => ({ head: 'No longer pinned', of: place }))
    .with({ what: 'baseline', verdict: 'not pinned' }, () => ({
      head: 'Pinned for the first time',
      of: `${place} with ${now}`,
    }))
    .with({ what: 'baseline' }, () => ({
      head: 'Pinned counts moved',
      of: `${place} ${movedText(before, now)}`,
    }))
    .with({ what: 'transitions' }, () => ({ head: 'Transitions of the machines', of: why }))
    .with({ what: 'property', verdict: 'gone' }, () => ({ head: 'Properties gone', of: id }))
    .with({ what: 'property', stored: 'new' }, () => ({
      head: 'New properties',
      of: `${id}, ${now.replace(/^\w+, /, '')}`,
    }))
    .with({ what: 'property' }, () => ({
      head: 'Properties tested elsewhere',
      of: `${id}, ${why.replaceAll('tested ', '').replaceAll('; ', ' and ')}`,
    }))
    .with({ what: 'fault', verdict: 'gone', now: P.string.startsWith(`${spec.noun} `) }, () => ({
      head: 'Faults gone',
      of: id,
    }))
    .with({ what: 'fault', verdict: 'gone' }, () => ({ head: 'No longer to be caught', of: id }))
    .with({ what: 'fault', stored: 'new' }, () => ({
      head: 'New faults',
      of: `${id}, caught by ${now} steps`,
    }))
    .with({ what: 'fault' }, () => ({
      head: 'Faults caught otherwise',
      of: `${id} by ${now} steps, before by ${before}`,
    }))
    .with({ verdict: 'gone' }, () => ({ head: 'Stories gone', of: story }))
    .with({ verdict: 'not listed' }, () => ({ head: 'New stories', of: story }))
    .with({ now: 'the same, in another last state' }, () => ({
      head: 'Stories that end as before, in another last state',
      of: story,
    }))
    .with({ verdict: 'other bounds' }, () => ({
      head: 'Stories whose scenario has other bounds',
      of: story,
    }))
    .with({ verdict: 'rebased' }, () => ({
      head: 'Stories with other steps',
      of: story,
    }))
    .with({ verdict: 'fixed' }, () => ({
      head: 'Stories in which nothing is violated any more',
      of: story,
    }))
    .with({ verdict: 'stale' }, () => ({ head: 'Stories that take place no more', of: story }))
    .otherwise(() => ({ head: 'Stories that end otherwise', of: story }));
}

/** The first count that differs, as `countsText` prints it: "from 8 states to 9 states". */
function movedText(before: string, now: string): string {
  const [then, since] = [before, now].map((text) => text.split(', ')) as [string[], string[]];
  const at = then.findIndex((text, index) => text !== since[index]);
  return `from ${then[at] ?? before} to ${since[at] ?? now}`;
}
