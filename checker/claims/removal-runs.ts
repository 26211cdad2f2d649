/**
 * Twin runs: does taking something away change what somebody will be told?
 *
 *   From one world two are made: in one the thing is taken away, in the other it stays. Both run on
 *   by what the protocol does of itself, in one fixed order, until nothing is left to do. Then the
 *   results are compared. In full twin runs both go on from there by every choice that the removal
 *   names, the same in both, as far as there are any. Not a proof over all ways to run on: the
 *   protocol's own order is fixed so that the two differ in the removal only.
 *
 *   A run that comes to a world for a second time goes on for ever. One that meets its bound before it
 *   is over decides nothing.
 *
 *   A step that meets an event which nobody specified does not take place, here as in a search: it
 *   is the business of another property. Where only the removal makes it meet one, that is what the
 *   removal changes.
 */
import { canonical } from '../text/canonical-json.ts';
import { plainly } from '../specification/plain-values.ts';
import type { Finding, Removal } from '../specification/property.ts';
import type { Json } from '../text/json.ts';
import type { System } from '../engine/system.ts';
import { MAX_AHEAD, type Ahead } from './look-ahead.ts';

/** Most runs are over long before: from there on it is asked whether a run goes round. */
const LONG = 64;

/** A world from which something was taken away, and the same world without that. */
type Twins = { readonly gone: Int32Array; readonly stays: Int32Array };

/** What the removal changes, as a finding; nothing where the removal cannot happen here. */
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
        const found = taken === 'refused' ? 'it waits' : 'it meets an event that nobody specified';
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

/** Of two records of results, the entries that differ; anything else as it is. */
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

/** Where a run is not over nobody can say what would be told. */
function unless(settled: 'goes round' | 'bound met', { subject }: Removal): Ahead {
  return settled === 'bound met'
    ? 'undecided'
    : { subject, expected: 'at rest by itself', found: 'it goes on for ever' };
}

/** Takes the first internal step there is. */
function stepOnce(system: System, row: Int32Array, isInternal: Removal['isInternal']): boolean {
  for (let cell = 0; cell < system.width; cell++) {
    for (const delivery of system.offers(cell, row[cell] as number)) {
      if (!isInternal(system.eventOf(delivery))) continue;
      if (take(system, row, delivery) === 'taken') return true;
    }
  }
  return false;
}

/** A step as a whole; where it does not take place, the row is what it was. */
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
