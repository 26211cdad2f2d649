/** Judges the stored stories: each must still end as its file says. */
import { storedNames } from '../baselines/stored-names.ts';
import type { Home, Loaded } from '../specification/loaded.ts';
import { otherBoundText } from '../specification/instance.ts';
import { counted } from '../../checker/text/tables.ts';
import type { Expected, StoredExpectations } from './expected.ts';
import { missingVariants } from './missing-variants.ts';
import type { Measured, ReplayedTrace } from './measurements.ts';
import { undecided, type Row } from './row.ts';

export function traceRows(expected: Expected, { traces }: Measured): readonly Row[] {
  const { spec, stored, listed } = expected;
  const list = storedNames(spec.home).stories;
  const measured = new Map(traces.map((each) => [each.file, each]));
  const known = new Set(listed);
  const there = new Set(stored.map(({ file }) => file));
  // These are judged with their variant.
  const others = new Set([...missingVariants(expected).values()].flat());
  const gone = [...known].filter((file) => !there.has(file) && !others.has(file));
  const own = stored.filter(({ file }) => !others.has(file));
  const rows = own.map((each) => {
    if ('problem' in each) return unreadableRow(each);
    const replayed = measured.get(each.file);
    if (replayed === undefined) return undecided(rowOf(each));
    const row = withBounds(spec, traceRow(spec.home, each, replayed), each);
    return row.holds && listed !== undefined && !known.has(each.file) ? unlisted(row, list) : row;
  });
  return [...rows, ...gone.map((file) => goneRow(file, list))];
}

type Readable = Extract<StoredExpectations, { trace: unknown }>;

/** The verdict in its file. */
function rowOf({ file, trace }: Readable): Row {
  const isViolated = trace.verdict === 'violated';
  return {
    id: file,
    what: 'trace',
    variant: trace.variant,
    scenario: trace.scenario.name,
    ...(isViolated ? { property: trace.property } : {}),
    verdict: '',
    holds: false,
    stored: 'unchanged',
    canBeAccepted: false,
    before: `${isViolated ? 'violated' : 'held'}, ${counted(trace.steps.length, 'step')}`,
    now: '',
    why: '',
    trace: file,
  };
}

function traceRow(home: Home, stored: Readable, now: ReplayedTrace): Row {
  const { said, rebased, ms } = now;
  const { file, trace } = stored;
  const isViolated = trace.verdict === 'violated';
  const isRebased = rebased?.edits !== undefined;
  const holds = said === 'as stored';
  return {
    ...rowOf(stored),
    verdict: verdictOf(now, isViolated),
    holds,
    stored: holds ? 'unchanged' : 'updated',
    canBeAccepted:
      said !== 'broken' &&
      (isMade(home, file) || ((said !== 'stale' || isRebased) && rebased?.differs !== true)),
    now: nowText(now, isViolated),
    why: holds ? '' : [whyOf(now), ...(rebased === undefined ? [] : [rebased.line])].join('; '),
    ms,
  };
}

/** Whether the trace is generated, and replaced by a new search; the others are the user's own. */
export function isMade(home: Home, file: string): boolean {
  const { faults, walkthroughs } = storedNames(home);
  return file.startsWith(`${faults}/`) || file.startsWith(`${walkthroughs}/`);
}

function whyOf({ said, line }: ReplayedTrace): string {
  if (said === 'fixed') return 'every step takes place, and nothing is violated';
  if (said === 'elsewhere') return 'it ends as stored, and the last state holds something else';
  return line.replace(/^violated differently: /, '');
}

function verdictOf({ said, rebased }: ReplayedTrace, isViolated: boolean): string {
  if (rebased?.edits !== undefined) return 'rebased';
  if (said === 'as stored') return isViolated ? 'still violated' : 'held';
  if (said === 'elsewhere') return isViolated ? 'still violated, elsewhere' : 'held, elsewhere';
  return said === 'differently' ? 'violated differently' : said;
}

const nowTexts: { readonly [said in ReplayedTrace['said']]?: string } = {
  elsewhere: 'the same, in another last state',
  differently: 'another violation',
  fixed: 'not violated any more',
  stale: 'does not take place',
  broken: 'the model throws',
};

function nowText({ said, rebased }: ReplayedTrace, isViolated: boolean): string {
  if (said === 'as stored') return isViolated ? 'violated as stored' : 'held as stored';
  if (said === 'differently' && !isViolated) return 'violated';
  const text = nowTexts[said] ?? said;
  return rebased?.edits === undefined
    ? text
    : `${text}; ${counted(rebased.edits, 'edit')} away, it is`;
}

/** A story that ends as stored, although its scenario now has other bounds than its file says. */
function withBounds(spec: Loaded, row: Row, { trace: { scenario } }: Readable): Row {
  const why = row.holds ? otherBoundText(spec, scenario) : undefined;
  if (why === undefined) return row;
  return { ...row, verdict: 'other bounds', holds: false, stored: 'updated', why };
}

/** If it were removed, no check would notice. */
function unlisted(row: Row, list: string): Row {
  const why = `it is not listed in ${list}`;
  return { ...row, verdict: 'not listed', holds: false, stored: 'new', before: 'not listed', why };
}

function goneRow(file: string, list: string): Row {
  return {
    id: file,
    what: 'trace',
    variant: '',
    scenario: '',
    verdict: 'gone',
    holds: false,
    stored: 'absent',
    canBeAccepted: true,
    before: 'a stored story',
    now: 'no such file',
    why: `it is listed in ${list}`,
  };
}

function unreadableRow({ file, problem }: Extract<StoredExpectations, { problem: unknown }>): Row {
  return {
    id: file,
    what: 'trace',
    variant: '',
    scenario: '',
    verdict: 'unreadable',
    holds: false,
    stored: 'updated',
    canBeAccepted: false,
    before: 'a stored story',
    now: 'nothing that can be read',
    why: problem,
    trace: file,
  };
}
