/**
 * Claims and witnesses held against rows.
 *
 *   A claim's verdict is kept by the cells it read (engine/decision-trees.ts). Between two rows only the claims
 *   that ever read a changed cell are asked again: the others read what they read before.
 */
import { createAffected } from './affected-claims.ts';
import { createSample, type Counts } from '../engine/asked-twice.ts';
import {
  cellSeen,
  createDecisions,
  ReadOtherwise,
  tableSeen,
  unknown,
  WHOLE,
} from '../engine/decision-trees.ts';
import { whyNoAnswer } from '../specification/given-values.ts';
import { LAST_ROUND } from '../storage/integer-set.ts';
import { claimProblems } from '../specification/property-problems.ts';
import { faultless, Misgiven, ModelFault } from '../specification/specification-error.ts';
import { narrowed } from '../engine/tracked-reads.ts';
import type { Claim, Witness } from '../specification/property.ts';
import { whatRemovalChanges } from './removal-runs.ts';
import { createRestJudge } from './comes-to-rest.ts';
import type { Ahead } from './look-ahead.ts';
import { deadlockClaim, deadlockIn } from './deadlock.ts';
import { createStepJudge, type StepJudge } from './step-claims.ts';
import type { System } from '../engine/system.ts';
import { createVerdictBook, HOLDS, sound, type Violation } from './verdict-book.ts';

export type { Violation } from './verdict-book.ts';

export type Monitor = Omit<StepJudge, 'size'> & {
  /** Every claim, on a row about which nothing is known. */
  readonly checkAll: (row: Int32Array, stuck: boolean) => readonly Violation[];
  /** The same on a row in which the protocol begins: with those of kind `atStart`. */
  readonly checkStart: (row: Int32Array) => readonly Violation[];
  /**
   * The claims that read one of these cells, on a row that differs only there from a row on which
   * every claim of kind `always` and `atRest` held. What the cells held there spares the claims to
   * which they show the same as before. A cell may stand there twice: it held the first.
   */
  readonly checkChanged: (
    row: Int32Array,
    cells: Int32Array,
    count: number,
    before: Int32Array,
  ) => readonly Violation[];
  /** Claims of kind `whenStuck`, for a row in which nothing is enabled. */
  readonly checkStuck: (row: Int32Array) => readonly Violation[];
  /** Whether anybody wants to know of rows in which nothing is enabled. */
  readonly watchesEnd: boolean;
  /** For such a row, the violation of `no-deadlock`: whatever is claimed, unless it is turned off. */
  readonly checkDeadlock: (row: Int32Array) => readonly Violation[];
  /** Properties of which some claim, looking ahead, met its bound: they are not decided. */
  readonly undecided: () => readonly string[];
  /** Witnesses not yet reached. */
  readonly unreached: () => readonly Witness[];
  readonly statistics: () => {
    readonly evaluations: number;
    /** How many of these were asked for again: see engine/asked-twice.ts. */
    readonly asked: Counts;
    readonly bytes: number;
  };
};

export type MonitorOptions = {
  /** The largest number of a change that a claim is marked with; then the marks begin anew. */
  readonly lastStamp?: number;
};

const none: readonly Violation[] = [];
/** A claim that reads nothing (about no files, say) has one answer; any cell will do to keep it by. */
const NO_CELL = 0;

