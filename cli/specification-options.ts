/**
 * The options that every verb has: a specification, and variants, scenarios and properties, by name or
 * in the user's files.
 */
import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { loadSpecification, urlOf } from '../analysis/specification/load.ts';
import type { Loaded, Source } from '../analysis/specification/loaded.ts';
import {
  propertyNamed,
  scenarioNamed,
  unique,
  variantNamed,
} from '../analysis/specification/lookup.ts';
import { shipped, shippedUnbundled } from './shipped.ts';
import { refuseUnlisted, type NamedKind } from './unlisted.ts';
import { whileLoading } from './while-loading.ts';

export type SpecOptions = {
  readonly spec?: string;
  readonly variant?: string;
  /** Sprite's word for a variant. */
  readonly kernel?: string;
  readonly scenario?: readonly string[];
  readonly property?: readonly string[];
};

/** The names that were chosen. */
export type Chosen = {
  readonly spec: Loaded;
  /** Undefined if none was named. */
  readonly variant: string | undefined;
  /** Arguments come first; empty if none was named. */
  readonly scenarios: readonly string[];
  /** Undefined if none was named. */
  readonly properties: readonly string[] | undefined;
};

/** The use that a verb makes of them, in the words of its `--help`. */
type Meaning = {
  readonly variant?: string;
  readonly scenario?: string;
  readonly property?: string;
};

const FILE = ', or a file with one';

export function addSpecOptions(verb: Command, meaning: Meaning = {}): Command {
  const {
    variant = 'a variant of your own to know',
    scenario = 'scenarios of your own to know',
    property = 'properties of your own to know',
  } = meaning;
  return verb
    .option('--spec <file>', 'a specification of your own; runs its code (default: Sprite)')
    .addOption(new Option('--variant <id>', `${variant}, by name${FILE}`).conflicts('kernel'))
    .option('--kernel <id>', "the same: Sprite's word for a variant")
    .option('--scenario <name...>', `${scenario}, by name${FILE}`)
    .option('--property <id...>', `${property}, by name${FILE}`);
}

/** Loads all of it. Names and files in arguments count like those in options. Throws `BadInput`. */
export async function choose(
  options: SpecOptions,
  named: {
    readonly variants?: readonly string[];
    readonly scenarios?: readonly string[];
  } = {},
): Promise<Chosen & { readonly variants: readonly string[] }> {
  const asked = options.variant ?? options.kernel;
  const variants = [...(named.variants ?? []), ...(asked === undefined ? [] : [asked])];
  const scenarios = [...(named.scenarios ?? []), ...(options.scenario ?? [])];
  const properties = options.property ?? [];
  const source = sourceOf(options.spec, { variants, scenarios, properties });
  const spec = await whileLoading(() => loadSpecification(source));
  const known = (kind: NamedKind, names: readonly string[]): readonly string[] => {
    for (const name of names) refuseUnlisted(spec, kind, name);
    return names;
  };
  const ids = namesOf(variants, source.variants, added(spec.variants, source.variants));
  const own = {
    variants: known('variant', ids).map((id) => variantNamed(spec, id).id),
    scenarios: known(
      'scenario',
      namesOf(scenarios, source.scenarios, added(spec.scenarios, source.scenarios)),
    ).map((name) => scenarioNamed(spec, name).name),
    properties: known(
      'property',
      namesOf(properties, source.properties, added(spec.properties, source.properties)),
    ).map((id) => propertyNamed(spec, id)),
  };
  return {
    spec,
    variants: own.variants.slice(0, named.variants?.length ?? 0),
    variant: asked === undefined ? undefined : own.variants.at(-1),
    scenarios: unique(own.scenarios),
    properties: options.property === undefined ? undefined : unique(own.properties),
  };
}

function sourceOf(
  file: string | undefined,
  named: {
    readonly variants: readonly string[];
    readonly scenarios: readonly string[];
    readonly properties: readonly string[];
  },
): Source {
  const files = {
    variants: filesIn(named.variants),
    scenarios: filesIn(named.scenarios),
    properties: filesIn(named.properties),
  };
  if (file !== undefined) return { specification: urlOf(resolve(file)), ...files };
  const isPlain = Object.values(files).every(({ length }) => length === 0);
  // A file must import the same modules from the package as the verbs use.
  return { specification: isPlain ? shipped : shippedUnbundled, ...files };
}

function filesIn(names: readonly string[]): readonly string[] {
  return unique(names.filter(isFile).map((name) => urlOf(resolve(name))));
}

/** A name has neither folder nor extension. */
function isFile(name: string): boolean {
  return /[\\/]|\.([cm]?[jt]s|json)$/.test(name);
}

/** The entries that came from files, which are last. */
function added(
  all: readonly { readonly id?: string; readonly name?: string }[],
  files: readonly string[],
): readonly string[] {
  return all.slice(all.length - files.length).map(({ id, name }) => id ?? name ?? '');
}

/** The names; the name of what a file defines takes the file's place. */
function namesOf(
  names: readonly string[],
  files: readonly string[],
  called: readonly string[],
): readonly string[] {
  return names.map((name) =>
    isFile(name) ? (called[files.indexOf(urlOf(resolve(name)))] ?? name) : name,
  );
}
