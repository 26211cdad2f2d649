/** An old build never judges an edit of the model: it is built again, or the run is refused. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../analysis/files/project-root.ts';

/** One line that says why this build must not run; undefined if it matches the sources. */
export async function refuseStaleBuild(): Promise<string | undefined> {
  const stamp = join(root, 'scripts', 'stamp.mjs');
  // An installed package has no sources to differ from.
  if (!existsSync(stamp) || !existsSync(join(root, 'model'))) return undefined;
  // A process of its own would take ten times as long to start as the sources take to read.
  const { whyStale } = (await import(pathToFileURL(stamp).href)) as {
    whyStale: () => string | undefined;
  };
  const why = whyStale();
  if (why === undefined) return undefined;
  process.stderr.write(`${why}: building\n`);
  const args = [join(root, 'scripts', 'build.mjs'), '--if-stale'];
  const build = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (build.error === undefined) process.stderr.write(`${build.stderr}${build.stdout}`);
  return build.status === 0 && whyStale() === undefined
    ? undefined
    : 'sprite-check: dist/ is older than the sources, and building failed; run "npm run build" to see why';
}
