/**
 * The model as it stood in a revision of the repository: checked out into a folder for temporary
 * files, made into one module, and removed again. Git's index and working tree stay as they are.
 *
 *   Types are not checked, and packages are those that are installed now.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { printable } from '../../checker/text/printable.ts';
import { BadInput } from '../errors.ts';
import { root } from '../files/project-root.ts';

export type Revision = {
  /** "a1b2c3d" */
  readonly name: string;
  /** The URL of its model as one module. */
  readonly model: string;
  /** The working tree's model is the same program: only comments differ, if anything. */
  readonly isSame: boolean;
  readonly remove: () => void;
};

const OBSERVER = join('model', 'observed.ts');
const BEHAVIOR = join('sprite', 'behavior.ts');

/** Throws `BadInput`: no repository, no such revision, or none that can be built. */
export async function openRevision(revision: string): Promise<Revision> {
  const commit = commitOf(revision);
  const folder = mkdtempSync(join(tmpdir(), 'sprite-check-revision-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const tree = join(folder, 'tree');
    checkOut(commit, tree, join(folder, 'index'));
    const then = await bundle(tree, revision);
    const now = await bundle(root, 'the working tree');
    const module = join(folder, 'model.mjs');
    writeFileSync(module, then);
    const isSame = then === now;
    return { name: commit.slice(0, 7), model: pathToFileURL(module).href, isSame, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function commitOf(revision: string): string {
  if (git(['rev-parse', '--git-dir']) === undefined) {
    throw new BadInput('sprite-check: expected a git repository to compare with, found none here');
  }
  const commit = git([
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  ]);
  if (commit !== undefined && /^[0-9a-f]{40,64}$/.test(commit)) return commit;
  throw new BadInput(
    printable(`sprite-check: expected a revision that git knows, found "${revision}"`),
  );
}

/** Through an index of its own: the repository's is not touched, and no hook runs. */
function checkOut(commit: string, tree: string, index: string): void {
  const own = { GIT_INDEX_FILE: index };
  const isRead = git(['read-tree', `${commit}:./`], own) !== undefined;
  const isWritten =
    isRead && git(['checkout-index', '--all', `--prefix=${tree}/`], own) !== undefined;
  if (isWritten && existsSync(join(tree, 'model'))) return;
  throw new BadInput(
    `sprite-check: expected a model in revision ${commit.slice(0, 7)}, found none that git can check out`,
  );
}

/** What git prints, or undefined where it fails. */
function git(args: readonly string[], env: NodeJS.ProcessEnv = {}): string | undefined {
  const { status, stdout } = spawnSync('git', ['-C', root, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return status === 0 ? stdout.trim() : undefined;
}

async function bundle(tree: string, what: string): Promise<string> {
  const { build } = await import('esbuild').catch(() => {
    throw new BadInput('sprite-check: expected esbuild to build with, found none: "npm ci" has it');
  });
  const exported = existsSync(join(tree, BEHAVIOR))
    ? ["export { behavior as default } from './sprite/behavior.ts';"]
    : partsIn(tree);
  try {
    const { outputFiles } = await build({
      stdin: { contents: exported.join('\n'), resolveDir: tree },
      absWorkingDir: tree,
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      legalComments: 'none',
      logLevel: 'silent',
      plugins: [
        { name: 'packages', setup: (own) => own.onResolve({ filter: /^[^./]/ }, packageOf) },
      ],
    });
    return outputFiles[0]?.text ?? '';
  } catch (error) {
    throw new BadInput(
      printable(
        `sprite-check: expected a model that can be built, found in ${what}: ${why(error)}`,
      ),
    );
  }
}

/** What a revision has of it from before there was a specification. */
function partsIn(tree: string): readonly string[] {
  return [
    "export { boot } from './model/boot.ts';",
    "export { kernels } from './model/kernels/all.ts';",
    "export { scenarios } from './model/scenarios/all.ts';",
    ...(existsSync(join(tree, OBSERVER))
      ? ["export { watcherOf } from './model/observed.ts';"]
      : []),
  ];
}

/** A package is the one that is installed here, and one copy of it. */
function packageOf({ path }: { readonly path: string }): { path: string; external: true } {
  return { path: import.meta.resolve(path), external: true };
}

function why(error: unknown): string {
  const first = (error as { readonly errors?: readonly BuildError[] }).errors?.[0];
  if (first === undefined)
    return error instanceof Error ? error.message.split('\n', 1).join('') : '';
  const { file = '', line = 1 } = first.location ?? {};
  return `${file}:${line}: ${first.text}`;
}

type BuildError = {
  readonly text: string;
  readonly location: { readonly file: string; readonly line: number } | null;
};
