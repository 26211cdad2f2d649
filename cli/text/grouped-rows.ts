/** Rows that say the same of several things, as one: what differs everywhere for one reason is read once. */
import type { Row } from '../../analysis/regress/row.ts';

/** Rows of one kind that got one verdict for one reason, in order; the first stands for all. */
export type Fold = { readonly first: Row; readonly rows: readonly Row[] };

export function folded(rows: readonly Row[]): readonly Fold[] {
  const folds = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = folds.get(key);
    if (known === undefined) folds.set(key, [row]);
    else known.push(row);
  }
  return [...folds.values()].flatMap((own) => {
    const [first] = own;
    return first === undefined ? [] : [{ first, rows: own }];
  });
}

/** What all say, or as much of it as stands before the first comma of a list. */
export function common(texts: readonly string[]): string {
  const [whole, head] = [new Set(texts), new Set(texts.map((text) => text.split(', ', 1)[0]))];
  const [shared] = whole.size === 1 ? whole : head.size === 1 ? head : [];
  return shared ?? 'several';
}

/** A reason that names the row's own scenario is the same reason in another one. */
function keyOf({ what, verdict, why, scenario }: Row): string {
  const reason = scenario === '' ? why : why.replaceAll(scenario, '\0');
  return JSON.stringify([what, verdict, reason]);
}
