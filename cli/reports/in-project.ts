/** Files as reports name them: relative to the folder the program was started in, with slashes. */
import { isAbsolute, relative, sep } from 'node:path';

/** Undefined for a file outside: a report must not name places of one machine. */
export function inProject(file: string): string | undefined {
  const path = relative(process.cwd(), file);
  const isOutside = path === '' || path.startsWith('..') || isAbsolute(path);
  return isOutside ? undefined : path.split(sep).join('/');
}
