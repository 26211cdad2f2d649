/** Bundles a program with instrumented sources, and lists what it can then take out. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../../analysis/files/project-root.ts';
import { instrumented, SWITCH, type Site } from './sites.ts';

export type Bundle = {
  /** The URL of the program. */
  readonly href: string;
  readonly sites: readonly Site[];
  /** Removes it. */
  readonly remove: () => void;
};

/** The sources for which `isChanged` holds. */
export async function bundled(
  entry: string,
  isChanged: (file: string) => boolean,
): Promise<Bundle> {
  const folder = mkdtempSync(join(tmpdir(), 'sprite-check-conditions-'));
  const outfile = join(folder, 'conditions.mjs');
  const sites: Site[] = [];
  await build({
    entryPoints: [join(root, entry)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
    plugins: [
      {
        name: 'conditions',
        setup: (own) => {
          own.onResolve({ filter: new RegExp(`^${SWITCH}$`) }, () => ({
            path: join(root, 'maintenance', 'conditions', 'switch.ts'),
          }));
          // There are no packages beside the bundle.
          own.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
            kind === 'entry-point'
              ? undefined
              : {
                  path: path.startsWith('node:') ? path : import.meta.resolve(path),
                  external: true,
                },
          );
          own.onLoad({ filter: /\.ts$/ }, ({ path }) => {
            const file = relative(root, path).split(sep).join('/');
            const text = readFileSync(path, 'utf8');
            if (!isChanged(file)) return { contents: placed(text), loader: 'ts' };
            const changed = instrumented({ file, text }, sites.length);
            sites.push(...changed.sites);
            return { contents: placed(changed.text), loader: 'ts' };
          });
        },
      },
    ],
  });
  return {
    href: pathToFileURL(outfile).href,
    // Their numbers depend on which file esbuild has read first; their names do not.
    sites: sites.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };

  function placed(text: string): string {
    const url = pathToFileURL(join(root, 'dist', 'maintenance', 'conditions.js')).href;
    return text.replaceAll('import.meta.url', JSON.stringify(url));
  }
}
