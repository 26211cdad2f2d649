/** The shipped faults: each must be caught again, by whom it was caught, in as many steps. */
import { kernels } from '../../model/kernels/all.ts';
import type { ShippedKernel } from '../../model/kernels/shipped.ts';
import { counted } from '../text-tables.ts';
import { exists, type Expected } from './expected.ts';
import { isMade } from './judge-traces.ts';
import { goneKernels } from './missing-kernels.ts';
import type { Explored, Measured } from './measurements.ts';
import { undecided, type Row } from './row.ts';

/** By property, the steps of a shortest story. */
type Kills = ReadonlyMap<string, number>;

export function faultRows(
  expected: Expected,
  { faults }: Measured,
  chosen: readonly string[],
): readonly Row[] {
  const { stored } = expected;
  const rows = kernels
    .filter(({ caughtBy }) => caughtBy.length > 0)
    .filter(({ scenario }) => chosen.length === 0 || chosen.includes(scenario))
    .map((fault) => {
      const before = new Map(
        stored.flatMap((each) =>
          'trace' in each &&
          isMade(each.file) &&
          each.trace.verdict === 'violated' &&
          isShortestOf(fault, each.trace)
            ? [[each.trace.property, each.trace.steps.length]]
            : [],
        ),
      );
      return faultRow(
        fault,
        before,
        faults.find(({ kernel }) => kernel === fault.id),
      );
    });
  return [
    ...rows,
    ...[...goneKernels(expected)].map(([id, files]) => goneRow(id, files)),
    ...forgotten(stored).map(forgottenRow),
  ];
}

/** Kernels whose faults are stored as stories, and that nobody expects to be caught any more. */
function forgotten(stored: Expected['stored']): readonly string[] {
  const told = stored.flatMap((each) =>
    'trace' in each && each.trace.verdict === 'violated' && isMade(each.file)
      ? [each.trace.kernel]
      : [],
  );
  return [...new Set(told)].filter(
    (id) => !kernels.some((fault) => fault.id === id && fault.caughtBy.length > 0),
  );
}

function forgottenRow(id: string): Row {
  return {
    ...goneRow(id, []),
    before: 'stories are stored',
    now: 'no property is expected to catch it',
    why: 'it names no property in caughtBy',
  };
}

function goneRow(id: string, files: readonly string[]): Row {
  return {
    id,
    what: 'fault',
    kernel: id,
    scenario: '',
    verdict: 'gone',
    holds: false,
    stored: 'absent',
    canBeAccepted: true,
    before: `a shipped fault, ${counted(files.length)} stored ${files.length === 1 ? 'story' : 'stories'}`,
    now: `kernel ${id} is gone`,
    why: `no kernel is called ${id}, and stories of it are stored: ${files.join(', ')}`,
  };
}

type StoryOf = {
  readonly kernel: string;
  readonly scenario: { readonly name: string };
  readonly certificate: { readonly kind: string };
};

/** A story that says of itself that there is no shorter one. */
function isShortestOf({ id, scenario }: ShippedKernel, story: StoryOf): boolean {
  const { kernel, certificate } = story;
  return kernel === id && story.scenario.name === scenario && certificate.kind === 'shortest';
}

function faultRow(fault: ShippedKernel, before: Kills, result: Explored | undefined): Row {
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
    kernel: id,
    scenario,
    ...(first === undefined ? {} : { property: first[0] }),
    verdict: isCaught ? caught : isBroken ? 'broken' : 'MISSED',
    holds: isCaught && why.length === 0,
    stored: before.size === 0 ? 'new' : why.length === 0 ? 'unchanged' : 'updated',
    canBeAccepted: isCaught,
    before: before.size === 0 ? 'no story is stored' : killsText(before),
    now: isCaught ? killsText(now) : isBroken ? 'the model throws' : 'caught by nobody',
    why: isBroken ? (result.why ?? '') : isCaught ? why.join('; ') : whyMissed(fault, result),
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

function whyMissed({ scenario, caughtBy }: ShippedKernel, result: Explored | undefined): string {
  if (!exists(scenario)) return `no scenario is called ${scenario}`;
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
