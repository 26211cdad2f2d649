/** The URLs of the specification that the verbs use by default. */
import { join } from 'node:path';
import { root } from '../analysis/files/project-root.ts';
import type { RevisionModule } from '../analysis/compare/revision-checkout.ts';
import type { Source } from '../analysis/specification/loaded.ts';
import { urlOf } from '../analysis/specification/load.ts';

/** The bundle, which loads fast. */
export const shipped: string = urlOf(join(root, 'dist', 'cli', 'sprite.js'));

/** The modules that the package exports: the user's files get these when they import it. */
export const shippedUnbundled: string = urlOf(join(root, 'dist', 'sprite', 'specification.js'));

/** Sprite as it is shipped, and nothing else. */
export const plainSource: Source = {
  specification: shipped,
  variants: [],
  scenarios: [],
  properties: [],
};

/** Sprite's behavior in a revision of this repository: one value now, several modules before. */
export const shippedModules: readonly RevisionModule[] = [
  {
    file: 'sprite/behavior.ts',
    source: "export { behavior as default } from './sprite/behavior.ts';",
  },
  {
    file: 'model/observed.ts',
    source: ofParts("import { watcherOf } from './model/observed.ts';"),
  },
  { file: 'model/boot.ts', source: ofParts('const watcherOf = undefined;') },
];

function ofParts(observer: string): string {
  return `
    import { boot } from './model/boot.ts';
    import { kernels } from './model/kernels/all.ts';
    import { scenarios } from './model/scenarios/all.ts';
    ${observer}
    const variants = kernels.map(({ kernel, ...about }) => ({ ...about, value: kernel }));
    export default { variants, scenarios, boot, observer: watcherOf };`;
}
