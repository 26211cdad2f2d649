/** `list`: what there is to name. */
import type { Command } from 'commander';
import { sizeOf } from '../../checker/specification/specification.ts';
import { table } from '../../checker/text/tables.ts';
import { faultsOf } from '../../analysis/specification/faults.ts';
import type { Loaded } from '../../analysis/specification/loaded.ts';
import { named } from '../../analysis/specification/lookup.ts';
import { indentedTable } from '../text/indented-table.ts';
import { addSpecOptions, choose, type SpecOptions } from '../specification-options.ts';
import { print, printJson, width } from '../terminal.ts';

type Entry = { readonly [field: string]: string };

const lists = {
  variants: ({ variants }: Loaded): readonly Entry[] =>
    variants.map(({ id, title = '' }) => ({ id, title })),
  scenarios: ({ scenarios }: Loaded): readonly Entry[] =>
    scenarios.map((scenario) => ({
      name: scenario.name,
      size: sizeOf(scenario),
      title: scenario.title ?? '',
    })),
  properties: ({ properties }: Loaded): readonly Entry[] =>
    properties.map(({ id, kind, statement }) => ({ id, kind, statement })),
  bugs: (spec: Loaded): readonly Entry[] =>
    faultsOf(spec).map(({ id, scenario, caughtBy, title }) => ({
      id,
      scenario,
      caughtBy: caughtBy.join(' '),
      title,
    })),
};

type What = keyof typeof lists;

const names = Object.keys(lists) as readonly What[];

export function addList(program: Command, done: (code: number) => void): void {
  const verb = program
    .command('list')
    .description('name the variants, scenarios, properties and bugs')
    .argument('[what]', `one of ${names.join(', ')}; what a specification calls its variants, too`)
    .option('--json', 'one JSON document on standard output');
  addSpecOptions(verb).action(
    async (text: string | undefined, options: SpecOptions & { readonly json?: true }) => {
      const { spec } = await choose(options);
      const chosen = text === undefined ? names : [listNamed(spec, text)];
      if (options.json === true) {
        printJson(Object.fromEntries(chosen.map((each) => [each, lists[each](spec)])));
      } else print(chosen.flatMap((each) => section(spec, each, chosen.length > 1)));
      done(0);
    },
  );
}

/** Sprite's variants are its kernels. */
function listNamed(spec: Loaded, text: string): What {
  if (text === 'variants') return text;
  const thing = `one of ${names.map((name) => calledIn(spec, name)).join(', ')}`;
  return named(text, names, (name) => calledIn(spec, name), { thing, options: spec.options });
}

function calledIn({ noun }: Loaded, what: What): string {
  return what === 'variants' ? `${noun}s` : what;
}

function section(spec: Loaded, what: What, isTitled: boolean): readonly string[] {
  const rows = lists[what](spec).map(cellsOf);
  return isTitled ? [calledIn(spec, what), ...indentedTable(rows), ''] : table(rows, [], width());
}

/** Of a fault, where it shows and who catches it stand behind what it is: they are long names. */
function cellsOf({ caughtBy, scenario = '', title = '', ...entry }: Entry): readonly string[] {
  const said = Object.values(entry);
  if (caughtBy !== undefined) {
    return [...said, `${title} (${scenario}: ${caughtBy.replaceAll(' ', ', ')})`];
  }
  return title === '' ? said : [...said, title];
}
