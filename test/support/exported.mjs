// Every stored story in every format, as one JSON document. From `dist/`, in a process of its own:
// inside Jest it takes four times as long. ITF, by far the longest, of every eighth story only.

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formats } from '../../dist/analysis/export/formats.js';
import { messagesTo, sightsOf, storyDocument } from '../../dist/analysis/export/story-document.js';
import { instanceIn } from '../../dist/analysis/specification/instance.js';
import { openTrace } from '../../dist/analysis/files/open-trace.js';
import { loadedSprite } from '../../dist/testing/sprite.js';

const traces = fileURLToPath(new URL('../../traces/', import.meta.url));
const files = ['faults', 'walkthroughs'].flatMap((folder) =>
  readdirSync(traces + folder).map((name) => `${folder}/${name}`),
);
process.stdout.write(JSON.stringify(files.map(exported)));

function exported(file, index) {
  const trace = openTrace(loadedSprite, traces + file);
  const { variant, scenario } = trace;
  const named = { variant, scenario: scenario.name, properties: [] };
  const story = storyDocument(instanceIn(loadedSprite, named), trace);
  const names = Object.keys(formats).filter((name) => name !== 'itf' || index % 8 === 0);
  return {
    file,
    isViolated: trace.verdict === 'violated',
    stored: trace.steps.length,
    steps: story.steps.map((step) => ({
      number: step.number,
      host: step.host,
      startMs: step.startMs,
      durationMs: step.durationMs,
      work: step.work,
      messages: messagesTo(step).map((cause) => cause.step),
      labels: messagesTo(step).map(({ label }) => label),
      sights: sightsOf(step).map((cause) => cause.step),
    })),
    texts: Object.fromEntries(names.map((name) => [name, formats[name](story)])),
  };
}
