/**
 * Counts and their owners, step by step, and the steps after which they differ until the end.
 *
 *   A count can differ from its owners because another count was corrected at its expense (a client with
 *   one use too few is removed from the list, and its file then has one too few). Then the fault is in the
 *   step where that other count went wrong: the difference is followed back.
 */
import type { Account, Owner } from '../../checker/specification/accounts.ts';
import { lookAfter, type SteppedStory } from '../stories/worlds-by-step.ts';

export type Balance = {
  readonly account: Account;
  /** The owners of what is counted, after each step. */
  readonly owners: readonly (readonly Owner[])[];
  /** After each step; at 0, in the initial world. */
  readonly counts: readonly number[];
  readonly owned: readonly number[];
};

/** A balance that is not zero, from this step to the end or to the step that passed it on. */
export type Unbalanced = { readonly balance: Balance; readonly step: number };

export function balancesOf(story: SteppedStory, accounts: readonly Account[]): readonly Balance[] {
  const looks = story.worlds.map((_, step) => lookAfter(story, step));
  return accounts.map((account) => {
    const owners = looks.map((look) => account.owners(look));
    return {
      account,
      owners,
      counts: looks.map((look) => account.count(look)),
      owned: owners.map((each) => each.reduce((sum, { uses }) => sum + uses, 0)),
    };
  });
}

/** The balances that are not zero at the end, each with the step after which they remained so. */
export function unbalanced(balances: readonly Balance[]): readonly Unbalanced[] {
  return balances.flatMap((balance) => {
    const last = balance.counts.length - 1;
    return excess(balance, last) === 0 ? [] : [{ balance, step: beginOf(balance, last) }];
  });
}

/** The path of the difference: the count that went wrong first, then those that it was passed on to. */
export function tracedBack(fault: Unbalanced, balances: readonly Balance[]): readonly Unbalanced[] {
  const { balance, step } = fault;
  const change = excess(balance, step) - excess(balance, step - 1);
  const giver = balances.find(
    (other) =>
      other.account.counted === balance.account.counted &&
      isNeighbor(other, balance, step - 1) &&
      excess(other, step - 1) !== 0 &&
      excess(other, step) - excess(other, step - 1) === -change,
  );
  if (giver === undefined) return [fault];
  const before = { balance: giver, step: beginOf(giver, step - 1) };
  return [...tracedBack(before, balances), fault];
}

/** Whether the first owned something that the second counts, just before or after this step. */
export function ownsOf(owner: Balance, { owners }: Balance, step: number): boolean {
  return [step - 1, step].some((at) => owners[at]?.some(({ cell }) => cell === owner.account.cell));
}

/** The number that is counted without an owner; negative if owners are not counted. */
export function excess({ counts, owned }: Balance, step: number): number {
  return (counts[step] ?? 0) - (owned[step] ?? 0);
}

/** Whether one of the two owns what the other counts. */
function isNeighbor(a: Balance, b: Balance, step: number): boolean {
  return isOwner(a, b) || isOwner(b, a);

  function isOwner(owner: Balance, { owners }: Balance): boolean {
    return owners[step]?.some(({ cell }) => cell === owner.account.cell) === true;
  }
}

function beginOf(balance: Balance, last: number): number {
  let step = last;
  while (step > 0 && excess(balance, step - 1) !== 0) step--;
  return step;
}
