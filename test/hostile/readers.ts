/**
 * All readers of files that are not trusted, a line for each. `read` takes the path of a file and does all
 * that the command line would do with it, except printing.
 */
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { printable } from '../../checker/text/printable.ts';
import { createPrng } from '../../checker/random/prng.ts';
import { printTrace, type Trace } from '../../checker/stories/trace-format.ts';
import { pin, pinned } from '../../analysis/baselines/pinned-counts.ts';
import { costed } from '../../cli/verbs/cost.ts';
import { BadInput } from '../../analysis/errors.ts';
import { itfOf } from '../../analysis/export/itf.ts';
import { openItf } from '../../analysis/export/open-itf.ts';
import { storyDocument } from '../../analysis/export/story-document.ts';
import { knownSurvivors } from '../../maintenance/guard-mutant-list.ts';
import { readStamp, writeStamp } from '../../analysis/regress/stamp.ts';
import { replayed } from '../../cli/verbs/replay.ts';
import { readSarifBaseline } from '../../analysis/reports/sarif-baseline.ts';
import { sarif } from '../../analysis/reports/sarif.ts';
import { storyList } from '../../analysis/baselines/trace-list.ts';
import { instanceIn, type CheckedInstance } from '../../analysis/specification/instance.ts';
import { testedIn } from '../../analysis/baselines/scenarios-per-property.ts';
import { takenList } from '../../analysis/baselines/transitions-taken.ts';
import { openTrace, propertiesOf } from '../../analysis/files/open-trace.ts';
import { loadedSprite } from '../../testing/sprite.ts';
import { about, held, unknown, violated } from '../support/outcomes.ts';
import { pick } from './spoil.ts';
import { withHostileSteps } from './steps.ts';

export type Reader = {
  readonly name: string;
  /** Files that it takes, to be damaged. */
  readonly samples: readonly string[];
  /** What is printed; throws `BadInput` where it does not take the file, and never anything else. */
  readonly read: (path: string) => readonly string[];
  /** How its files are damaged, where not as any other. */
  readonly spoil?: (seed: number) => Uint8Array;
  /** The verb that reads such a file, where one takes its path. */
  readonly verb?: (path: string) => readonly string[];
  /** Of the damaged files the least parts that are taken and refused: what never is, tests nothing. */
  readonly least: { readonly taken: number; readonly refused: number };
};

const USUAL = { taken: 0.01, refused: 0.5 };

/** Making a system takes longer than all the rest. What hostile steps leave in one is a test too. */
const instances = new Map<string, CheckedInstance>();
const MOST_INSTANCES = 100;

/** For samples that are not stored. */
const samplesFolder = mkdtempSync(join(tmpdir(), 'sprite-check-samples-'));
process.once('exit', () => rmSync(samplesFolder, { recursive: true, force: true }));

const traces = fileURLToPath(new URL('../../traces', import.meta.url));

const stories = samplesIn();

export const readers: readonly Reader[] = [
  {
    name: 'trace',
    samples: stories,
    read: readTrace,
    verb: (path) => ['replay', path],
    least: USUAL,
  },
  {
    name: 'trace with steps of no kernel',
    samples: stories,
    read: readTrace,
    spoil: strangeStory,
    verb: (path) => ['replay', path],
    least: { taken: 0.5, refused: 0 },
  },
  {
    name: 'baseline',
    samples: [join(traces, 'explore.baseline.json')],
    read: readBaseline,
    verb: (path) => ['explore', 'two-closers', '--baseline', path],
    least: USUAL,
  },
  {
    name: 'bounded baseline',
    samples: [join(traces, 'bounded.baseline.json')],
    read: readBaseline,
    least: USUAL,
  },
  {
    name: 'list of stories',
    samples: [join(traces, 'stories.baseline.json')],
    read: (path) => storyList.readFrom(path).map(printable),
    least: USUAL,
  },
  {
    name: 'list of what is tested where',
    samples: [join(traces, 'properties.baseline.json')],
    read: (path) => [...testedIn(path)].flat(2).map(printable),
    least: USUAL,
  },
  {
    name: 'list of transitions',
    samples: [join(traces, 'transitions.baseline.json')],
    read: (path) => takenList.readFrom(path).map(printable),
    least: USUAL,
  },
  {
    name: 'list of known mutants',
    samples: [fileURLToPath(new URL('../model/mutants.known.json', import.meta.url))],
    read: (path) => [...knownSurvivors(path)].flat().map(printable),
    least: USUAL,
  },
  {
    name: 'story in ITF',
    samples: itfSamples(),
    read: (path) => taken(openItf(loadedSprite, path)),
    verb: (path) => ['import', path],
    least: USUAL,
  },
  {
    name: 'earlier SARIF report',
    samples: [made('earlier.sarif', sarif([held, violated, unknown], about, undefined))],
    read: (path) => [...readSarifBaseline(path)].flat().map(printable),
    verb: (path) => [
      'check',
      'two-closers',
      '--sarif',
      join(samplesFolder, 'now.sarif'),
      '--sarif-baseline',
      path,
    ],
    least: USUAL,
  },
  // It has a seal: a damaged one is never taken.
  {
    name: 'stamp of regress',
    samples: [stampSample()],
    read: readStampOf,
    least: { taken: 0, refused: 0.5 },
  },
];

