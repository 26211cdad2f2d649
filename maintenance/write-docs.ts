/**
 * Writes the pages that are generated from the model: `npm run docs`. Not a verb of the command line.
 * `test/guides/docs.test.ts` compares the pages with the text that would be written.
 */
import { join } from 'node:path';
import { writeWhole } from '../checker/text/files.ts';
import { generatedDocs } from './docs/pages.ts';
import { loadSpecification } from '../analysis/specification/load.ts';
import { plainSource } from '../cli/shipped.ts';
import { root } from '../analysis/files/project-root.ts';
import { print } from '../cli/terminal.ts';

for (const [path, text] of generatedDocs(root, await loadSpecification(plainSource))) {
  writeWhole(join(root, path), text);
  print([path]);
}
