/** Judges the shipped faults: the same properties must catch each again, in as many steps. */
import { faultsOf, type KnownFault } from '../specification/faults.ts';
import type { Loaded } from '../specification/loaded.ts';
import { counted } from '../../checker/text/tables.ts';
import { exists, type Expected } from './expected.ts';
import { isMade } from './judge-traces.ts';
import { missingVariants } from './missing-variants.ts';
import type { Explored, Measured } from './measurements.ts';
import { undecided, type Row } from './row.ts';

/** For each property, the number of steps of a shortest story. */
type Kills = ReadonlyMap<string, number>;

export function faultRows(
  expected: Expected,
  { faults }: Measured,
  chosen: readonly string[],
): readonly Row[] {
  const { spec, stored } = expected;
  const rows = faultsOf(spec)
    .filter(({ scenario }) => chosen.length === 0 || chosen.includes(scenario))
    .map((fault) => {
      const before = new Map(
        stored.flatMap((each) =>
          'trace' in each &&
          isMade(spec.home, each.file) &&
          each.trace.verdict === 'violated' &&
          isShortestOf(fault, each.trace)
            ? [[each.trace.property, each.trace.steps.length]]
            : [],
        ),
      );
      return faultRow(spec, fault, {
        before,
        result: faults.find(({ variant }) => variant === fault.id),
      });
    });
  return [
    ...rows,
    ...[...missingVariants(expected)].map(([id, files]) => goneRow(spec, id, files)),
    ...forgotten(expected).map((id) => forgottenRow(spec, id)),
  ];
}

/** Kernels with stored stories of their faults that no property is expected to catch any more. */
function forgotten({ spec, stored }: Expected): readonly string[] {
  const faults = faultsOf(spec);
  const ids = stored.flatMap((each) =>
    'trace' in each && each.trace.verdict === 'violated' && isMade(spec.home, each.file)
      ? [each.trace.variant]
      : [],
  );
  return [...new Set(ids)].filter((id) => !faults.some((fault) => fault.id === id));
}

function forgottenRow(spec: Loaded, id: string): Row {
  return {
    ...goneRow(spec, id, []),
    before: 'stories are stored',
    now: 'no property is expected to catch it',
    why: 'it names no property in caughtBy',
  };
}

function goneRow({ noun }: Loaded, id: string, files: readonly string[]): Row {
  return {
    id,
    what: 'fault',
    variant: id,
    scenario: '',
    verdict: 'gone',
    holds: false,
    stored: 'absent',
    canBeAccepted: true,
    before: `a shipped fault, ${counted(files.length)} stored ${files.length === 1 ? 'story' : 'stories'}`,
    now: `${noun} ${id} is gone`,
    why: `no ${noun} is called ${id}, and stories of it are stored: ${files.join(', ')}`,
  };
}

type StoryOf = {
  readonly variant: string;
  readonly scenario: { readonly name: string };
  readonly certificate: { readonly kind: string };
};

/** Whether a story's file says that there is no shorter one. */
function isShortestOf({ id, scenario }: KnownFault, story: StoryOf): boolean {
  const { variant, certificate } = story;
  return variant === id && story.scenario.name === scenario && certificate.kind === 'shortest';
}

function faultRow(
  spec: Loaded,
  fault: KnownFault,
  { before, result }: { readonly before: Kills; readonly result: Explored | undefined },
): Row {
  const { id, scenario, caughtBy } = fault;
  const now: Kills = new Map(
    (result?.found ?? [])
      .filter(({ property }) => caughtBy.includes(property))
      .map(({ property, steps }) => [property, steps]),
  );
  const isCaught = now.size > 0;
  const isBroken = result?.ending === 'broken';
  const why = differences(before, now);
  const caught = before.size > 0 && why.length > 0 ? 'CAUGHT otherwise' : 'CAUGHT';
  const [first] = [...now].toSorted(([, a], [, b]) => a - b);
  const row: Row = {
    id,
    what: 'fault',
    variant: id,
    scenario,
    ...(first === undefined ? {} : { property: first[0] }),
    verdict: isCaught ? caught : isBroken ? 'broken' : 'MISSED',
    holds: isCaught && why.length === 0,
    stored: before.size === 0 ? 'new' : why.length === 0 ? 'unchanged' : 'updated',
    canBeAccepted: isCaught,
    before: before.size === 0 ? 'no story is stored' : killsText(before),
    now: isCaught ? killsText(now) : isBroken ? 'the model throws' : 'caught by no property',
    why: isBroken ? (result.why ?? '') : isCaught ? why.join('; ') : whyMissed(spec, fault, result),
    ...(result === undefined ? {} : { ms: result.ms }),
  };
  return result?.ending === 'interrupted' ? undecided(row) : row;
}

function differences(before: Kills, now: Kills): readonly string[] {
  const lost = [...before.keys()].filter((property) => !now.has(property));
  const won = [...now.keys()].filter((property) => !before.has(property));
  const moved = [...now].flatMap(([property, steps]) => {
    const then = before.get(property);
    return then === undefined || then === steps
      ? []
      : [`${property}: the shortest story had ${counted(then, 'step')}, has ${steps}`];
  });
  return [
    ...(lost.length > 0 ? [`caught no more by ${lost.join(', ')}`] : []),
    ...(won.length > 0 ? [`no story is stored for ${won.join(', ')}`] : []),
    ...moved,
  ];
}

function whyMissed(
  spec: Loaded,
  { scenario, caughtBy }: KnownFault,
  result: Explored | undefined,
): string {
  if (!exists(spec, scenario)) return `no scenario is called ${scenario}`;
  const states = counted(result?.states ?? 0, 'state');
  const how =
    result?.ending === 'closed' ? `in all of ${states}` : `in ${states}, not all there are,`;
  return `${how} of ${scenario} nothing violates ${caughtBy.join(', ')}`;
}

function killsText(kills: Kills): string {
  return [...kills]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([property, steps]) => `${property} in ${steps}`)
    .join(', ');
}
