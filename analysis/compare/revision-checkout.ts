/**
 * The model of a revision of the repository: checked out into a temporary folder, bundled into one module,
 * and removed again. Git's index and working tree do not change.
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
  /** Whether the working tree's model is the same program: at most comments differ. */
  readonly isSame: boolean;
  readonly remove: () => void;
};

/** A form of the specification in a revision, and the module to make of it. */
export type RevisionModule = {
  /** A revision that has this file, relative to the root, is of this kind. */
  readonly file: string;
  /** The text of a module in the root; its default export is the specification's behavior. */
  readonly source: string;
};

/** Uses the first of the modules that the revision has. Throws `BadInput`: no repository, no such revision, or a revision that cannot be built. */
export async function openRevision(
  revision: string,
  modules: readonly RevisionModule[],
): Promise<Revision> {
  const commit = commitOf(revision);
  const folder = mkdtempSync(join(tmpdir(), 'sprite-check-revision-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const tree = join(folder, 'tree');
    checkOut(commit, tree, join(folder, 'index'));
    const then = await bundle(tree, { modules, what: revision });
    const now = await bundle(root, { modules, what: 'the working tree' });
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
    throw new BadInput(
      'sprite-check: cannot compare with a revision: this is no git repository; clone the repository',
    );
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
    printable(
      `sprite-check: expected a revision that git knows, found "${revision}"; "git log" lists them`,
    ),
  );
}

/** Uses an index of its own: the repository's is not changed, and no hook runs. */
function checkOut(commit: string, tree: string, index: string): void {
  const own = { GIT_INDEX_FILE: index };
  const isRead = git(['read-tree', `${commit}:./`], own) !== undefined;
  const isWritten =
    isRead && git(['checkout-index', '--all', `--prefix=${tree}/`], own) !== undefined;
  if (isWritten) return;
  throw new BadInput(
    `sprite-check: expected a model in revision ${commit.slice(0, 7)}, found none that git can check out`,
  );
}

/** The output of git, or undefined if it fails. */
function git(args: readonly string[], env: NodeJS.ProcessEnv = {}): string | undefined {
  const { status, stdout } = spawnSync('git', ['-C', root, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return status === 0 ? stdout.trim() : undefined;
}

async function bundle(
  tree: string,
  { modules, what }: { readonly modules: readonly RevisionModule[]; readonly what: string },
): Promise<string> {
  const module = modules.find(({ file }) => existsSync(join(tree, file)));
  if (module === undefined) {
    throw new BadInput(printable(`sprite-check: expected a model in ${what}, found none`));
  }
  const { build } = await import('esbuild').catch(() => {
    throw new BadInput(
      'sprite-check: cannot build the revision: esbuild is not installed; run "npm ci"',
    );
  });
  try {
    const { outputFiles } = await build({
      stdin: { contents: module.source, resolveDir: tree },
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

/** Packages are those installed here, one copy of each. */
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
