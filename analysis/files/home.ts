/** Where a specification's stories and pinned counts are stored, and how people call these files. */
import { isAbsolute, join, relative } from 'node:path';
import { BadInput } from '../errors.ts';
import type { Home } from '../specification/loaded.ts';

/** A stored file, named as from where the command runs: people read it in messages. */
export function fromHere({ base }: Home, path: string): string {
  const place = relative(process.cwd(), join(base, path));
  return place === '' || isAbsolute(place) ? join(base, path) : place;
}

/** Throws BadInput where nothing may be stored. */
export function refuseReadOnly({ isReadOnly }: Home): void {
  if (isReadOnly !== undefined) throw new BadInput(`sprite-check: ${isReadOnly}`);
}
