/**
 * Variants that are gone while stories of them are stored, or listed as stored. None of these stories can
 * be read, or found: that is one mistake, and is reported once, for the variant.
 */
import { ownPropertyIds } from '../../checker/claims/own-properties.ts';
import { storedNames } from '../baselines/stored-names.ts';
import type { Loaded } from '../specification/loaded.ts';
import type { Expected } from './expected.ts';

/** For each variant, the files of its stories. A file that can be read names its variant itself. */
export function missingVariants({
  spec,
  stored,
  listed = [],
}: Expected): ReadonlyMap<string, readonly string[]> {
  const readable = new Set(stored.flatMap((each) => ('trace' in each ? [each.file] : [])));
  const files = [...new Set([...stored.map(({ file }) => file), ...listed])];
  const gone = new Map<string, readonly string[]>();
  for (const file of files.filter((each) => !readable.has(each))) {
    const variant = goneVariantOf(spec, file);
    if (variant !== undefined) gone.set(variant, [...(gone.get(variant) ?? []), file]);
  }
  return gone;
}

/** These files are named by variant and property. A name that fits a shipped variant is taken for one. */
function goneVariantOf({ properties, variants, home }: Loaded, file: string): string | undefined {
  const { faults } = storedNames(home);
  const name = file.startsWith(`${faults}/`) ? file.slice(faults.length + 1) : '';
  const [, begin = ''] = /^([^/]+)\.trace\.json$/.exec(name) ?? [];
  const ids = [...properties.map(({ id }) => id), ...ownPropertyIds]
    .filter((property) => begin.endsWith(`-${property}`))
    .map((property) => begin.slice(0, -property.length - 1))
    .filter((id) => id !== '');
  return ids.some((id) => variants.some((variant) => variant.id === id)) ? undefined : ids[0];
}
