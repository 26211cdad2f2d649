/** Examples in `--help`. A test runs the quick ones, and checks that all can be parsed. */
export type Example = {
  /** The words after `sprite-check`. */
  readonly command: string;
  readonly does: string;
  /** Takes longer than a test may. */
  readonly isLong?: true;
};

const STORY = 'out/R1-use-counts-sum-clients.trace.json';
const R1 = 'double-migration --kernel R1';

/** By verb, in an order that can be run from top to bottom. */
export const commandExamples: { readonly [verb: string]: readonly Example[] } = {
  check: [
    { command: 'check', does: 'everything, in every scenario', isLong: true },
    { command: `check ${R1}`, does: 'one kernel in one scenario; counterexamples go to out/' },
    {
      command: 'check two-closers --property one-offset --verbose',
      does: 'one property, with what its verdict rests on',
    },
    { command: 'check office --random --runs 20 --seed 7', does: 'random runs, with another seed' },
  ],
  explore: [
    { command: 'explore two-closers', does: 'count every state of a scenario' },
    { command: 'explore two-closers --property one-offset', does: 'check a property as well' },
  ],
  replay: [
    { command: `replay ${STORY}`, does: 'print a counterexample by host' },
    { command: `replay ${STORY} --kernel sprite`, does: 'the same steps on the repaired kernel' },
    { command: `replay ${STORY} --verbose`, does: 'print every step by itself' },
    { command: `replay ${STORY} --at 17`, does: 'the state after a step, and what can follow' },
  ],
  explain: [
    { command: `explain ${STORY}`, does: 'why it fails' },
    { command: `explain ${STORY} --quiet`, does: 'the finding and the step at fault' },
  ],
  shrink: [{ command: `shrink ${STORY}`, does: 'search for a shorter trace' }],
  diff: [
    { command: 'diff sprite R12', does: 'the shortest run that only one of them allows' },
    {
      command: 'diff --against HEAD sprite',
      does: 'the shortest run in which an edit can be observed',
      isLong: true,
    },
  ],
  regress: [
    { command: 'regress', does: 'compare everything that is stored with the model', isLong: true },
    { command: 'regress two-closers', does: 'only what concerns one scenario' },
  ],
  mutants: [{ command: 'mutants R12 A37', does: 'which properties catch these faults' }],
  cost: [
    { command: `cost ${STORY}`, does: 'how long each step takes, and why' },
    {
      command: 'cost --pages 50 --blocks 20 --files 4',
      does: "a migration of this size, beside the paper's formula",
    },
  ],
  export: [
    { command: `export ${STORY} --to mermaid`, does: 'a sequence diagram, on standard output' },
    { command: `export ${STORY} --to itf --out out/R1.itf.json`, does: 'a file for Apalache' },
  ],
  import: [{ command: 'import out/R1.itf.json', does: 'the trace that was exported' }],
  list: [
    { command: 'list', does: 'all names' },
    { command: 'list R1', does: 'all about one of them' },
    { command: 'list --search "double migration"', does: 'names by words' },
  ],
  complete: [
    { command: 'complete bash', does: 'a script; source <(sprite-check complete bash) loads it' },
    { command: 'complete zsh', does: 'the same for zsh, and likewise for fish' },
  ],
};

/** The text below the options of a verb. */
export function exampleText(verb: string): string {
  const own = commandExamples[verb] ?? [];
  if (own.length === 0) return '';
  const lines = own.flatMap(({ command, does }) => [`  sprite-check ${command}`, `      ${does}`]);
  return ['', 'Examples:', ...lines].join('\n');
}
