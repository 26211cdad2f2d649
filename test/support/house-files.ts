/** The files that people write here: no generated page, no stored trace, nothing that is installed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export type HouseFile = { readonly path: string; readonly text: string };

const root = fileURLToPath(new URL('../..', import.meta.url));
const SKIPPED = new Set(['node_modules', 'dist', 'out', 'coverage', 'traces']);
const WRITTEN = /\.(?:ts|mjs|md|json)$/;
/** JSON that a program writes: schemas, and what npm has installed. */
const BY_PROGRAMS = /^(?:docs\/reference\/schemas\/|package-lock\.json$)/;
const GENERATED = '<!-- Written by `npm run';

/** Paths are relative to the root. */
export function houseFiles(): readonly HouseFile[] {
  return placesIn(root)
    .map((place) => ({ path: relative(root, place), text: readFileSync(place, 'utf8') }))
    .filter(({ path, text }) => !BY_PROGRAMS.test(path) && !text.slice(0, 400).includes(GENERATED));
}

export function isCode({ path }: HouseFile): boolean {
  return !/\.(?:md|json)$/.test(path);
}

function placesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !SKIPPED.has(name) && !name.startsWith('.'))
    .flatMap((entry) => {
      const place = join(folder, entry.name);
      if (entry.isDirectory()) return placesIn(place);
      return WRITTEN.test(entry.name) ? [place] : [];
    });
}
