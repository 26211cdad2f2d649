/**
 * Compares the measurements with the stored results, row by row. Pure: the same input gives the same rows,
 * whether the measurements are new or from a stamp.
 */
import { isAsked, isOwnProperty } from '../../checker/claims/own-properties.ts';
import { findingText } from '../stories/story-text.ts';
import type { Loaded } from '../specification/loaded.ts';
import { storedNames } from '../baselines/stored-names.ts';
import { testedBy } from '../baselines/scenarios-per-property.ts';
import { counted } from '../../checker/text/tables.ts';
import { verdicts, type Verdict } from '../check/verdicts.ts';
import { baselineRows } from './judge-counts.ts';
import { faultRows } from './judge-faults.ts';
import { traceRows } from './judge-traces.ts';
import { transitionRows } from './judge-transitions.ts';
import type { Expected } from './expected.ts';
import type { Explored, Measured } from './measurements.ts';
import { nextOf } from './next-command.ts';
import { isDecided, undecided, type Row } from './row.ts';
import { shareMs } from './share-ms.ts';

export function judgeStored(
  expected: Expected,
  measured: Measured,
  chosen: readonly string[],
): readonly Row[] {
  return [
    ...baselineRows(expected, measured),
    ...transitionRows(expected, measured),
    ...propertyRows(expected, measured, chosen),
    ...faultRows(expected, measured, chosen),
    ...traceRows(expected, measured),
  ].map((row) =>
    row.holds || !isDecided(row) ? row : { ...row, next: nextOf(expected.spec, row) },
  );
}

const HELD: readonly Verdict['verdict'][] = ['PROVEN'];

function propertyRows(
  expected: Expected,
  measured: Measured,
  chosen: readonly string[],
): readonly Row[] {
  // Counts of other variants may be pinned too; only on the repaired one must every property hold.
  const own = measured.scenarios.filter(({ applied }) => !applied.every(isOwnProperty));
  const now = testedBy(own);
  const isOwn = (scenario: string): boolean => chosen.length === 0 || chosen.includes(scenario);
  const known = expected.spec.properties.map(({ id }) => id);
  const gone = [...expected.tested.keys()].filter((id) => !known.includes(id));
  return [
    ...verdicts(known, own.map(asResult))
      .filter(({ property }) => isOwnProperty(property) || now.has(property))
      .filter((each) => !isTestedElsewhere(each))
      .map((verdict) => {
        const pinned = expected.tested.get(verdict.property)?.filter(isOwn);
        return propertyRow(verdict, own, { pinned, tested: now.get(verdict.property) ?? [] });
      }),
    ...gone.map((id) => goneRow(expected.spec, id)),
  ];

  /** Perhaps none of the chosen scenarios tests it, now or before. */
  function isTestedElsewhere({ property, verdict }: Verdict): boolean {
    if (chosen.length === 0 || verdict !== 'VACUOUS') return false;
    return expected.tested.get(property)?.some(isOwn) === false;
  }
}

/** Scenarios that test a property: those that are pinned, undefined if none were, and the present ones. */
type Testing = {
  readonly pinned: readonly string[] | undefined;
  readonly tested: readonly string[];
};

