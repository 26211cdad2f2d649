/** Sprite, for the tests of a kernel's author: the same modules as those that the tests import. */
import { join } from 'node:path';
import { root } from '../analysis/files/project-root.ts';
import { homeOf, urlOf } from '../analysis/specification/load.ts';
import { loadedFrom, type Source } from '../analysis/specification/loaded.ts';
import sprite from '../sprite/specification.ts';

const source: Source = {
  specification: urlOf(join(root, 'dist', 'sprite', 'specification.js')),
  variants: [],
  scenarios: [],
  properties: [],
};

export const loadedSprite = loadedFrom(sprite, {
  source,
  home: homeOf(source, sprite),
  options: '',
});
