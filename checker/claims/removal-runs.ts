/**
 * Twin runs: does a removal change the results that programs will get?
 *
 *   One world becomes two: in one the thing is removed, in the other it remains. Both continue with the
 *   protocol's internal steps, in one fixed order, until no internal step is possible. Then the results
 *   are compared. Full twin runs continue from there with every choice that the removal names, the same
 *   in both, as long as there are choices. This is no proof over all continuations: the order of internal
 *   steps is fixed so that the two runs differ only in the removal.
 *
 *   A run that visits a world for a second time goes on for ever. A run that reaches its bound before it
 *   is over decides nothing.
 *
 *   A step that meets an unspecified event does not happen, here as in a search: it violates another
 *   property. If a step meets one only because of the removal, then that is the difference found.
 */
import { canonical } from '../text/canonical-json.ts';
import { plainly } from '../specification/plain-values.ts';
import type { Finding, Removal } from '../specification/property.ts';
import type { Json } from '../text/json.ts';
import type { System } from '../engine/system.ts';
import { MAX_AHEAD, type Ahead } from './look-ahead.ts';

/** Most runs are over long before: from there on it is asked whether a run goes round. */
const LONG = 64;

/** A world from which something was removed, and the same world with it. */
type Twins = { readonly gone: Int32Array; readonly stays: Int32Array };

/** The change that the removal makes, as a finding; undefined if the removal cannot happen here. */
export function whatRemovalChanges(
  system: System,
  row: Int32Array,
  removal: Removal,
  maxAhead = MAX_AHEAD,
): Ahead {
  const gone = row.slice();
  const { cell, event } = removal.removed;
  if (take(system, gone, system.delivery(cell, event)) !== 'taken') return undefined;
  const stays = row.slice();
  const first = settle(system, stays, removal, maxAhead);
  if (first !== 'over') return unless(first, removal);
  const excepted = [row, stays].map((world) => removal.excepted(system.look(world)));
  const seen = new Set<string>();
  const open: Twins[] = [{ gone, stays }];
  for (let twins = open.pop(); twins !== undefined; twins = open.pop()) {
    const settled = [twins.gone, twins.stays].map((world) =>
      settle(system, world, removal, maxAhead),
    );
    const notOver = settled.find((each) => each !== 'over');
    if (notOver !== undefined) return unless(notOver, removal);
    const key = `${twins.gone.join()};${twins.stays.join()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const different = whatDiffers(system, twins, removal, excepted);
    if (different !== undefined) return different;
    for (const delivery of choices(system, twins.stays, removal)) {
      const next = { gone: twins.gone.slice(), stays: twins.stays.slice() };
      if (take(system, next.stays, delivery) !== 'taken') continue;
      const taken = take(system, next.gone, delivery);
      if (taken !== 'taken') {
        const call = system.eventOf(delivery).type;
        const found = taken === 'refused' ? 'it waits' : 'it meets an unspecified event';
        return { subject: removal.subject, expected: `${call} goes on`, found };
      }
      open.push(next);
    }
  }
  return undefined;
}

function whatDiffers(
  system: System,
  { gone, stays }: Twins,
  { subject, results }: Removal,
  excepted: readonly Json[],
): Finding | undefined {
  const expected = results(system.look(stays), excepted);
  const found = results(system.look(gone), excepted);
  const where = (): string => `the results of a removal (${subject})`;
  for (const each of [expected, found]) plainly(each, { where, path: 'result' });
  if (canonical(expected) === canonical(found)) return undefined;
  const [there, without] = onlyDifferent(expected, found);
  return { subject, expected: canonical(there), found: canonical(without) };
}

/** The entries in which two records of results differ; other values unchanged. */
function onlyDifferent(a: Json, b: Json): readonly [Json, Json] {
  if (!isRecord(a) || !isRecord(b)) return [a, b];
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  const keys = [...names].filter((key) => textAt(a, key) !== textAt(b, key));
  const pick = (from: Record): Json =>
    Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key)));
  return [pick(a), pick(b)];
}

/** A name that is missing has none. */
function textAt(record: Record, key: string): string | undefined {
  const held = record[key];
  return held === undefined ? undefined : canonical(held);
}

type Record = { readonly [key: string]: Json };

function isRecord(value: Json): value is Record {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function choices(system: System, row: Int32Array, { continuesWith }: Removal): readonly number[] {
  if (continuesWith === undefined) return [];
  return system.protocol.cells.flatMap(({ name }, cell) =>
    [...system.offers(cell, row[cell] as number)].filter((delivery) =>
      continuesWith(name, system.eventOf(delivery)),
    ),
  );
}

type Settled = 'over' | 'goes round' | 'bound met';

/** Runs on by internal steps. A run is one way from each world: a world that comes again, comes again. */
function settle(
  system: System,
  row: Int32Array,
  { isInternal }: Removal,
  maxAhead: number,
): Settled {
  let seen: Int32Array | undefined;
  let look = LONG;
  for (let step = 0; step < maxAhead; step++) {
    if (!stepOnce(system, row, isInternal)) return 'over';
    if (seen?.every((local, cell) => local === row[cell]) === true) return 'goes round';
    if (step + 1 < look) continue;
    seen = row.slice();
    look *= 2;
  }
  return 'bound met';
}

/** If a run is not over, its results are not known. */
function unless(settled: 'goes round' | 'bound met', { subject }: Removal): Ahead {
  return settled === 'bound met'
    ? 'undecided'
    : { subject, expected: 'at rest by itself', found: 'it goes on for ever' };
}

/** Takes the first possible internal step. */
function stepOnce(system: System, row: Int32Array, isInternal: Removal['isInternal']): boolean {
  for (let cell = 0; cell < system.width; cell++) {
    for (const delivery of system.offers(cell, row[cell] as number)) {
      if (!isInternal(system.eventOf(delivery))) continue;
      if (take(system, row, delivery) === 'taken') return true;
    }
  }
  return false;
}

/** Takes a whole step; if it is not possible, the row does not change. */
function take(
  system: System,
  row: Int32Array,
  delivery: number,
): 'taken' | 'refused' | 'unspecified' {
  if (!system.perform(row, delivery)) return 'refused';
  if (system.unspecified() === undefined) return 'taken';
  system.undo(row);
  return 'unspecified';
}