function made(name: string, text: string): string {
  const path = join(samplesFolder, name);
  writeFileSync(path, text);
  return path;
}

/** Short ones: every state lists every cell. */
function itfSamples(): readonly string[] {
  return ['A37-home-knows-location', 'R44-requester-is-woken'].flatMap((name) => {
    const path = join(traces, 'faults', `${name}.trace.json`);
    if (!existsSync(path)) return [];
    const trace = openTrace(loadedSprite, path);
    return [made(`${name}.itf.json`, itfOf(storyDocument(instanceFor(trace), trace)))];
  });
}

function stampSample(): string {
  const path = join(samplesFolder, 'regress.stamp.json');
  const measured = {
    scenarios: [],
    faults: [],
    traces: [{ file: 'traces/a.trace.json', said: 'as stored', line: 'held', ms: 1 } as const],
  };
  writeStamp(path, { tree: 'a'.repeat(64), finished: '2026-01-02T03:04:05.678Z', measured });
  return path;
}

function readStampOf(path: string): readonly string[] {
  const read = readStamp(path);
  if (read.kind === 'unusable') throw new BadInput(read.why);
  return [];
}

function samplesIn(): readonly string[] {
  return ['faults', 'walkthroughs'].flatMap((folder) =>
    readdirSync(join(traces, folder)).map((name) => join(traces, folder, name)),
  );
}

/** What the format allows of steps that no kernel means; what it does not, in bytes. */
function strangeStory(seed: number): Uint8Array {
  const story = withHostileSteps(seed, openTrace(loadedSprite, pick(createPrng(seed), stories)));
  return new TextEncoder().encode(printTrace(story));
}

function readTrace(path: string): readonly string[] {
  return taken(openTrace(loadedSprite, path));
}

/** All that is done with a trace, well-formed and whatever its steps are. */
function taken(trace: Trace): readonly string[] {
  const instance = instanceFor(trace);
  const { lines } = replayed(trace, instance, trace.variant);
  const priced = trace.steps.length === 0 ? [] : costed(trace, instance).lines();
  return [...lines({ unfold: false }), ...lines({ unfold: true }), ...priced];
}

function readBaseline(path: string): readonly string[] {
  const counts = pinned(path, 'sprite/two-closers');
  const inherited = ['constructor', '__proto__'].map((key) => pinned(path, key));
  if (inherited.some((each) => each !== undefined)) throw new Error('read from a prototype');
  // What is read can be added to, and is read again.
  const folder = mkdtempSync(join(tmpdir(), 'sprite-check-pinned-'));
  const copy = join(folder, 'baseline.json');
  try {
    cpSync(path, copy);
    pin(copy, 'sprite/two-closers', counts ?? { states: 1, transitions: 0, depth: 0 });
    pinned(copy, 'sprite/two-closers');
  } finally {
    rmSync(folder, { recursive: true });
  }
  return [];
}

function instanceFor(trace: Trace): CheckedInstance {
  const named = {
    variant: trace.variant,
    scenario: trace.scenario.name,
    properties: propertiesOf(loadedSprite, trace),
  };
  const key = JSON.stringify(named);
  if (instances.size >= MOST_INSTANCES) instances.clear();
  const instance = instances.get(key) ?? instanceIn(loadedSprite, named);
  instances.set(key, instance);
  return instance;
}
