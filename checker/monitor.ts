/**
 * Claims and witnesses held against rows.
 *
 *   A claim's verdict is kept by the cells it read (decisions.ts). Between two rows only the claims
 *   that ever read a changed cell are asked again: the others read what they read before.
 */
import { cellSeen, createDecisions, tableSeen, unknown } from './decisions.ts';
import type { Claim, Finding, Witness } from './property.ts';
import { whatRemovalChanges } from './removal.ts';
import type { System } from './system.ts';

export type Violation = { readonly property: string; readonly finding: Finding };

export type Monitor = {
  /** Every claim, on a row about which nothing is known. */
  readonly checkAll: (row: Int32Array, stuck: boolean) => readonly Violation[];
  /**
   * The claims that read one of these cells, on a row that differs only there from a row on which
   * every claim of kind `always` and `atRest` held. What the cells held there, where it is given,
   * spares the claims to which their views show the same as before.
   */
  readonly checkChanged: (
    row: Int32Array,
    cells: Int32Array,
    count: number,
    before?: Int32Array,
  ) => readonly Violation[];
  /** Claims of kind `whenStuck`, for a row in which nothing is enabled. */
  readonly checkStuck: (row: Int32Array) => readonly Violation[];
  /** Witnesses not yet reached. */
  readonly unreached: () => readonly Witness[];
  /** Claims whose test ran to the end at least once, by property: what a `VACUOUS` verdict rests on. */
  readonly statistics: () => { readonly evaluations: number; readonly bytes: number };
};

const none: readonly Violation[] = [];
const HOLDS = 0;
/** A claim that reads nothing (about no files, say) has one answer; any cell will do to keep it by. */
const NO_CELL = 0;