export function createMonitor(
  system: System,
  claims: readonly Claim[],
  witnesses: readonly Witness[],
  { lastStamp = LAST_ROUND }: MonitorOptions = {},
): Monitor {
  const [problem] = claimProblems(claims, witnesses);
  if (problem !== undefined) throw new ModelFault(problem);
  const decisions = createDecisions(system.views);
  const verdicts = createVerdictBook();
  const steps = createStepJudge(system, claims, verdicts);
  let evaluations = 0;
  const sample = createSample();

  const states = claims.filter(({ kind }) => kind === 'always' || kind === 'atRest').map(watched);
  const stuck = claims.filter(({ kind }) => kind === 'whenStuck').map(watched);
  const starts = claims.filter(({ kind }) => kind === 'atStart').map(watched);
  const mayNotStop = deadlockClaim(system.protocol);
  const deadlock = mayNotStop && watched(mayNotStop);
  const witnessed = witnesses.map((witness) => ({
    witness,
    ...watched({
      property: witness.property,
      kind: 'always',
      test: (look) => {
        const isReached = witness.reached(look);
        const why = whyNoAnswer(isReached, 'its witness');
        if (why !== undefined) throw new Misgiven(why);
        return isReached ? { subject: '', expected: '', found: 'reached' } : undefined;
      },
    }),
    reached: false,
  }));
  const removals = claims.flatMap((claim) =>
    claim.removal === undefined ? [] : [{ ...watched(claim), removal: claim.removal }],
  );
  const rests = claims
    .filter(({ kind }) => kind === 'comesToRest')
    .map(({ property, maxAhead }) => ({ property, judge: createRestJudge(system, maxAhead) }));
  const undecided = new Set<string>();
  /** Claims that a look at one state does not answer: the checker runs on from it. */
  const looksAhead = removals.length + rests.length > 0;
  const asked: readonly Watched[] = [...states, ...witnessed];
  let remaining = witnessed.length;

  /** For each cell, who ever looked at it, by what they looked through. */
  const watchers: Watchers[][] = Array.from({ length: system.width }, () => []);
  const affected = createAffected(findAffected);
  const stamps = new Int32Array(asked.length);
  let stamp = 0;

  return {
    checkAll,
    checkStart,
    checkChanged,
    checkStuck,
    watchesEnd: stuck.length > 0 || deadlock !== undefined,
    checkDeadlock,
    watchesSteps: steps.watchesSteps,
    stepsFrom: steps.stepsFrom,
    checkStep: steps.checkStep,
    undecided: () => [...undecided],
    unreached,
    statistics,
  };

  function checkAll(row: Int32Array, isStuck: boolean): readonly Violation[] {
    let found = none;
    for (let index = 0; index < asked.length; index++) found = ask(index, row, found);
    if (isStuck) found = [...found, ...checkStuck(row)];
    return looksAhead ? [...found, ...checkAhead(row)] : found;
  }

  function checkStart(row: Int32Array): readonly Violation[] {
    return [...checkAll(row, false), ...whatFails(starts, row)];
  }

  function checkChanged(
    row: Int32Array,
    cells: Int32Array,
    count: number,
    before: Int32Array,
  ): readonly Violation[] {
    let found = none;
    if (stamp === lastStamp) beginStamps();
    stamp++;
    for (let index = 0; index < count; index++) {
      const cell = cells[index] as number;
      const touched = affected.by(cell, before[index] as number, row[cell] as number);
      for (let each = 0; each < touched.length; each++) {
        const claim = touched[each] as number;
        if (stamps[claim] === stamp) continue;
        stamps[claim] = stamp;
        found = ask(claim, row, found);
      }
    }
    if (found.length > 1) found = askStamped(row);
    return looksAhead ? [...found, ...checkAhead(row)] : found;
  }

  function beginStamps(): void {
    stamps.fill(0);
    stamp = 0;
  }

  /** The claims just asked, in their own order: which cell changed first is nobody's business. */
  function askStamped(row: Int32Array): readonly Violation[] {
    let found = none;
    for (let index = 0; index < asked.length; index++) {
      if (stamps[index] === stamp) found = ask(index, row, found);
    }
    return found;
  }

  /** Those that looked at this cell through a view which shows another thing now. */
  function findAffected(cell: number, before: number, now: number): readonly number[] {
    const looking = (watchers[cell] as Watchers[]).filter(({ table }) =>
      table === WHOLE ? before !== now : system.show(table, before) !== system.show(table, now),
    );
    return [...new Set(looking.flatMap(({ claims: watching }) => watching))];
  }

  function checkStuck(row: Int32Array): readonly Violation[] {
    return whatFails(stuck, row);
  }

  function checkDeadlock(row: Int32Array): readonly Violation[] {
    if (deadlock === undefined || verdictOf(deadlock, row, -1) === HOLDS) return none;
    return [deadlockIn(system, row)];
  }

  function whatFails(these: readonly Watched[], row: Int32Array): readonly Violation[] {
    return these.flatMap((claim) => verdicts.at(verdictOf(claim, row, -1)) ?? []);
  }

  function checkAhead(row: Int32Array): readonly Violation[] {
    return [...checkRemovals(row), ...checkRests(row)];
  }

  function checkRests(row: Int32Array): readonly Violation[] {
    return rests.flatMap(({ property, judge }) => foundAhead(property, judge(row)));
  }

  /** Whether a removal applies is kept like any verdict; what it changes must be run. */
  function checkRemovals(row: Int32Array): readonly Violation[] {
    return removals.flatMap((claim) => {
      const { property, removal, maxAhead } = claim;
      if (verdictOf(claim, row, -1) === HOLDS) return [];
      const found = faultless(
        () => whatRemovalChanges(system, row, removal, maxAhead),
        () => `property ${property}, a removal,`,
      );
      return foundAhead(property, found);
    });
  }

  function foundAhead(property: string, found: Ahead): readonly Violation[] {
    if (found === 'undecided') undecided.add(property);
    if (found === undefined || found === 'undecided') return none;
    return [{ property, finding: sound(property, found) }];
  }

  function ask(index: number, row: Int32Array, found: readonly Violation[]): readonly Violation[] {
    const verdict = verdictOf(asked[index] as Watched, row, index);
    return verdict === HOLDS ? found : foundBy(index, verdict, found);
  }

  /** Apart, because it is rare, and what is asked often should stay short. */
  function foundBy(
    index: number,
    verdict: number,
    found: readonly Violation[],
  ): readonly Violation[] {
    if (index >= states.length) {
      markReached(index - states.length);
      return found;
    }
    return [...found, verdicts.at(verdict) as Violation];
  }

  function markReached(index: number): void {
    const entry = witnessed[index];
    if (entry === undefined || entry.reached) return;
    entry.reached = true;
    remaining--;
    affected.forget();
    // New lists, because `checkChanged` may be in the middle of one.
    watchers.forEach((ofCell, cell) => {
      watchers[cell] = ofCell.map(({ table, claims: watching }) => ({
        table,
        claims: watching.filter((claim) => claim !== states.length + index),
      }));
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
    faultless(
      () =>
        claim.test(
          narrowed(
            system.look(row, (sight) => sights.push(sight)),
            system.holdMore,
          ),
        ),
      () => `property ${claim.property}`,
    );
    claim.question = decisions.question(sights[0] ?? NO_CELL);
    return evaluate(claim, row, index);
  }

  function evaluate(claim: Watched, row: Int32Array, index: number): number {
    evaluations++;
    const sights: number[] = [];
    const looked = narrowed(
      system.look(row, (sight) => {
        if (!sights.includes(sight)) sights.push(sight);
      }),
      system.holdMore,
    );
    const who = (): string => `property ${claim.property}`;
    const finding = faultless(() => claim.test(looked), who);
    if (sights.length === 0) sights.push(NO_CELL);
    if (index >= 0) watch(index, sights);
    const verdict = verdicts.numberOf(claim.property, finding);
    if (sample.isDue()) {
      const then = row.slice();
      const again = (): string =>
        faultless(() => textOf(claim.test(narrowed(system.look(then), system.holdMore))), who);
      sample.askAgain(textOf(finding), again, () => `what ${who()} finds`);
    }
    try {
      decisions.learn(claim.question, row, sights, verdict);
    } catch (error) {
      if (error instanceof ReadOtherwise) throw system.readOtherwise(error, who());
      throw error;
    }
    return verdict;
  }

  function watch(index: number, sights: readonly number[]): void {
    if (index >= states.length && witnessed[index - states.length]?.reached === true) return;
    for (const sight of sights) {
      const ofCell = watchers[cellSeen(sight)] as Watchers[];
      const table = tableSeen(sight);
      const known = ofCell.find((watching) => watching.table === table);
      if (known?.claims.includes(index) === true) continue;
      if (known === undefined) ofCell.push({ table, claims: [index] });
      else known.claims.push(index);
      affected.forget();
    }
  }

  function unreached(): readonly Witness[] {
    return remaining === 0
      ? []
      : witnessed.filter(({ reached }) => !reached).map(({ witness }) => witness);
  }

  function statistics(): { evaluations: number; asked: Counts; bytes: number } {
    const ofSteps = steps.size();
    return {
      evaluations: evaluations + ofSteps.evaluations,
      asked: sample.counts(),
      bytes: decisions.size().bytes + ofSteps.bytes,
    };
  }
}

/** What a claim returned, whatever it was. */
function textOf(finding: unknown): string {
  return JSON.stringify(finding) ?? 'nothing';
}

/** Claims that look at a cell through one view, or at all of it. */
type Watchers = { readonly table: number; readonly claims: number[] };

type Watched = Claim & { question: number };

function watched(claim: Claim): Watched {
  return { ...claim, question: -1 };
}
