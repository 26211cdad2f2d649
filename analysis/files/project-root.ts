/** The folder of the package, from the sources and from `dist/` alike. */
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = packageOf(dirname(fileURLToPath(import.meta.url)));

/** A file of the package, as it is called from where the command runs: people read it in messages. */
export function fromHere(path: string): string {
  return relative(process.cwd(), join(root, path));
}

function packageOf(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : packageOf(dirname(folder));
}
