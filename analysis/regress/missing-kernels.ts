/**
 * Kernels that are gone while stories of them are stored, or listed as stored. None of these stories
 * can be read, or found: that is one mistake, and is told once, of the kernel.
 */
import { ownPropertyIds } from '../../checker/claims/own-properties.ts';
import { kernels } from '../../model/kernels/all.ts';
import { properties } from '../../properties/all.ts';
import type { Expected } from './expected.ts';

/** By kernel, the files of its stories. A file that can be read is of the kernel that it names itself. */
export function goneKernels({
  stored,
  listed = [],
}: Expected): ReadonlyMap<string, readonly string[]> {
  const readable = new Set(stored.flatMap((each) => ('trace' in each ? [each.file] : [])));
  const files = [...new Set([...stored.map(({ file }) => file), ...listed])];
  const gone = new Map<string, readonly string[]>();
  for (const file of files.filter((each) => !readable.has(each))) {
    const kernel = goneKernelOf(file);
    if (kernel !== undefined) gone.set(kernel, [...(gone.get(kernel) ?? []), file]);
  }
  return gone;
}

/** These files are named by kernel and property. A name that may be one of a shipped kernel is one. */
function goneKernelOf(file: string): string | undefined {
  const [, name = ''] = /^traces\/faults\/([^/]+)\.trace\.json$/.exec(file) ?? [];
  const ids = [...properties.map(({ id }) => id), ...ownPropertyIds]
    .filter((property) => name.endsWith(`-${property}`))
    .map((property) => name.slice(0, -property.length - 1))
    .filter((id) => id !== '');
  return ids.some((id) => kernels.some((kernel) => kernel.id === id)) ? undefined : ids[0];
}
