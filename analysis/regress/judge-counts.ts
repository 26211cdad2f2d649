/** Judges the pinned counts: in a scenario that collapsed every property holds, and nothing is proven. */
import type { Loaded } from '../specification/loaded.ts';
import type { PinnedCounts } from '../baselines/pinned-counts.ts';
import { sizeOf } from '../../checker/specification/specification.ts';
import { counted } from '../../checker/text/tables.ts';
import { countsText } from '../baselines/make-baselines.ts';
import { exists, variantOfKey, scenarioOf, type Expected } from './expected.ts';
import type { Explored, Measured } from './measurements.ts';
import { isDecided, undecided, type Row } from './row.ts';
import { shareMs } from './share-ms.ts';

/** A scenario has collapsed if less than this share of its states is left. */
const HALF = 0.5;

export function baselineRows(
  { spec, pins, tested }: Expected,
  { scenarios }: Measured,
): readonly Row[] {
  const measured = new Map(scenarios.map((each) => [`${each.variant}/${each.scenario}`, each]));
  return [...new Set([...pins.keys(), ...measured.keys()])].toSorted().map((key) => {
    const row = baselineRow(spec, key, { before: pins.get(key), now: measured.get(key) });
    const lost = lostIn(tested, measured.get(key));
    return row.holds || lost === '' || row.verdict === 'broken' || !isDecided(row)
      ? row
      : { ...row, why: `${row.why}; ${lost}` };
  });
}

function baselineRow(
  spec: Loaded,
  key: string,
  {
    before,
    now,
  }: { readonly before: PinnedCounts | undefined; readonly now: Explored | undefined },
): Row {
  const row = {
    id: key,
    what: 'baseline',
    variant: variantOfKey(key),
    scenario: scenarioOf(key),
    before: before === undefined ? 'not pinned' : countsText(before),
    now: now === undefined ? 'nothing to explore' : countsText(now),
    holds: false,
    canBeAccepted: true,
    why: '',
    ...(now === undefined ? {} : { ms: shareMs(now) }),
  } as const;
  if (now === undefined) {
    return {
      ...row,
      verdict: 'gone',
      stored: 'absent',
      why: whatIsGone(spec, row),
    };
  }
  if (now.ending === 'broken') {
    const said = { now: 'the model throws', verdict: 'broken', why: now.why ?? '' } as const;
    return { ...row, ...said, stored: 'updated', canBeAccepted: false };
  }
  if (now.ending === 'interrupted') return undecided({ ...row, verdict: '', stored: 'unchanged' });
  if (now.ending !== 'closed' && mustClose(spec, row.scenario)) {
    const why = `it did not close (${now.ending}); a scenario must close to be pinned`;
    return { ...row, verdict: 'not closed', stored: 'updated', canBeAccepted: false, why };
  }
  if (before === undefined) {
    return { ...row, verdict: 'not pinned', stored: 'new', why: 'nothing is pinned for it yet' };
  }
  const moved = movement(before, now);
  return moved === undefined
    ? { ...row, verdict: 'as pinned', stored: 'unchanged', holds: true }
    : { ...row, ...moved, stored: 'updated' };
}

/** Small scenarios must close; in the others only the first states are counted. */
function mustClose({ scenarios }: Loaded, name: string): boolean {
  const scenario = scenarios.find((each) => each.name === name);
  return scenario === undefined || sizeOf(scenario) === 'small';
}

/** How the counts moved; undefined if they did not. */
export function movement(
  before: PinnedCounts,
  now: PinnedCounts,
):
  | { readonly verdict: 'grew' | 'shrank' | 'collapsed' | 'moved'; readonly why: string }
  | undefined {
  const { states } = before;
  const difference = now.states - states;
  const share = `${counted(Math.abs(difference), 'state')}, ${percent(difference, states)}`;
  if (difference > 0) return { verdict: 'grew', why: `grew by ${share}` };
  if (difference < 0) {
    const verdict = now.states < states * HALF ? 'collapsed' : 'shrank';
    return { verdict, why: `${verdict} by ${share}` };
  }
  const others = [
    ...changed('transition', now.transitions - before.transitions),
    ...changed('step', now.depth - before.depth).map((text) => `${text} of depth`),
  ];
  return others.length === 0
    ? undefined
    : { verdict: 'moved', why: `as many states, moved by ${others.join(' and ')}` };
}

function changed(thing: string, by: number): readonly string[] {
  if (by === 0) return [];
  return [`${by > 0 ? '+' : '-'}${counted(Math.abs(by), thing)}`];
}

function percent(difference: number, of: number): string {
  const share = (Math.abs(difference) / Math.max(1, of)) * 100;
  const digits =
    share < 0.1 || (share > 99.9 && share < 100) ? share.toPrecision(4) : share.toFixed(1);
  return `${difference < 0 ? '-' : '+'}${digits} %`;
}

/** A collapse often shows in witnesses that are no longer reached. */
function lostIn(tested: Expected['tested'], now: Explored | undefined): string {
  if (now === undefined) return '';
  const lost = now.unreached.filter((property) => tested.get(property)?.includes(now.scenario));
  return lost.length === 0 ? '' : `no longer tested there: ${lost.join(', ')}`;
}

function whatIsGone(
  spec: Loaded,
  { variant, scenario }: { readonly variant: string; readonly scenario: string },
): string {
  const gone = [
    ...(spec.variants.some(({ id }) => id === variant)
      ? []
      : [`no ${spec.noun} is called ${variant}`]),
    ...(exists(spec, scenario) ? [] : [`no scenario is called ${scenario}`]),
  ];
  return gone.join(', ');
}
