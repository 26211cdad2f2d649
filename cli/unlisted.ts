/**
 * A name of Sprite that a file of a checkout defines, and that its `all.ts` does not list: the nearest
 * other name would be a wrong answer. The files are only searched for the name; nothing in them runs.
 */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BadInput } from '../analysis/errors.ts';
import type { Loaded } from '../analysis/specification/loaded.ts';
import { readBounded } from '../checker/text/files.ts';
import { shipped, shippedUnbundled } from './shipped.ts';

export type NamedKind = 'property' | 'scenario' | 'variant';

const BOUNDS = { maxBytes: 1024 * 1024 };

/** The folders of each kind, and how a definition in a file of them begins. A process has a name, too, further in. */
const places: {
  readonly [kind in Exclude<NamedKind, 'property'>]: {
    readonly folders: readonly string[];
    readonly definition: (name: string) => RegExp;
  };
} = {
  scenario: {
    folders: ['model/scenarios'],
    definition: (name) => new RegExp(`^ {2}name: '${name}'`, 'm'),
  },
  variant: {
    folders: ['model/kernels', 'model/kernels/plausible'],
    definition: (name) => new RegExp(`^[ {]+id: '${name}'`, 'm'),
  },
};

/** Throws BadInput if a file has the name, and the specification does not. */
export function refuseUnlisted(spec: Loaded, kind: NamedKind, name: string): void {
  const { source, home } = spec;
  const isSprite = [shipped, shippedUnbundled].includes(source.specification);
  const isWord = /^[\w-]+$/.test(name);
  if (!isSprite || home.isReadOnly !== undefined || !isWord || namesOf(spec, kind).includes(name))
    return;
  const file = definingFile(home.base, kind, name);
  if (file === undefined) return;
  const list = `${dirname(file)}/all.ts`;
  const has = kind === 'property' ? 'exists' : `defines "${name}"`;
  throw new BadInput(
    `sprite-check: ${file} ${has}, and ${list} does not list it: export it, and list it there`,
  );
}

function namesOf(spec: Loaded, kind: NamedKind): readonly string[] {
  if (kind === 'scenario') return spec.scenarios.map(({ name }) => name as string);
  return (kind === 'variant' ? spec.variants : spec.properties).map(({ id }) => id);
}

/** Relative to the base, with slashes. */
function definingFile(base: string, kind: NamedKind, name: string): string | undefined {
  if (kind === 'property') {
    const file = `properties/${name}.property.ts`;
    return existsSync(join(base, file)) ? file : undefined;
  }
  const { folders, definition } = places[kind];
  return folders
    .flatMap((folder) => sourcesIn(base, folder))
    .find((file) => {
      const read = readBounded(join(base, file), BOUNDS);
      return read.kind === 'text' && definition(name).test(read.text);
    });
}

function sourcesIn(base: string, folder: string): readonly string[] {
  if (!existsSync(join(base, folder))) return [];
  return readdirSync(join(base, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && entry.name !== 'all.ts')
    .map(({ name }) => `${folder}/${name}`);
}
