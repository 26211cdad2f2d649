/** The packages that run with the program, as Node finds them: its `dependencies`, and their dependencies. */
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { readJson } from '../../checker/text/read-json.ts';
import { readBounded } from '../../checker/text/files.ts';

const MAX_BYTES = 1024 * 1024;
const MAX_DEPTH = 32;

/** A name that leads out of the folder of packages is no name of a package. */
const NAME = /^(@[\w~-][\w.~-]*\/)?[\w~-][\w.~-]*$/;
const names = z.record(z.string(), z.unknown()).default({});
const needs = z.object({ dependencies: names, optionalDependencies: names });

/**
 * Their folders, relative to the root, in the order found. Packages that are not installed are left out:
 * an optional one may be missing, and without any other nothing runs.
 */
export function runtimePackages(root: string): readonly string[] {
  const found = new Set<string>();
  const open = [root];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const needed of neededBy(folder)) {
      const place = placeOf(needed, folder);
      if (place === undefined || found.has(place)) continue;
      found.add(place);
      open.push(place);
    }
  }
  return [...found].map((place) => relative(root, place));
}

/** Empty if its package.json cannot be read: that file is hashed in any case. */
function neededBy(folder: string): readonly string[] {
  const read = readBounded(join(folder, 'package.json'), { maxBytes: MAX_BYTES });
  if (read.kind === 'problem') return [];
  const document = readJson(read.text, { maxDepth: MAX_DEPTH });
  if (document.kind === 'problem') return [];
  const checked = needs.safeParse(document.value);
  if (!checked.success) return [];
  const { dependencies, optionalDependencies } = checked.data;
  return Object.keys({ ...dependencies, ...optionalDependencies }).filter((name) =>
    NAME.test(name),
  );
}

/** Node looks beside the real path of the package, and in every folder above. */
function placeOf(needed: string, from: string): string | undefined {
  const place = join(from, 'node_modules', needed);
  if (existsSync(place)) return realpathSync(place);
  return dirname(from) === from ? undefined : placeOf(needed, dirname(from));
}
