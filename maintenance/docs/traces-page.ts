/** `traces/README.md`: the stored traces, and the expected ones that do not exist. */
import { kernels } from '../../model/kernels/all.ts';

const before = [
  '# Traces',
  '- `faults/KERNEL-PROPERTY.trace.json`: for each shipped fault and each property expected to catch it, a',
  "  shortest counterexample: in the fault's own scenario or, if there is none, in the small scenario that",
  '  has the shortest. [At the end](#expected-and-not-found) are the pairs without a counterexample.',
  '- `walkthroughs/`: stories in which nothing goes wrong: a migration with an open file, there and back,',
  '  an eviction. A good first reading.',
  '- `explore.baseline.json`: states, transitions and depth of each small scenario on `sprite`.',
  '- `bounded.baseline.json`: the same for the first 20,000 states of every other scenario.',
  '- `properties.baseline.json`: the small scenarios that reach the witness of each property.',
  '- `situations.baseline.json`: the small scenarios that reach each situation of',
  '  [two tables](../docs/reference/covering.md).',
  '- `transitions.baseline.json`: the transitions of the machines that some small scenario takes.',
  '- `stories.baseline.json`: the list of all traces, so that a missing one is noticed.',
  '- Any other folder is yours: its traces are replayed, listed, and never removed.',
  '',
  '```sh',
  'npx sprite-check replay traces/walkthroughs/there-and-back.trace.json',
  '```',
  '',
  '`npx sprite-check regress` compares all of this with the model in the working tree; with `--accept` and',
  'a reason it writes the changes. `npm run traces` generates everything again, removes obsolete files and',
  'prints the differences. Run it after an intended change of the model, then `npm run docs`, and give the',
  'reason in the commit. `npm test` replays every trace. The',
  '[format](../docs/reference/trace-format.md) stores steps by name, so a trace survives most changes.',
  '',
  '## Expected, and not found',
  '',
  'The properties that should catch a fault are written down before it is run. These do not catch it in',
  'any small scenario:',
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
