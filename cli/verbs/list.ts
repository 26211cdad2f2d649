/** `list`: all names, everything about one of them, and a search by words. */
import type { Command } from 'commander';
import { catalogOf } from '../../analysis/catalog/catalog.ts';
import { catchingOf } from '../../analysis/catalog/caught-by.ts';
import type { Entry } from '../../analysis/catalog/entry.ts';
import { searchIn } from '../../analysis/catalog/search.ts';
import { BadInput } from '../../analysis/errors.ts';
import { faultsOf } from '../../analysis/specification/faults.ts';
import type { Loaded } from '../../analysis/specification/loaded.ts';
import { named } from '../../analysis/specification/lookup.ts';
import { sizeOf, type ScenarioBase } from '../../checker/specification/specification.ts';
import { table } from '../../checker/text/tables.ts';
import { addSpecOptions, choose, type SpecOptions } from '../specification-options.ts';
import { print, printJson, width } from '../terminal.ts';
import { indentedTable } from '../text/indented-table.ts';
import { refuseUnlisted } from '../unlisted.ts';
import { entryLines, foundLines } from '../text/list.ts';

type Options = SpecOptions & { readonly json?: true; readonly search?: string };

type Row = { readonly [field: string]: string };

const lists = {
  variants: ({ variants }: Loaded): readonly Row[] =>
    variants.map(({ id, title = '' }) => ({ id, title })),
  scenarios: ({ scenarios }: Loaded): readonly Row[] =>
    scenarios.map((scenario: ScenarioBase) => ({
      name: scenario.name,
      size: sizeOf(scenario),
      title: scenario.title ?? '',
    })),
  properties: ({ properties }: Loaded): readonly Row[] =>
    properties.map(({ id, kind, statement }) => ({ id, kind, statement })),
  faults: (spec: Loaded): readonly Row[] =>
    faultsOf(spec).map((fault) => {
      const { id, scenario, title } = fault;
      const { caughtBy, expected } = catchingOf(spec, fault);
      return { id, scenario, caughtBy: caughtBy.join(' '), expected: expected.join(' '), title };
    }),
};

type What = keyof typeof lists;

/** Also accepted. */
const otherNames: { readonly [what in What]?: string } = { faults: 'bugs' };

const names = Object.keys(lists) as readonly What[];

export function addList(program: Command, done: (code: number) => void): void {
  const verb = program
    .command('list')
    .description('list all names, print what is known of one, or search by words')
    .argument('[what]', `one of ${names.join(', ')} (or what variants are called), or a name`)
    .option('--search <words>', 'find names by words in titles, statements and records')
    .option('--json', 'one JSON document on standard output');
  addSpecOptions(verb).action(async (what: string | undefined, options: Options) => {
    const { spec } = await choose(options);
    const { document, lines } = answer(spec, what, options);
    if (options.json === true) printJson(document);
    else print(lines());
    done(0);
  });
}

type Answer = { readonly document: object; readonly lines: () => readonly string[] };

function answer(spec: Loaded, what: string | undefined, { search }: Options): Answer {
  if (search !== undefined) {
    if (what !== undefined)
      throw new BadInput('sprite-check: --search takes no name; give words or a name, not both');
    if (search.trim() === '')
      throw new BadInput('sprite-check: --search needs words: --search "double migration"');
    const found = searchIn(catalogOf(spec), search);
    return { document: { search, ...found }, lines: () => foundLines(spec, search, found) };
  }
  const chosen = names.filter((each) =>
    [undefined, each, calledIn(spec, each), otherNames[each]].includes(what),
  );
  if (chosen.length > 0) return listed(spec, chosen);
  const catalog = catalogOf(spec);
  // A walkthrough may have the name of a scenario, and is last.
  const titles = new Map(catalog.toReversed().map(({ name, title }) => [name, title]));
  const entries = entriesNamed(spec, catalog, what ?? '');
  return {
    document: { entries },
    lines: () =>
      entries.flatMap((entry, index) => [
        ...(index === 0 ? [] : ['']),
        ...entryLines(spec, entry, (name) => titles.get(name)),
      ]),
  };
}

/** A scenario and a walkthrough may have one name. */
function entriesNamed(spec: Loaded, catalog: readonly Entry[], what: string): readonly Entry[] {
  const own = catalog.filter(({ name }) => name === what);
  if (own.length > 0) return own;
  for (const kind of ['property', 'scenario', 'variant'] as const) refuseUnlisted(spec, kind, what);
  const called = names.map((name) => calledIn(spec, name));
  const known = [...called, ...catalog.map(({ name }) => name)];
  const thing = `one of ${called.join(', ')}, or a name from them`;
  named(what, known, (name) => name, { thing, options: spec.options });
  return own;
}

function listed(spec: Loaded, chosen: readonly What[]): Answer {
  return {
    document: Object.fromEntries(chosen.map((each) => [each, lists[each](spec)])),
    lines: () => chosen.flatMap((each) => section(spec, each, chosen.length > 1)),
  };
}

/** Sprite's variants are its kernels. */
function calledIn({ noun }: Loaded, what: What): string {
  return what === 'variants' ? `${noun}s` : what;
}

function section(spec: Loaded, what: What, isTitled: boolean): readonly string[] {
  const rows = lists[what](spec).map(cellsOf);
  return isTitled ? [calledIn(spec, what), ...indentedTable(rows), ''] : table(rows, [], width());
}

/** The title of a fault comes before its scenario and its properties, which have long names. */
function cellsOf({
  caughtBy,
  expected = '',
  scenario = '',
  title = '',
  ...entry
}: Row): readonly string[] {
  const said = Object.values(entry);
  if (caughtBy !== undefined) {
    const others = expected.replaceAll(' ', ', ');
    const by =
      caughtBy === ''
        ? `; expected: ${others}`
        : `: ${caughtBy.replaceAll(' ', ', ')}${others === '' ? '' : `; expected, in no small scenario: ${others}`}`;
    return [...said, `${title} (${scenario}${by})`];
  }
  return title === '' ? said : [...said, title];
}