function propertyRow(found: Verdict, own: readonly Explored[], { pinned, tested }: Testing): Row {
  const { property, verdict, closed } = found;
  const isOfTheChecker = isOwnProperty(property);
  const isProven = HELD.includes(verdict);
  const asked = own.filter(({ applied }) => isAsked(property, applied));
  const broken = asked.filter(({ ending }) => ending === 'broken');
  const ended = asked.filter(({ ending }) => ending === 'interrupted');
  const unknown = new Set([...broken, ...ended].map((each) => each.scenario));
  const lost = (pinned ?? []).filter(
    (scenario) => !tested.includes(scenario) && !unknown.has(scenario),
  );
  const won = tested.filter((scenario) => pinned?.includes(scenario) === false);
  const isPinned = isOfTheChecker || pinned !== undefined;
  const isAsPinned = isPinned && (isOfTheChecker || lost.length + won.length === 0);
  const holds = isProven && isAsPinned;
  const where = isOfTheChecker ? counted(closed, 'scenario') : testedText(tested);
  const worst = shortest(own, property);
  const row: Row = {
    id: property,
    what: 'property',
    variant: own[0]?.variant ?? '',
    scenario: worst?.scenario ?? '',
    property,
    verdict,
    holds,
    // A violation is new: the variant on which all must hold has no stored one.
    stored: !isProven || !isPinned ? 'new' : isAsPinned ? 'unchanged' : 'updated',
    canBeAccepted: isProven,
    before: isOfTheChecker ? 'PROVEN' : pinnedText(pinned),
    now: (isOfTheChecker ? holds : tested.length === 0) ? verdict : `${verdict}, ${where}`,
    why: reasonsFor(found, { worst, broken, lost, won }).join('; '),
    ...(worst?.file === undefined ? {} : { trace: worst.file }),
    ms: spentOn(own, property),
  };
  // No scenario violates it so far; one of the others might.
  return verdict === 'UNKNOWN' && ended.length > 0 && broken.length === 0 ? undecided(row) : row;
}

/** A phrase for each: its shortest violation, where it is not decided, where it is no longer or newly tested. */
function reasonsFor(
  { undecidedIn }: Verdict,
  {
    worst,
    broken,
    lost,
    won,
  }: {
    readonly worst: ReturnType<typeof shortest>;
    readonly broken: readonly Explored[];
    readonly lost: readonly string[];
    readonly won: readonly string[];
  },
): readonly string[] {
  const violation =
    worst === undefined
      ? []
      : [`${worst.scenario}, ${counted(worst.steps, 'step')}: ${findingText(worst.finding)}`];
  const throws = broken.map(({ scenario }) => scenario);
  return [
    ...violation,
    ...inEach('not decided: the model throws in', throws),
    ...inEach('not decided within --max-ahead in', undecidedIn),
    ...inEach('no longer tested in', lost),
    ...inEach('now also tested in', won),
  ];
}

function inEach(what: string, scenarios: readonly string[]): readonly string[] {
  return scenarios.length === 0 ? [] : [`${what} ${scenarios.join(', ')}`];
}

function goneRow({ home }: Loaded, property: string): Row {
  return {
    id: property,
    what: 'property',
    variant: '',
    scenario: '',
    property,
    verdict: 'gone',
    holds: false,
    stored: 'absent',
    canBeAccepted: true,
    before: 'PROVEN',
    now: 'no such property',
    why: `it is pinned in ${storedNames(home).tested}, and the specification no longer has it`,
  };
}

function shortest(own: readonly Explored[], property: string) {
  return own
    .flatMap(({ scenario, found }) =>
      found.filter((each) => each.property === property).map((each) => ({ ...each, scenario })),
    )
    .toSorted((a, b) => a.steps - b.steps)
    .at(0);
}

function spentOn(own: readonly Explored[], property: string): number {
  return own
    .filter(({ applied }) => isAsked(property, applied))
    .reduce((sum, each) => sum + shareMs(each), 0);
}

function pinnedText(pinned: readonly string[] | undefined): string {
  return pinned === undefined ? 'not pinned' : `PROVEN, ${testedText(pinned)}`;
}

function testedText(scenarios: readonly string[]): string {
  // Perhaps none of the chosen scenarios tests it.
  return scenarios.length === 0
    ? 'tested elsewhere'
    : `tested in ${counted(scenarios.length, 'scenario')}`;
}

/** In the form that verdicts.ts reads. */
function asResult(explored: Explored) {
  return {
    ...explored,
    kind: 'exhaustive' as const,
    // It is not known what the rest of an interrupted search would have found.
    ending: explored.ending === 'broken' ? ('interrupted' as const) : explored.ending,
    found: explored.found.map(({ property }) => ({ violation: { property } })),
  };
}
