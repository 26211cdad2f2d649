/** Groups rows with the same verdict and reason, so that one reason is read once. */
import type { Row } from '../../analysis/regress/row.ts';

/** Rows of one kind with one verdict and one reason, in order; the first represents all. */
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

/** The text that all share, or their common part before the first comma of a list. */
export function common(texts: readonly string[]): string {
  const [whole, head] = [new Set(texts), new Set(texts.map((text) => text.split(', ', 1)[0]))];
  const [shared] = whole.size === 1 ? whole : head.size === 1 ? head : [];
  return shared ?? 'several';
}

/** The row's own scenario is removed from its reason, so that the reason is the same in others. */
function keyOf({ what, verdict, why, scenario }: Row): string {
  const reason = scenario === '' ? why : why.replaceAll(scenario, '\0');
  return JSON.stringify([what, verdict, reason]);
}
