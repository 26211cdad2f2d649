/**
 * Everything that reads a file nobody vouches for: one line each. `read` takes the path of a file and
 * does all that the command line would do with it, printing apart.
 */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Trace } from '../../checker/trace.ts';
import { pin, pinned } from '../../cli/baseline.ts';
import { costed } from '../../cli/cost.ts';
import { replayed } from '../../cli/replay.ts';
import { subjectOf, type Subject } from '../../cli/subject.ts';
import { openTrace, propertiesOf } from '../../cli/trace-file.ts';

export type Reader = {
  readonly name: string;
  /** Files that it takes, to be spoilt. */
  readonly samples: readonly string[];
  /** What is printed; throws `BadInput` where it does not take the file, and never anything else. */
  readonly read: (path: string) => readonly string[];
  /** The verb that reads such a file. */
  readonly verb: (path: string) => readonly string[];
};

const traces = fileURLToPath(new URL('../../traces', import.meta.url));
const baseline = join(traces, 'explore.baseline.json');

export const readers: readonly Reader[] = [
  { name: 'trace', samples: samplesIn(), read: readTrace, verb: (path) => ['replay', path] },
  {
    name: 'baseline',
    samples: [baseline],
    read: readBaseline,
    verb: (path) => ['explore', 'two-closers', '--baseline', path],
  },
];

function samplesIn(): readonly string[] {
  return ['faults', 'walkthroughs'].flatMap((folder) =>
    readdirSync(join(traces, folder)).map((name) => join(traces, folder, name)),
  );
}

function readTrace(path: string): readonly string[] {
  return taken(openTrace(path));
}

/** All that is done with a trace, well-formed and whatever its steps are. */
export function taken(trace: Trace): readonly string[] {
  const { lines } = replayed(trace, subjectFor(trace), trace.kernel);
  const { system } = subjectFor(trace);
  const priced = trace.steps.length === 0 ? [] : costed(trace, system).lines();
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

/** Making a system takes longer than all the rest. What hostile steps leave in one is a test too. */
const subjects = new Map<string, Subject>();
const MOST_SUBJECTS = 100;

function subjectFor(trace: Trace): Subject {
  const named = {
    kernel: trace.kernel,
    scenario: trace.scenario.name,
    properties: propertiesOf(trace),
  };
  const key = JSON.stringify(named);
  if (subjects.size >= MOST_SUBJECTS) subjects.clear();
  const subject = subjects.get(key) ?? subjectOf(named);
  subjects.set(key, subject);
  return subject;
}
