// The workflow in the guide is YAML that GitHub can read, and every command in it exists.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';

const step = z.union([
  z.strictObject({ name: z.string().optional(), if: z.string().optional(), run: z.string() }),
  z.strictObject({
    name: z.string().optional(),
    if: z.string().optional(),
    uses: z.string().regex(/^[\w-]+\/[\w/-]+@v\d+$/),
    with: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  }),
]);

/** Of GitHub's format what this workflow uses. */
const workflowSchema = z.strictObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.enum(['read', 'write', 'none'])),
  jobs: z.record(
    z.string(),
    z.strictObject({
      'runs-on': z.string(),
      'timeout-minutes': z.number(),
      steps: z.array(step).min(1),
    }),
  ),
});

const guide = read('docs/guides/continuous-integration.md');
const [yaml = ''] = blocks('yaml');
const steps = Object.values(workflowSchema.parse(parse(yaml)).jobs).flatMap((job) => job.steps);
const runs = steps.flatMap((each) => ('run' in each ? each.run.trim().split('\n') : []));
const shell = blocks('sh').flatMap((block) => block.trim().split('\n'));

test('the workflow installs, searches, and uploads the reports', () => {
  expect(runs[0]).toBe('npm ci');
  const written = runs.flatMap((command) => command.match(/--sarif (\S+)/)?.[1] ?? []);
  const uploaded = steps.flatMap((each) =>
    'uses' in each && each.uses.includes('upload-sarif') ? [each.with?.['sarif_file']] : [],
  );
  expect(uploaded).toEqual(written);
  expect(written).toHaveLength(1);
});

describe('every command exists', () => {
  // test/guides/docs.test.ts compares this page with the help texts of the program.
  const sections = new Map(
    read('docs/reference/command-line.md')
      .split(/^## /m)
      .map((section) => [section.split(/\s/, 1)[0] ?? '', section] as const),
  );

  test.each([...new Set([...runs, ...shell])])('%s', (command) => {
    const [program, first = '', verb = '', ...words] = command.split(' ');
    if (program === 'npm') {
      expect(first).toBe('ci');
      return;
    }
    expect([program, first]).toEqual(['npx', 'sprite-check']);
    const section = sections.get(verb) ?? '';
    const options = words.filter((word) => word.startsWith('--'));
    expect(options.filter((option) => !new RegExp(`\`${option}[ \`]`).test(section))).toEqual([]);
    expect(section).not.toBe('');
  });
});

function blocks(language: string): readonly string[] {
  const found = guide.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'));
  return [...found].map(([, text = '']) => text);
}

function read(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
}
