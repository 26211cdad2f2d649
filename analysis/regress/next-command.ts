/** The next command for a row that does not hold, or a few words. */
import { match, P } from 'ts-pattern';
import { fromHere } from '../files/home.ts';
import { repairedOf, variantOption, type Loaded } from '../specification/loaded.ts';
import type { Row } from './row.ts';

const IF_MEANT = 'if that was meant, accept it';

export function nextOf(spec: Loaded, row: Row): string {
  const repaired = repairedOf(spec);
  const { variant, scenario, property } = row;
  const options = optionsFor(spec, variant);
  return match(row)
    .with({ verdict: 'broken' }, () =>
      scenario === ''
        ? 'repair what throws'
        : `sprite-check explore ${scenario} ${variantOption(spec)} ${variant}${options}, which shows where`,
    )
    .with({ verdict: 'gone', what: 'trace' }, () => `put it back, or accept that it is gone`)
    .with({ verdict: 'gone' }, () => IF_MEANT)
    .with({ what: 'baseline', verdict: 'not closed' }, () => 'more states: --max-states')
    .with({ verdict: 'not pinned' }, () => 'accept it, to pin it')
    .with({ verdict: 'not listed' }, () => 'accept it, to list it')
    .with({ what: 'fault', verdict: 'CAUGHT', stored: 'new' }, () => 'accept it, to store stories')
    .with(
      { what: 'baseline' },
      // The user's own files cannot be compared with a revision.
      () =>
        options === ''
          ? `sprite-check diff --against HEAD --scenario ${scenario} shows what is observed; ${IF_MEANT}`
          : `sprite-check explore ${scenario} ${variantOption(spec)} ${variant}${options} shows more; ${IF_MEANT}`,
    )
    .with({ what: 'transitions', verdict: 'not closed' }, () => 'more states: --max-states')
    .with(
      { what: 'transitions' },
      () => `sprite-check check --coverage${options} names all that are never taken; ${IF_MEANT}`,
    )
    .with(
      { verdict: 'VIOLATED', trace: P.string },
      () => `sprite-check explain ${storyOf(spec, row)}${options}`,
    )
    .with(
      { verdict: 'VIOLATED' },
      () => `sprite-check check ${scenario} --property ${property ?? ''}${options}`,
    )
    .with(
      { verdict: 'UNKNOWN', why: P.string.startsWith('not decided within') },
      () => `sprite-check check --property ${property ?? ''}${options} with a larger --max-ahead`,
    )
    .with({ verdict: 'UNKNOWN' }, () => 'repair what throws')
    .with({ verdict: 'BOUNDED' }, () => 'more states: --max-states')
    .with({ verdict: 'VACUOUS' }, () => 'a scenario that reaches its witness again')
    .with(
      { verdict: 'MISSED' },
      () =>
        `sprite-check diff ${repaired} ${variant}${options} shows whether it still differs from ${repaired}`,
    )
    .with({ verdict: P.union('rebased', 'fixed', 'stale') }, () =>
      row.verdict === 'rebased'
        ? `sprite-check replay ${storyOf(spec, row)} --rebase --out out${options}`
        : `sprite-check replay ${storyOf(spec, row)}${options}; ${IF_MEANT}`,
    )
    .with(
      { verdict: 'unreadable' },
      () =>
        'put it back from git; where what it names is gone for good, remove the file, then accept',
    )
    .with(
      { verdict: 'violated differently' },
      () => `sprite-check replay ${storyOf(spec, row)}${options}`,
    )
    .otherwise(() => IF_MEANT);
}

/** If an option is given twice, the last counts: a variant from a file must not replace the row's. */
function optionsFor(spec: Loaded, variant: string): string {
  const { options, source, variants } = spec;
  const isNamed = variant === '' || variants.at(-1)?.id === variant;
  return source.variants.length === 0 || isNamed
    ? options
    : `${options} ${variantOption(spec)} ${variant}`;
}

/** The story's file, as a command takes it. */
function storyOf({ home }: Loaded, { trace = '' }: Row): string {
  return fromHere(home, trace);
}
