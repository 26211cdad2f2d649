/**
 * Loads the files named on the command line: a specification, and variants, scenarios and properties
 * beside it. That runs their code, and nothing else does: a trace never makes a file load.
 */
import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { saidBy } from '../../checker/specification/specification-error.ts';
import { isObject } from '../../checker/specification/unknown-fields.ts';
import { firstProblem } from '../../checker/text/first-problem.ts';
import { specificationProblems } from '../../checker/specification/specification-problems.ts';
import type { Property } from '../../checker/specification/property.ts';
import type {
  AnySpecification,
  ScenarioBase,
  Variant,
} from '../../checker/specification/specification.ts';
import { printable } from '../../checker/text/printable.ts';
import { readJson } from '../../checker/text/read-json.ts';
import { BadInput } from '../errors.ts';
import { isInstalled, root } from '../files/project-root.ts';
import { loadedFrom, variantOption, type Home, type Loaded, type Source } from './loaded.ts';

const known = new Map<string, Promise<Loaded>>();

/** A specification that is already loaded, returned for its source. */
export function keepLoaded(loaded: Loaded): void {
  known.set(keyOf(loaded.source), Promise.resolve(loaded));
}

/**
 * The specification of a source, loaded once. Throws `BadInput` if a file does not exist, cannot
 * be loaded, or exports something else.
 */
export function loadSpecification(source: Source): Promise<Loaded> {
  const key = keyOf(source);
  const loading = known.get(key) ?? load(source);
  known.set(key, loading);
  return loading;
}

function keyOf({ specification, variants, scenarios, properties }: Source): string {
  return JSON.stringify([specification, variants, scenarios, properties]);
}

async function load(source: Source): Promise<Loaded> {
  const own = (await defaultOf(source.specification, 'a specification')) as AnySpecification;
  refuseProblems(source.specification, specificationProblems(own));
  const noun = own.noun ?? 'variant';
  const variants = await Promise.all(source.variants.map((url) => variantIn(url, noun, own)));
  const scenarios = await Promise.all(source.scenarios.map((url) => scenarioIn(url, own)));
  const properties = await Promise.all(
    source.properties.map((url) => defaultOf(url, 'a property') as Promise<Property<ScenarioBase>>),
  );
  const all: AnySpecification = {
    ...own,
    variants: [...own.variants, ...variants],
    scenarios: [...own.scenarios, ...scenarios],
    properties: [...own.properties, ...properties],
  };
  const added = [...source.variants, ...source.scenarios, ...source.properties];
  if (added.length > 0) refuseProblems(added.at(-1) ?? '', specificationProblems(all));
  return loadedFrom(all, { source, home: homeOf(source, own), options: optionsOf(source, noun) });
}

/** For Sprite, the package; for any other, a folder beside its file: `lease.traces/`. */
export function homeOf(source: Source, { name }: Pick<AnySpecification, 'name'>): Home {
  const file = fileURLToPath(source.specification);
  if (isShipped(source)) {
    const why = `cannot store anything in ${join(root, 'traces')}: it is an installed package; work in a checkout of it, or name your own files`;
    return {
      base: root,
      folder: 'traces',
      changelog: 'CHANGELOG.md',
      isReadOnly: isInstalled ? why : undefined,
    };
  }
  const folder = `${name}.traces`;
  const isReadOnly = file.split(sep).includes('node_modules')
    ? `cannot store anything beside ${fromHere(source.specification)}: it is in an installed package; work with a copy of it`
    : undefined;
  return { base: dirname(file), folder, changelog: `${folder}/CHANGES.md`, isReadOnly };
}

/** A whole variant, or only its value: then its name is the file's name. */
async function variantIn(
  url: string,
  noun: string,
  { variantProblems }: AnySpecification,
): Promise<Variant<unknown>> {
  const held = await defaultOf(url, `a ${noun}`);
  const isWhole = isObject(held) && typeof held['id'] === 'string' && 'value' in held;
  const variant = isWhole ? (held as Variant<unknown>) : { id: nameOf(url), value: held };
  refuseProblems(url, variantProblems?.(variant.value) ?? []);
  return variant;
}

