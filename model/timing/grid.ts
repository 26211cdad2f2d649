/**
 * Migrations from home to another host, with so many dirty pages, dirty blocks and open files:
 * each a scenario, and what the files hold beside it.
 *
 *   In the grid every file is open for writing, so that its cache is recalled as it moves, dirty or
 *   not; one that is open for reading is not recalled, and costs less. A file of the model has one
 *   block: if a case has more dirty blocks, each file represents its share of them, and a write-back is
 *   charged for as many.
 */
import type { Scenario } from '../scenarios/scenario.ts';
import type { Call } from '../vocabulary/calls.ts';
import type { File, Mode } from '../vocabulary/ids.ts';
import type { BlockSizes } from './costs.ts';

export type Case = {
  readonly dirtyPages: number;
  readonly dirtyBlocks: number;
  readonly openFiles: number;
  /** How its files are open; for writing where it does not say. */
  readonly mode?: Mode;
};

const upTo3 = [0, 1, 2, 3] as const;

/** Dirty blocks need an open file. */
export const grid: readonly Case[] = upTo3.flatMap((openFiles) =>
  upTo3
    .filter((dirtyBlocks) => dirtyBlocks === 0 || openFiles > 0)
    .flatMap((dirtyBlocks) => upTo3.map((dirtyPages) => ({ dirtyPages, dirtyBlocks, openFiles }))),
);

/** The two examples of the paper, section 4.2: a process of 1 MB, partly and wholly dirty. */
export const examples: readonly (Case & { readonly reportedSeconds: number })[] = [
  { dirtyPages: 50, dirtyBlocks: 20, openFiles: 4, reportedSeconds: 1 },
  { dirtyPages: 128, dirtyBlocks: 20, openFiles: 4, reportedSeconds: 2.1 },
];

/** A migration is asked for when its process has nothing else left to do. */
export const askedLast: ReadonlySet<string> = new Set(['requested']);

/** Of the process of the examples, which has 1 MB. */
const PAGES = 128;

export function scenarioOfCase(wanted: Case): Scenario {
  const { dirtyPages, dirtyBlocks, openFiles, mode = 'write' } = wanted;
  const files = filesOf(openFiles);
  const { blocksIn } = sizesOf(wanted);
  const script: readonly Call[] = [
    ...files.map((file, descriptor) => ({ call: 'open', file, mode, descriptor }) as const),
    ...files.flatMap((file, descriptor) =>
      blocksIn(file) > 0 ? [{ call: 'write', descriptor } as const] : [],
    ),
    ...Array.from({ length: dirtyPages }, (_, page) => ({ call: 'writePage', page }) as const),
  ];
  return {
    name: `migration-${dirtyPages}-${dirtyBlocks}-${openFiles}`,
    title: `p goes to B (dirty pages: ${dirtyPages}, dirty blocks: ${dirtyBlocks}, open files: ${openFiles})`,
    hosts: ['A', 'B'],
    files,
    descriptors: openFiles,
    pages: dirtyPages > upTo3.length ? Math.max(PAGES, dirtyPages) : upTo3.length,
    processes: [{ name: 'p', home: 'A', program: { script }, migrations: { to: ['B'], times: 1 } }],
  };
}

/** The dirty blocks, spread evenly over the open files. */
export function sizesOf({ dirtyBlocks, openFiles }: Case): BlockSizes {
  const files = filesOf(openFiles);
  return {
    blocksIn: (file) =>
      Math.floor(dirtyBlocks / openFiles) + (files.indexOf(file) < dirtyBlocks % openFiles ? 1 : 0),
  };
}

function filesOf(openFiles: number): readonly File[] {
  return Array.from({ length: openFiles }, (_, index) => `f${index}`);
}
