/**
 * Evaluates claims and witnesses on rows.
 *
 *   A claim's verdict is stored by the local states of the cells that it read (engine/decision-trees.ts).
 *   Between two rows only the claims that ever read a changed cell are evaluated again: the others would
 *   read the same as before.
 */
import { createAffected } from './affected-claims.ts';
import { createSample, type AnswerCounts } from '../engine/asked-twice.ts';
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
  /** Evaluates every claim, on a row about which nothing is known. */
  readonly checkAll: (row: Int32Array, stuck: boolean) => readonly Violation[];
  /** The same on an initial row: with the claims of kind `atStart`. */
  readonly checkStart: (row: Int32Array) => readonly Violation[];
  /**
   * Checks the claims that read one of these cells. The row must differ from an earlier one only in
   * these cells, and on that one every claim of kind `always` and `atRest` must have held. `before` is
   * what the cells contained there; claims that see no difference are skipped. A cell may occur twice;
   * its first entry counts.
   */
  readonly checkChanged: (
    row: Int32Array,
    cells: Int32Array,
    count: number,
    before: Int32Array,
  ) => readonly Violation[];
  /** Evaluates the claims of kind `whenStuck`, on a terminal row. */
  readonly checkStuck: (row: Int32Array) => readonly Violation[];
  /** Whether there is a claim about terminal rows. */
  readonly watchesEnd: boolean;
  /** The violation of `no-deadlock` on a terminal row, unless that property is turned off. */
  readonly checkDeadlock: (row: Int32Array) => readonly Violation[];
  /** Properties of which some claim, looking ahead, met its bound: they are not decided. */
  readonly undecided: () => readonly string[];
  /** Witnesses not yet reached. */
  readonly unreached: () => readonly Witness[];
  readonly statistics: () => {
    readonly evaluations: number;
    /** How many of these were computed again: see engine/asked-twice.ts. */
    readonly asked: AnswerCounts;
    readonly bytes: number;
  };
};

export type MonitorOptions = {
  /** The largest number of a change that a claim is marked with; then the marks begin again. */
  readonly lastStamp?: number;
};

const none: readonly Violation[] = [];
/** A claim that reads nothing (about no files, say) has one answer; it is stored by any cell. */
const NO_CELL = 0;

// oxlint-disable-next-line max-lines-per-function -- one monitor: its functions share the marks and the row at hand
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

  /** For each cell, the claims that ever read it, by view. */
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

  /** The claims that were just evaluated, in their own order, not in the order of the changed cells. */
  function askStamped(row: Int32Array): readonly Violation[] {
    let found = none;
    for (let index = 0; index < asked.length; index++) {
      if (stamps[index] === stamp) found = ask(index, row, found);
    }
    return found;
  }

  /** The claims that read this cell through a view with another result now. */
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

  /** Whether a removal applies is stored like any verdict; its consequences must be run. */
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

  /** A function of its own, because it is rare and the frequent path should stay short. */
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

  /** A claim always reads the same cell first, but only a run shows which. */
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

  function statistics(): { evaluations: number; asked: AnswerCounts; bytes: number } {
    const ofSteps = steps.size();
    return {
      evaluations: evaluations + ofSteps.evaluations,
      asked: sample.counts(),
      bytes: decisions.size().bytes + ofSteps.bytes,
    };
  }
}

/** The value that a claim returned, of any type. */
function textOf(finding: unknown): string {
  return JSON.stringify(finding) ?? 'nothing';
}

/** Claims that read a cell through one view, or all of it. */
type Watchers = { readonly table: number; readonly claims: number[] };

type Watched = Claim & { question: number };

function watched(claim: Claim): Watched {
  return { ...claim, question: -1 };
}
