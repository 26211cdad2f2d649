/** `list`: what there is to name. */
import type { Command } from 'commander';
import { kernels } from '../../model/kernels/all.ts';
import { scenarios } from '../../model/scenarios/all.ts';
import { properties } from '../../properties/all.ts';
import { named } from '../../analysis/specification/lookup.ts';
import { sizeOf } from '../../model/scenarios/scenario.ts';
import { print, printJson } from '../terminal.ts';
import { table } from '../../analysis/text-tables.ts';

const lists = {
  kernels: () => kernels.map(({ id, title }) => ({ id, title })),
  scenarios: () =>
    scenarios.map((scenario) => ({
      name: scenario.name,
      size: sizeOf(scenario),
      title: scenario.title,
    })),
  properties: () => properties.map(({ id, kind, statement }) => ({ id, kind, statement })),
  bugs: () =>
    kernels
      .filter(({ caughtBy }) => caughtBy.length > 0)
      .map(({ id, scenario, caughtBy, title }) => ({
        id,
        scenario,
        caughtBy: caughtBy.join(' '),
        title,
      })),
};

type What = keyof typeof lists;

const names = Object.keys(lists) as readonly What[];

export function addList(program: Command, done: (code: number) => void): void {
  program
    .command('list')
    .description('name the kernels, scenarios, properties and bugs')
    .argument('[what]', `one of ${names.join(', ')}`, listNamed)
    .option('--json', 'one JSON document on standard output')
    .action((what: What | undefined, options: { readonly json?: true }) => {
      const chosen = what === undefined ? names : [what];
      if (options.json === true) {
        printJson(Object.fromEntries(chosen.map((each) => [each, lists[each]()])));
      } else print(chosen.flatMap((each) => section(each, chosen.length > 1)));
      done(0);
    });
}

function listNamed(text: string): What {
  return named(text, names, (name) => name, { thing: `one of ${names.join(', ')}` });
}

function section(what: What, isTitled: boolean): readonly string[] {
  const rows = table(lists[what]().map((entry) => Object.values(entry)));
  return isTitled ? [what, ...rows.map((row) => `  ${row}`), ''] : rows;
}