/** A file of JSON, or a module. */
async function scenarioIn(
  url: string,
  { scenarioProblems }: AnySpecification,
): Promise<ScenarioBase> {
  const held = url.endsWith('.json') ? jsonIn(url) : await defaultOf(url, 'a scenario');
  const problems =
    scenarioProblems?.(held) ??
    (isObject(held) && typeof held['name'] === 'string' ? [] : ['expected a scenario with a name']);
  refuseProblems(url, problems);
  return held as ScenarioBase;
}

function jsonIn(url: string): unknown {
  const file = fromHere(url);
  try {
    const document = readJson(readFileSync(fileURLToPath(url), 'utf8'), { maxDepth: 32 });
    if (document.kind === 'document') return document.value;
    const { line, expected, found } = document.problem;
    throw new BadInput(printable(`${file}:${line}: expected ${expected}, found ${found}`));
  } catch (error) {
    if (error instanceof BadInput) throw error;
    throw new BadInput(printable(`${file}: cannot be read: ${saidBy(error)}`));
  }
}

/** The default export of a module. */
async function defaultOf(url: string, thing: string): Promise<unknown> {
  const file = fromHere(url);
  const module = await import(url).catch((error: unknown) => {
    throw new BadInput(
      printable(isOfPackage(url) ? modelText(error) : `${file}: ${whyNotLoaded(url, error)}`),
    );
  });
  if (isObject(module) && module['default'] !== undefined) return module['default'];
  const names = Object.keys(module as object);
  const found = names.length === 0 ? 'none' : `only ${names.slice(0, 5).join(', ')}`;
  throw new BadInput(
    printable(`${file}: expected a default export that is ${thing}, found ${found}`),
  );
}

/** The user edits Sprite itself: XState refuses a machine when it is made, at loading. */
function modelText(error: unknown): string {
  return `sprite-check: expected a model that can be loaded, found: ${saidBy(error)}; mend it in model/, and run again`;
}

function whyNotLoaded(url: string, error: unknown): string {
  const file = statSync(fileURLToPath(url), { throwIfNoEntry: false });
  if (file?.isFile() !== true) {
    const found = file === undefined ? 'none' : 'something else';
    return `expected a file, found ${found}; give a path, as "./lease.mjs"`;
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const isTypeScript = /^\.[cm]?tsx?$/.test(extname(new URL(url).pathname));
  if (isTypeScript && (code === 'ERR_UNKNOWN_FILE_EXTENSION' || error instanceof SyntaxError)) {
    return `cannot be loaded: Node ${process.version} does not run TypeScript; use Node 22.18 or later, or compile it to .mjs`;
  }
  return `cannot be loaded: ${saidBy(error)}`;
}

function refuseProblems(url: string, problems: readonly string[]): void {
  const problem = firstProblem(problems);
  if (problem !== undefined) throw new BadInput(printable(`${fromHere(url)}: ${problem}`));
}

/** The options that a command needs to work with the same specification. */
function optionsOf(source: Source, noun: string): string {
  const said = (option: string, urls: readonly string[]): string =>
    urls.map((url) => ` ${option} ${pathOf(url)}`).join('');
  return [
    isShipped(source) ? '' : said('--spec', [source.specification]),
    said(variantOption({ noun }), source.variants),
    said('--scenario', source.scenarios),
    said('--property', source.properties),
  ].join('');
}

/** In the form that an option takes for a file, and not for a name. */
function pathOf(url: string): string {
  const path = fromHere(url);
  return path.includes(sep) ? path : `.${sep}${path}`;
}

/** Sprite, bundled and not. The examples are built as well, and count as a user's own. */
const shippedFiles = [join('cli', 'sprite.js'), join('sprite', 'specification.js')];

function isShipped({ specification }: Source): boolean {
  return shippedFiles.some((path) => fileURLToPath(specification) === join(root, 'dist', path));
}

function isOfPackage(url: string): boolean {
  return fileURLToPath(url).startsWith(join(root, 'dist') + sep);
}

function fromHere(url: string): string {
  return relative(process.cwd(), fileURLToPath(url));
}

/** "lease" of "…/lease.mjs". */
function nameOf(url: string): string {
  const name = basename(fileURLToPath(url));
  return name.slice(0, name.length - extname(name).length);
}

/** The URL of a file named by the user, relative to the folder of the command. */
export function urlOf(file: string): string {
  return pathToFileURL(file).href;
}