export function createMonitor(
  system: System,
  claims: readonly Claim[],
  witnesses: readonly Witness[],
): Monitor {
  const decisions = createDecisions(system.tables);
  const verdicts: (Violation | undefined)[] = [undefined];
  const verdictIds = new Map<string, number>();
  let evaluations = 0;

  const states = claims.filter(({ kind }) => kind === 'always' || kind === 'atRest').map(watched);
  const stuck = claims.filter(({ kind }) => kind === 'whenStuck').map(watched);
  const witnessed = witnesses.map((witness) => ({
    witness,
    ...watched({
      property: witness.property,
      kind: 'always',
      test: (look) =>
        witness.reached(look) ? { subject: '', expected: '', found: 'reached' } : undefined,
    }),
    reached: false,
  }));
  const removals = claims.flatMap((claim) =>
    claim.removal === undefined ? [] : [{ ...watched(claim), removal: claim.removal }],
  );
  const asked: readonly Watched[] = [...states, ...witnessed];
  let remaining = witnessed.length;

  /** For each cell, the claims that ever looked at it, each with the view: claim, table. */
  const watchers: number[][] = Array.from({ length: system.width }, () => []);
  const stamps = new Int32Array(asked.length);
  let stamp = 0;

  return { checkAll, checkChanged, checkStuck, unreached, statistics };

  function checkAll(row: Int32Array, isStuck: boolean): readonly Violation[] {
    let found = none;
    for (let index = 0; index < asked.length; index++) found = ask(index, row, found);
    if (isStuck) found = [...found, ...checkStuck(row)];
    return removals.length === 0 ? found : [...found, ...checkRemovals(row)];
  }

  function checkChanged(
    row: Int32Array,
    cells: Int32Array,
    count: number,
    before?: Int32Array,
  ): readonly Violation[] {
    let found = none;
    stamp++;
    for (let index = 0; index < count; index++) {
      const cell = cells[index] as number;
      const watching = watchers[cell] as number[];
      for (let each = 0; each < watching.length; each += 2) {
        const claim = watching[each] as number;
        if (stamps[claim] === stamp) continue;
        const table = watching[each + 1] as number;
        if (table > 0 && before !== undefined && showsTheSame(table, before[index], row[cell])) {
          continue;
        }
        stamps[claim] = stamp;
        found = ask(claim, row, found);
      }
    }
    return removals.length === 0 ? found : [...found, ...checkRemovals(row)];
  }

  function showsTheSame(
    table: number,
    before: number | undefined,
    now: number | undefined,
  ): boolean {
    const shown = system.tables[table] as Int32Array;
    return shown[now as number] === shown[before as number] && shown[now as number] !== 0;
  }

  function checkStuck(row: Int32Array): readonly Violation[] {
    return stuck.flatMap((claim) => verdicts[verdictOf(claim, row, -1)] ?? []);
  }

  /** Whether a removal applies is kept like any verdict; what it changes must be run. */
  function checkRemovals(row: Int32Array): readonly Violation[] {
    return removals.flatMap((claim) => {
      if (verdictOf(claim, row, -1) === HOLDS) return [];
      const finding = whatRemovalChanges(system, row, claim.removal);
      return finding === undefined ? [] : [{ property: claim.property, finding }];
    });
  }

  function ask(index: number, row: Int32Array, found: readonly Violation[]): readonly Violation[] {
    const claim = asked[index] as Watched;
    const verdict = verdictOf(claim, row, index);
    if (verdict === HOLDS) return found;
    if (index >= states.length) {
      markReached(index - states.length);
      return found;
    }
    return [...found, verdicts[verdict] as Violation];
  }

  function markReached(index: number): void {
    const entry = witnessed[index];
    if (entry === undefined || entry.reached) return;
    entry.reached = true;
    remaining--;
    // New lists, because `checkChanged` may be in the middle of one.
    watchers.forEach((watching, cell) => {
      watchers[cell] = watching.filter((_, at) => watching[at & ~1] !== states.length + index);
    });
  }

  function verdictOf(claim: Watched, row: Int32Array, index: number): number {
    if (claim.question < 0) return firstVerdict(claim, row, index);
    const known = decisions.ask(claim.question, row);
    return known === unknown ? evaluate(claim, row, index) : known;
  }

  /** A claim's first read is always the same cell, but only running it tells which. */
  function firstVerdict(claim: Watched, row: Int32Array, index: number): number {
    const sights: number[] = [];
    claim.test(system.look(row, (sight) => sights.push(sight)));
    claim.question = decisions.question(sights[0] ?? NO_CELL);
    return evaluate(claim, row, index);
  }

  function evaluate(claim: Watched, row: Int32Array, index: number): number {
    evaluations++;
    const sights: number[] = [];
    const finding = claim.test(
      system.look(row, (sight) => {
        if (!sights.includes(sight)) sights.push(sight);
      }),
    );
    if (sights.length === 0) sights.push(NO_CELL);
    if (index >= 0) watch(index, sights);
    const verdict = finding === undefined ? HOLDS : verdictFor(claim.property, finding);
    decisions.learn(claim.question, row, sights, verdict);
    return verdict;
  }

  function watch(index: number, sights: readonly number[]): void {
    if (index >= states.length && witnessed[index - states.length]?.reached === true) return;
    for (const sight of sights) {
      const watching = watchers[cellSeen(sight)] as number[];
      const table = tableSeen(sight);
      const known = watching.some(
        (claim, at) => at % 2 === 0 && claim === index && watching[at + 1] === table,
      );
      if (!known) watching.push(index, table);
    }
  }

  function verdictFor(property: string, finding: Finding): number {
    const key = JSON.stringify([property, finding]);
    const known = verdictIds.get(key);
    if (known !== undefined) return known;
    verdictIds.set(key, verdicts.length);
    verdicts.push({ property, finding });
    return verdicts.length - 1;
  }

  function unreached(): readonly Witness[] {
    return remaining === 0
      ? []
      : witnessed.filter(({ reached }) => !reached).map(({ witness }) => witness);
  }

  function statistics(): { evaluations: number; bytes: number } {
    return { evaluations, bytes: decisions.size().bytes };
  }
}

type Watched = Claim & { question: number };

function watched(claim: Claim): Watched {
  return { ...claim, question: -1 };
}
