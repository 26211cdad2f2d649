/** The place of a specification's stored traces and pinned counts, and the names of these files in messages. */
import { isAbsolute, join, relative } from 'node:path';
import { BadInput } from '../errors.ts';
import type { Home } from '../specification/loaded.ts';

/** The path of a stored file relative to the folder of the command, for messages. */
export function fromHere({ base }: Home, path: string): string {
  const place = relative(process.cwd(), join(base, path));
  return place === '' || isAbsolute(place) ? join(base, path) : place;
}

/** Throws BadInput if nothing may be stored. */
export function refuseReadOnly({ isReadOnly }: Home): void {
  if (isReadOnly !== undefined) throw new BadInput(`sprite-check: ${isReadOnly}`);
}
