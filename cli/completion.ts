/**
 * Completion in a shell: `complete bash` prints a script, which runs `complete -- WORDS` at each tab. The
 * names come from the specification, which is loaded only then.
 */
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import createTab from '@bomb.sh/tab/commander';
import type { Complete } from '@bomb.sh/tab';
import type { Command } from 'commander';
import { catalogOf } from '../analysis/catalog/catalog.ts';
import type { Entry } from '../analysis/catalog/entry.ts';
import { choose } from './specification-options.ts';
import { print } from './terminal.ts';

type Named = { readonly name: string; readonly title: string };

/** The possible values of an option or an argument, by its name in `--help`. */
type Names = { readonly [place: string]: readonly Named[] };

const ARGUMENTS: { readonly [argument: string]: string } = {
  scenario: 'scenario',
  variant: 'variant',
  other: 'variant',
  fault: 'fault',
  file: 'story',
  what: 'everything',
};
const OPTIONS: { readonly [option: string]: string } = {
  variant: 'variant',
  kernel: 'variant',
  scenario: 'scenario',
  property: 'property',
  spec: 'path',
  out: 'path',
};

/**
 * The bash script gets the words from a function of the package bash-completion. This function replaces it
 * if the package is not installed.
 */
const WORDS_OF_BASH = `if ! declare -F _get_comp_words_by_ref > /dev/null; then
  _get_comp_words_by_ref() {
    words=("\${COMP_WORDS[@]}"); cword=$COMP_CWORD
    cur="\${COMP_WORDS[COMP_CWORD]}"; prev="\${COMP_WORDS[COMP_CWORD - 1]}"
  }
fi
`;

/** Adds the verb `complete`. */
export async function addCompletion(program: Command, argv: readonly string[]): Promise<void> {
  const tab = createTab(program);
  const [, , verb, shell] = argv;
  if (verb !== 'complete') return;
  if (shell === 'bash') print(WORDS_OF_BASH.split('\n'));
  if (shell !== '--') return;
  const names = await namesFor(argv);
  for (const command of tab.commands.values()) {
    for (const argument of command.arguments.values()) {
      argument.handler = handlerOf(names[ARGUMENTS[argument.name] ?? '']);
    }
    for (const [name, option] of command.options) {
      if (option.isBoolean !== true && OPTIONS[name] !== undefined) {
        option.handler = handlerOf(names[OPTIONS[name]]);
      }
    }
  }
}

function handlerOf(names: readonly Named[] = []): (complete: Complete) => void {
  return (complete) => {
    // A title must be one line: a tab or a line end would start another name.
    for (const { name, title } of names) complete(name, title.replaceAll(/\s+/g, ' '));
  };
}

/** Paths are always there; names only if the specification can be loaded. */
async function namesFor(words: readonly string[]): Promise<Names> {
  const path = pathsFrom(words.at(-1) ?? '');
  const file = words[words.indexOf('--spec') + 1];
  const asked = words.includes('--spec') && file !== undefined ? { spec: file } : {};
  try {
    const { spec } = await choose(asked);
    const catalog = catalogOf(spec);
    const of = (kind: Entry['kind']): readonly Entry[] =>
      catalog.filter((each) => each.kind === kind);
    const lists = ['variants', `${spec.noun}s`, 'scenarios', 'properties', 'faults'];
    const faults = of('variant').filter(
      (each) => each.kind === 'variant' && each.caughtBy.length + each.expected.length > 0,
    );
    const stories = catalog.flatMap((entry) =>
      'traces' in entry ? entry.traces.map((name) => ({ name, title: entry.title })) : [],
    );
    return {
      variant: of('variant'),
      scenario: of('scenario'),
      property: of('property'),
      fault: faults,
      story: [...stories, ...path],
      everything: [...lists.map((name) => ({ name, title: '' })), ...catalog],
      path,
    };
  } catch {
    return { story: path, path };
  }
}

/** The entries of the folder of a path that is being typed. */
function pathsFrom(begun: string): readonly Named[] {
  const folder = begun.endsWith('/') ? begun : dirname(begun);
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => !name.startsWith('.') || basename(begun).startsWith('.'))
      .map((entry) => {
        const path = folder === '.' ? entry.name : join(folder, entry.name);
        return { name: entry.isDirectory() ? `${path}/` : path, title: '' };
      });
  } catch {
    return [];
  }
}
