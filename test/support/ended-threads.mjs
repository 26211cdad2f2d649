// Ends threads at one moment after another of their start, while they link a file that takes long to
// be linked. Exits with 0 unless that ends the whole process. The folder is the only argument, and
// empty.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createThreads } from '../../dist/analysis/jobs/worker-threads.js';

const [, , folder] = process.argv;
const [NAMES, FILES, ENDINGS] = [2000, 60, 12];

const names = Array.from({ length: NAMES }, (_, index) => `e${index}`);
write('package.json', '{ "type": "module" }');
write('0.js', names.map((name) => `export const ${name} = 0;`).join('\n'));
for (let file = 1; file <= FILES; file++) {
  const from = `from './${file - 1}.js'`;
  write(`${file}.js`, `import { ${names.join(', ')} } ${from}; export * ${from};`);
}
write('worker.js', `import './${FILES}.js'; export function work() {}`);

const started = performance.now();
await startedThread((threads) => threads.run({}));
const takes = performance.now() - started;
for (let ending = 1; ending <= ENDINGS; ending++) {
  // oxlint-disable-next-line no-await-in-loop -- one moment at a time
  await startedThread(() => setTimeout((takes * ending) / ENDINGS));
}

async function startedThread(until) {
  const { href } = pathToFileURL(join(folder, 'worker.js'));
  const threads = createThreads(href, { name: 'work', most: 1 });
  await until(threads);
  await threads.destroy();
}

function write(name, text) {
  writeFileSync(join(folder, name), text);
}
