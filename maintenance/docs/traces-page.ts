/** `traces/README.md`: what is stored, and which expected story there is not. */
import { kernels } from '../../model/kernels/all.ts';

const before = [
  '# Traces',
  '- `faults/KERNEL-PROPERTY.trace.json`: for each shipped fault and each property expected to catch it, a',
  "  shortest story: in the fault's own scenario, or else in the small scenario that has the shortest.",
  '  Those that no small scenario has stand [at the end](#expected-and-not-found).',
  '- `walkthroughs/`: stories in which nothing goes wrong: a migration with an open file, there and back,',
  '  an eviction. A good first reading.',
  '- `explore.baseline.json`: states, transitions and depth of each small scenario on `sprite`.',
  '- `bounded.baseline.json`: of every other scenario, those of its first 20,000 states.',
  '- `properties.baseline.json`: the small scenarios in which each property is put to the test.',
  '- `transitions.baseline.json`: the transitions of the machines that some small scenario takes.',
  '- `stories.baseline.json`: the stories that should be here, so that one that is gone is missed.',
  '- Any other folder is yours: stories in it are replayed, listed, and never removed.',
  '',
  '```sh',
  'npx sprite-check replay traces/walkthroughs/there-and-back.trace.json',
  '```',
  '',
  '`npx sprite-check regress` holds all of it against the model as it stands; with `--accept` and a',
  'reason it writes what has changed. `npm run traces` makes all of it anew, removes what is obsolete',
  'and prints what became different. Do that after a change of the model that was meant, then',
  '`npm run docs`, and say in the commit why. `npm test` replays everything here. The',
  '[format](../docs/reference/trace-format.md) stores steps by name, so a story survives most changes.',
  '',
  '## Expected, and not found',
  '',
  'Which properties should catch a fault is written down before it is run. These do not, in any small',
  'scenario:',
  '',
];

/** `traces`: the names of the files in `traces/faults/`. */
export function tracesPage(traces: ReadonlySet<string>): readonly string[] {
  const missing = kernels
    .map(({ id, caughtBy }) => ({
      id,
      by: caughtBy.filter((each) => !traces.has(fileOf(id, each))),
    }))
    .filter(({ by }) => by.length > 0);
  return [
    ...before,
    ...missing.map(({ id, by }) => `- ${id}: ${by.map((each) => `\`${each}\``).join(', ')}`),
    ...(missing.length === 0 ? ['None.'] : []),
  ];
}

function fileOf(kernel: string, property: string): string {
  return `${kernel}-${property}.trace.json`;
}
