/** The ledger of a story's counts: every +1 and -1, those without their opposite, and the step at fault. */
import type { Finding } from '../../checker/specification/property.ts';
import { eventOf, type Look } from '../../checker/specification/protocol.ts';
import type { Account } from '../../checker/specification/accounts.ts';
import {
  balancesOf,
  excess,
  ownsOf,
  tracedBack,
  unbalanced,
  type Balance,
  type Unbalanced,
} from './count-balances.ts';
import type { Imbalance, Ledger } from './document.ts';
import { lostAt, type Lost } from './reference-owners.ts';
import { withoutName } from '../specification/lookup.ts';
import { lastOf, restAfter, type SteppedStory } from '../stories/worlds-by-step.ts';

type Entry = Ledger['entries'][number];

export function ledgerOf(
  story: SteppedStory,
  about: {
    readonly accounts: readonly Account[];
    readonly finding: Finding;
    /** The steps in which the variant does what the repaired one would not do. */
    readonly partedAt: readonly number[];
  },
): Ledger {
  const { accounts, finding, partedAt } = about;
  const balances = balancesOf(story, accounts);
  const atRest = restAfter(story);
  const faults = unbalanced(balances).filter(
    ({ balance: { account } }) => account.subject === finding.subject || remains(account, atRest),
  );
  const ordered = inOrder(faults, finding);
  const traces = ordered.map((fault) => tracedBack(fault, balances));
  const [first] = traces;
  return {
    entries: entriesOf(story, balances),
    imbalances: traces.map((trace) => imbalanceOf(story, trace, ordered)),
    ...(first === undefined ? {} : { culprit: culpritOf(story, first, partedAt) }),
  };
}

/** Whether it is still wrong when all activities are over: if not, it was about to be corrected. */
function remains({ count, owners }: Account, atRest: Look): boolean {
  return count(atRest) !== owners(atRest).reduce((sum, { uses }) => sum + uses, 0);
}

/**
 * The count that the finding is about comes first, then the one that went wrong first. But the count of an
 * owner comes before what it owns: if the owner's own count is wrong, the other only follows from it.
 */
function inOrder(faults: readonly Unbalanced[], { subject }: Finding): readonly Unbalanced[] {
  const rank = ({ balance, step }: Unbalanced): number =>
    balance.account.subject === subject ? -1 : step;
  const left = faults.toSorted((a, b) => rank(a) - rank(b));
  const ordered: Unbalanced[] = [];
  while (left.length > 0) {
    const free = left.findIndex((fault) => followed(fault, left) === undefined);
    ordered.push(...left.splice(Math.max(0, free), 1));
  }
  return ordered;
}

/** The count from which this one's fault follows: that of an owner, which went wrong no later. */
function followed(
  { balance, step }: Unbalanced,
  faults: readonly Unbalanced[],
): Unbalanced | undefined {
  return faults.find(
    (other) =>
      other.balance.account.cell !== balance.account.cell &&
      other.step <= step &&
      ownsOf(other.balance, balance, step),
  );
}

/**
 * The step in which the count went wrong. But if the variant did something before it that the repaired one
 * would not have done in the same world, the last of those steps: the count only shows it later.
 */
function culpritOf(
  story: SteppedStory,
  [origin]: readonly Unbalanced[],
  partedAt: readonly number[],
): Ledger['culprit'] {
  const counted = origin?.step ?? 0;
  const parted = partedAt.findLast((step) => step <= counted);
  const step = parted ?? counted;
  const { at = '', action = '' } = story.steps[step - 1] ?? {};
  const text = story.texts[step - 1]?.text ?? 'the initial world';
  return {
    step,
    at,
    action,
    text,
    by: parted === undefined ? 'count' : parted === counted ? 'both' : 'parting',
  };
}

function entriesOf(story: SteppedStory, balances: readonly Balance[]): readonly Entry[] {
  return story.texts.flatMap(({ step }) =>
    balances.flatMap((balance) => {
      const { account, counts, owned } = balance;
      const [before = 0, after = 0] = [counts[step - 1], counts[step]];
      if (before === after) return [];
      return [
        {
          step,
          host: account.host,
          object: account.subject,
          counted: account.counted,
          change: after - before,
          count: after,
          owned: owned[step] ?? 0,
          owners: ownersAt(balance, step),
          because: becauseOf(story, account.cell, step),
        },
      ];
    }),
  );
}

/** "released, closed": the events that changed this cell. */
function becauseOf({ system, worlds, steps }: SteppedStory, cell: string, step: number): string {
  const [row, taken] = [worlds[step - 1], steps[step - 1]];
  if (row === undefined || taken === undefined) return '';
  const deliveries = system.deliveriesOf(row, system.delivery(taken.at, eventOf(taken)));
  const own = deliveries.filter((each) => each.cell === cell && each.before !== each.after);
  return own.map(({ event }) => event.type).join(', ');
}

function imbalanceOf(
  story: SteppedStory,
  trace: readonly Unbalanced[],
  faults: readonly Unbalanced[],
): Imbalance {
  const fault = trace.at(-1) as Unbalanced;
  const origin = trace[0] as Unbalanced;
  const owner = followed(origin, faults);
  const last = lastOf(story);
  const { account, counts, owned } = fault.balance;
  return {
    object: account.subject,
    counted: account.counted,
    count: counts[last] ?? 0,
    owned: owned[last] ?? 0,
    owners: ownersAt(fault.balance, last),
    step: origin.step,
    path: trace.map(({ balance, step }) => ({ object: balance.account.subject, step })),
    lacks:
      owner === undefined
        ? lacks(origin.balance, origin.step)
        : `follows from ${owner.balance.account.subject}, whose own count is wrong since step ${owner.step}`,
  };
}

/** "the +1 of step 3 lacks its -1: its owner, descriptor 0 of p, is gone". */
function lacks(balance: Balance, step: number): string {
  const { counts, owned } = balance;
  const change = (counts[step] ?? 0) - (counts[step - 1] ?? 0);
  const came = (owned[step] ?? 0) - (owned[step - 1] ?? 0);
  if (excess(balance, step) > 0) {
    if (change > came && change > 0)
      return `the ${signed(change)} of step ${step} counts no new owner`;
    const lost = lostAt(balance, step).map(
      (each) => `${entryOf(each)} lacks its -1: ${each.who} is gone since step ${step}`,
    );
    return lost.length > 0 ? lost.join('; ') : `a +1 lacks its -1 since step ${step}`;
  }
  if (change < came && change < 0) {
    return `the ${signed(change)} of step ${step} is wrong: no owner has gone`;
  }
  const fresh = withoutName(ownersAt(balance, step), ownersAt(balance, step - 1));
  return `a +1 is missing: ${fresh.join(', ') || 'an owner'} is there since step ${step}, and nothing counts it`;
}

function entryOf({ made }: Lost): string {
  return made === 0 ? 'a +1 from before the story' : `the +1 of step ${made}`;
}

function ownersAt({ owners }: Balance, step: number): readonly string[] {
  return (owners[step] ?? []).map(({ who, uses }) => (uses === 1 ? who : `${who} (${uses})`));
}

export function signed(change: number): string {
  return change > 0 ? `+${change}` : String(change);
}
