/** The package as others get it: packed, and unpacked in a folder of its own with its dependencies. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** As `npm install` would, without asking a registry; and what else is to be there. */
export function installPacked(folder: string, besides: readonly string[] = []): void {
  const [packed] = JSON.parse(
    // `prepare` would build again under the feet of other tests.
    ran('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root),
  ) as readonly { readonly filename: string }[];
  const place = join(folder, 'node_modules', 'sprite-check');
  mkdirSync(place, { recursive: true });
  const tarball = join(folder, packed?.filename ?? '');
  ran('tar', ['xzf', tarball, '-C', place, '--strip-components=1'], folder);
  const { dependencies } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')) as {
    readonly dependencies: object;
  };
  for (const name of [...Object.keys(dependencies), ...besides]) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link, 'dir');
  }
}

function ran(command: string, args: readonly string[], cwd: string): string {
  const env = { ...process.env, NO_COLOR: '1', COLUMNS: '200', FORCE_COLOR: '0' };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
  return stdout;
}
