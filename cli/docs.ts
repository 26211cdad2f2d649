/**
 * Writes the pages that are made from the model: `npm run docs`. Not a verb of the command line.
 * `test/docs.test.ts` holds what stands there against what would be written.
 */
import { join } from 'node:path';
import { writeWhole } from '../checker/store.ts';
import { generatedDocs } from './generated-docs.ts';
import { root } from './root.ts';
import { print } from './text.ts';

for (const [path, text] of generatedDocs(root)) {
  writeWhole(join(root, path), text);
  print([path]);
}
