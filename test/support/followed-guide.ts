// A guide, followed in a copy of the repository: its patches applied, its commands run, and what they
// print compared with what the page shows.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));

export type Ran = { readonly code: number | null; readonly out: string };

type Block = { readonly language: string; readonly text: string };

export type Copy = {
  readonly folder: string;
  /** Runs a line of a page in the copy: its exit code, and what it printed on both outputs. */
  readonly run: (line: string) => Ran;
  /**
   * Follows a page. A command that ends in `# exit N` must end so, any other with 0. Commands that
   * `takesLong` says take long are left out, as are those with `# not run here`.
   */
  readonly follow: (page: string, more: More) => void;
  readonly remove: () => void;
};

type More = {
  readonly takesLong: (line: string) => boolean;
  /** After each command that was run. */
  readonly ran?: (line: string) => void;
};

/** Of every file but what is installed, and what is made when the program runs; a commit of its own. */
export function createCopy(): Copy {
  const folder = mkdtempSync(join(tmpdir(), 'sprite-check-guide-'));
  const left = new Set(['node_modules', '.git', 'out', 'coverage']);
  cpSync(root, folder, {
    recursive: true,
    filter: (path) => !left.has(relative(root, path).split(/[\\/]/, 1)[0] ?? ''),
  });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const command of [
    'git init -q',
    'git add -A',
    'git -c user.name=test -c user.email=test@localhost commit -q -m start',
  ]) {
    expect(run(command)).toMatchObject({ code: 0 });
  }
  return { folder, run, follow, remove: () => rmSync(folder, { recursive: true, force: true }) };

  function run(line: string): Ran {
    const command = line.replace('npx sprite-check', `"${process.execPath}" dist/cli/main.js`);
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', COLUMNS: '80' },
      maxBuffer: 64 * 1024 * 1024,
    });
    return { code: status, out: stderr + stdout };
  }

  function follow(page: string, { takesLong, ran }: More): void {
    let printed = '';
    for (const { language, text } of blocksIn(readFileSync(join(root, page), 'utf8'))) {
      if (language === 'diff') {
        writeFileSync(join(folder, 'change.patch'), text);
        expect(run('git apply change.patch')).toMatchObject({ code: 0 });
      } else if (language === 'text') {
        if (printed !== '') expect(missingIn(printed, text)).toEqual([]);
      } else {
        printed = '';
        for (const line of text.trimEnd().split('\n')) {
          if (line.endsWith('# not run here') || takesLong(line)) continue;
          const { code, out } = run(line);
          printed += out;
          const expected = Number(/# exit (\d+)$/.exec(line)?.[1] ?? 0);
          expect({ line, code, out }).toEqual({ line, code: expected, out });
          ran?.(line);
        }
      }
    }
  }
}

/** The blocks of a page that are followed, in order. */
function blocksIn(page: string): readonly Block[] {
  return [...page.matchAll(/^```(sh|diff|text)\n([^]*?)^```/gm)].map(
    ([, language = '', text = '']) => ({ language, text }),
  );
}

/** Lines that are not printed in this order; `…` matches anything. */
function missingIn(printed: string, shown: string): readonly string[] {
  const lines = printed.split('\n').map((line) => line.trimEnd());
  let from = 0;
  return shown
    .trimEnd()
    .split('\n')
    .filter((line) => {
      const parts = line
        .split('…')
        .map((part) => part.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
      const pattern = new RegExp(`^\\s*${parts.join('.*')}$`);
      const at = lines.findIndex((each, index) => index >= from && pattern.test(each));
      if (at >= 0) from = at + 1;
      return at < 0;
    });
}
