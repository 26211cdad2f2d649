/** Paths in reports: relative to a folder, with slashes. */
import { isAbsolute, relative, resolve, sep } from 'node:path';

/** Undefined for a file outside: a report must not name places of one machine. */
export function inProject(file: string, folder: string = process.cwd()): string | undefined {
  const path = pathFrom(folder, file);
  const isOutside = path === '' || path === '..' || path.startsWith('../') || isAbsolute(path);
  return isOutside ? undefined : path;
}

/** The path of a file relative to the folder of the command. */
export function pathFrom(folder: string, file: string): string {
  return relative(folder, resolve(file)).split(sep).join('/');
}
