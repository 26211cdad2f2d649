/** The folder of the package: the command line runs from `dist/cli/`, two below it. */
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
