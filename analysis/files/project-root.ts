/** The folder of the package, from the sources and from `dist/` alike. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = packageOf(dirname(fileURLToPath(import.meta.url)));

/** Whether this is an installed package, and not a checkout with its sources. */
export const isInstalled = !existsSync(join(root, 'scripts', 'stamp.mjs'));

function packageOf(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : packageOf(dirname(folder));
}
