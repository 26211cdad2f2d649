/** The URLs of the specification that the verbs work with where nobody names another one. */
import { join } from 'node:path';
import { root } from '../analysis/files/project-root.ts';
import type { Source } from '../analysis/specification/loaded.ts';
import { urlOf } from '../analysis/specification/load.ts';

/** Bundled, so that it loads fast. */
export const shipped: string = urlOf(join(root, 'dist', 'cli', 'sprite.js'));

/** The modules that the package exports: files of one's own get these when they import it. */
export const shippedUnbundled: string = urlOf(join(root, 'dist', 'sprite', 'specification.js'));

/** Sprite as it is shipped, and nothing beside it. */
export const plainSource: Source = {
  specification: shipped,
  variants: [],
  scenarios: [],
  properties: [],
};
