/**
 * Evaluates claims about steps, on one step after another.
 *
 *   A verdict is stored by what the claim read in the worlds before and after the step
 *   (engine/decision-trees.ts, over a row of both worlds, one after the other). If the claim also reads
 *   the delivery, it has a tree for each delivery; if it reads the cascade, a tree for each cascade. Most
 *   claims read neither and need one tree.
 */
import { createDecisions, MOST_CELLS, unknown } from '../engine/decision-trees.ts';
import { narrowed } from '../engine/tracked-reads.ts';
import type { System } from '../engine/system.ts';
import { faultless, ModelFault } from '../specification/specification-error.ts';
import type { Claim, StepClaim, StepTaken } from '../specification/property.ts';
import { HOLDS, type VerdictBook, type Violation } from './verdict-book.ts';

export type StepJudge = {
  /** Whether there is any claim about steps; without one, this judge need not be called. */
  readonly watchesSteps: boolean;
  /** Sets the row from which the next steps are taken. */
  readonly stepsFrom: (row: Int32Array) => void;
  /**
   * The claims that a step from that row violates. The delivery has just been performed on the row and
   * not undone: the changes are read from the system.
   */
  readonly checkStep: (row: Int32Array, delivery: number) => readonly Violation[];
  readonly size: () => { readonly evaluations: number; readonly bytes: number };
};

/** The parts of a step that a claim has ever read, beside the two worlds; its trees are kept apart by them. */
const NOTHING = 0;
const THE_STEP = 1;
const THE_CASCADE = 2;

type Asked = {
  readonly property: string;
  readonly onStep: StepClaim;
  reads: number;
  /** By the parts of the step that the claim reads. */
  questions: number[];
};

const none: readonly Violation[] = [];
const NO_QUESTION = -1;
/** A claim that reads nothing has one answer; it is stored by any cell. */
const NO_CELL = 0;

// oxlint-disable-next-line max-lines-per-function -- one judge: its functions share the row of both worlds
export function createStepJudge(
  system: System,
  claims: readonly Claim[],
  verdicts: VerdictBook,
): StepJudge {
  const asked = claims.flatMap(({ property, onStep }): readonly Asked[] =>
    onStep === undefined ? [] : [{ property, onStep, reads: NOTHING, questions: [] }],
  );
  const { width } = system;
  if (asked.length > 0 && 2 * width > MOST_CELLS) {
    const found = `${system.protocol.name} has ${width}`;
    throw new ModelFault(`claims about steps: expected at most ${MOST_CELLS / 2} cells, ${found}`);
  }
  const decisions = createDecisions(system.views);
  /** The world before the step, and the one after it. */
  const both = new Int32Array(asked.length === 0 ? 0 : 2 * width);
  const [before, after] = [both.subarray(0, width), both.subarray(width)];
  const cascades = new Map<string, number>();
  let evaluations = 0;
  return {
    watchesSteps: asked.length > 0,
    stepsFrom,
    checkStep,
    size: () => ({ evaluations, bytes: decisions.size().bytes }),
  };

  function stepsFrom(row: Int32Array): void {
    if (asked.length === 0) return;
    before.set(row);
    after.set(row);
  }

  function checkStep(row: Int32Array, delivery: number): readonly Violation[] {
    if (asked.length === 0) return none;
    const { cells, count } = system.changes;
    for (let index = 0; index < count; index++) {
      const cell = cells[index] as number;
      after[cell] = row[cell] as number;
    }
    let found = none;
    for (let index = 0; index < asked.length; index++) {
      const verdict = verdictOf(asked[index] as Asked, delivery);
      if (verdict !== HOLDS) found = [...found, verdicts.at(verdict) as Violation];
    }
    for (let index = 0; index < count; index++) {
      const cell = cells[index] as number;
      after[cell] = before[cell] as number;
    }
    return found;
  }

  function verdictOf(claim: Asked, delivery: number): number {
    const question = claim.questions[keyOf(claim, delivery)] ?? NO_QUESTION;
    const known = question === NO_QUESTION ? unknown : decisions.ask(question, both);
    return known === unknown ? evaluate(claim, delivery) : known;
  }

  /** The parts of the step that select a tree before any cell is read. */
  function keyOf({ reads }: Asked, delivery: number): number {
    if (reads === NOTHING) return 0;
    if (reads === THE_STEP) return delivery;
    const cascade = system.trail(before, delivery).join();
    const known = cascades.get(cascade);
    if (known !== undefined) return known;
    cascades.set(cascade, cascades.size);
    return cascades.size - 1;
  }

  function evaluate(claim: Asked, delivery: number): number {
    evaluations++;
    const sights: number[] = [];
    let reads = NOTHING;
    const finding = faultless(
      () =>
        claim.onStep(
          narrowed(system.look(before, note), system.holdMore),
          stepTaken(delivery, (read) => {
            reads = Math.max(reads, read);
          }),
          // The lowest bits of a sight are the cell's number: this is the same sight in the world after.
          narrowed(
            system.look(after, (sight) => note(sight + width)),
            system.holdMore,
          ),
        ),
      () => `property ${claim.property}`,
    );
    if (reads > claim.reads) {
      claim.reads = reads;
      claim.questions = [];
    }
    const verdict = verdicts.numberOf(claim.property, finding);
    if (sights.length === 0) sights.push(NO_CELL);
    decisions.learn(questionFor(claim, delivery, sights), both, sights, verdict);
    return verdict;

    function note(sight: number): void {
      if (!sights.includes(sight)) sights.push(sight);
    }
  }

  /** For one delivery, a claim always reads the same cell first. */
  function questionFor(
    claim: Asked,
    delivery: number,
    [firstSight = NO_CELL]: readonly number[],
  ): number {
    const key = keyOf(claim, delivery);
    const { questions } = claim;
    while (questions.length <= key) questions.push(NO_QUESTION);
    const known = questions[key] as number;
    if (known !== NO_QUESTION) return known;
    const question = decisions.question(firstSight);
    questions[key] = question;
    return question;
  }

  function stepTaken(delivery: number, onRead: (read: number) => void): StepTaken {
    return {
      get cell() {
        onRead(THE_STEP);
        return nameOf(delivery);
      },
      get event() {
        onRead(THE_STEP);
        return system.eventOf(delivery);
      },
      get delivered() {
        onRead(THE_CASCADE);
        return system
          .trail(before, delivery)
          .map((each) => ({ to: nameOf(each), event: system.eventOf(each) }));
      },
    };
  }

  function nameOf(delivery: number): string {
    return system.protocol.cells[system.cellOf(delivery)]?.name ?? '';
  }
}
