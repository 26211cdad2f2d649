/**
 * `docs/findings.md`: each modeled fault of the final kernel, as its engineers would want to read it. What
 * happens, where and how to repair it is written in `docs/paper/a-items.json`; story, property and states
 * come from the stored traces and counts.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allPinned } from '../../analysis/baselines/pinned-counts.ts';
import { storyDocument } from '../../analysis/export/story-document.ts';
import { instanceIn } from '../../analysis/specification/instance.ts';
import { parseTrace, type ViolatedTrace } from '../../checker/stories/trace-format.ts';
import { counted } from '../../checker/text/tables.ts';
import type { Loaded } from '../../analysis/specification/loaded.ts';
import { kernelsOf, type Item } from './a-items.ts';

/** First those that need the least to happen. */
const first = ['A39', 'A54'];

export function findingsPage(
  root: string,
  items: readonly Item[],
  spec: Loaded,
): readonly string[] {
  const stories = storiesIn(join(root, 'traces', 'faults'));
  const counts = allPinned(join(root, 'traces', 'explore.baseline.json'));
  const modeled = items.filter((item) => kernelsOf(item).length > 0);
  const ordered = [
    ...first.flatMap((id) => modeled.filter((item) => item.id === id)),
    ...modeled.filter(({ id }) => !first.includes(id)),
  ];
  return [
    '# Findings about the final kernel',
    "The last release of Sprite's kernel has faults that its authors did not record. They were found by",
    'reading its source; nothing of the source was executed. Each was then put into the model, the checker',
    'found it, and the shortest story of it is below. Since when the kernel has them is not known.',
    '',
    'Each section says what happens, who suffers from it, why the code allows it, where, and how it can be',
    'repaired. `sprite`, the kernel of this model with all repairs, is proven in the same scenario: every',
    'state of it was visited, and no property is violated. What the model leaves out is in the header of',
    'each machine and in [divergences](paper/divergences.md); faults that need what is left out are listed in',
    '[faults](paper/faults.md).',
    '',
    ...ordered.flatMap((item) => section(item, { stories, counts, spec })),
  ];
}

type Known = {
  readonly stories: readonly ViolatedTrace[];
  readonly counts: ReturnType<typeof allPinned>;
  readonly spec: Loaded;
};

function section(item: Item, { stories, counts, spec }: Known): readonly string[] {
  const { id, fault, happens = '', where, repair = '' } = item;
  const own = kernelsOf(item).map((kernel) => kernel.id);
  const [story] = stories
    .filter(({ variant }) => own.includes(variant))
    .toSorted((a, b) => a.steps.length - b.steps.length);
  if (story === undefined) throw new Error(`${id}: no story of it is stored`);
  const { variant, property, scenario, steps, finding } = story;
  const states = counts.get(`sprite/${scenario.name}`)?.states;
  if (states === undefined) throw new Error(`${id}: ${scenario.name} has no pinned counts`);
  const file = `traces/faults/${variant}-${property}.trace.json`;
  return [
    `## ${id}`,
    '',
    happens,
    '',
    `- **Why the code allows it**: ${fault}`,
    `- **Where**: ${where}`,
    `- **Repair**: ${repair}`,
    `- **Caught by** [${property}](reference/properties.md#${property}) in scenario \`${scenario.name}\`:`,
    `  ${finding.subject}: expected ${finding.expected}, found ${finding.found}.`,
    `- **Repaired**: in all ${counted(states, 'state')} of \`${scenario.name}\` \`sprite\` violates no property.`,
    '',
    '```sh',
    `npx sprite-check explain ${file}`,
    `npx sprite-check check ${scenario.name} --kernel ${variant}`,
    `npx sprite-check check ${scenario.name}`,
    '```',
    '',
    `<details><summary>The shortest story, ${counted(steps.length, 'step')}</summary>`,
    '',
    '```text',
    ...sentences(spec, story),
    '```',
    '',
    '</details>',
    '',
  ];
}

/** " 7  A  p forks q". */
function sentences(spec: Loaded, story: ViolatedTrace): readonly string[] {
  const named = { variant: story.variant, scenario: story.scenario.name, properties: [] };
  return storyDocument(instanceIn(spec, named), story).steps.map(
    ({ number, host, sentence }) => `${String(number).padStart(2)}  ${host}  ${sentence}`,
  );
}

function storiesIn(folder: string): readonly ViolatedTrace[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const parsed = parseTrace(readFileSync(join(folder, name), 'utf8'), name);
    return parsed.kind === 'trace' && parsed.trace.verdict === 'violated' ? [parsed.trace] : [];
  });
}
