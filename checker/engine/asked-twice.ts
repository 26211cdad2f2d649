/**
 * Answers that are computed again: a stored answer must equal the answer at any later time.
 *
 *   With a hidden counter, a clock or a random number an answer depends on more than its inputs, and
 *   the stored answer is wrong. So a sample of the answers is computed again: at once, and once more
 *   after some others. The sample is always the same: the first answers, then one in so many. The
 *   sample misses functions that are rarely impure, or change from day to day.
 */
import { ModelFault } from '../specification/specification-error.ts';
import { clipped } from '../text/printable.ts';

export type Sample = {
  /** AnswerCounts one more answer, and says whether it belongs to the sample. */
  readonly isDue: () => boolean;
  /** The answer as a text, the function that computes it again, and the name of the function's owner. */
  readonly askAgain: (first: string, again: () => string, where: () => string) => void;
  readonly counts: () => AnswerCounts;
};

/** Number of answers, and number of those that were computed again. */
export type AnswerCounts = { readonly answers: number; readonly twice: number };

type Asked = {
  readonly first: string;
  readonly again: () => string;
  readonly where: () => string;
};

/** The sum over several samples. */
export function summedCounts(samples: readonly AnswerCounts[]): AnswerCounts {
  const sum = (of: (counts: AnswerCounts) => number): number =>
    samples.reduce((total, counts) => total + of(counts), 0);
  return { answers: sum(({ answers }) => answers), twice: sum(({ twice }) => twice) };
}

const FIRST = 32;
const EVERY = 64;
/** After so many others have been computed again, an answer is computed for a third time. */
const LATER = 8;

export function createSample(): Sample {
  let answers = 0;
  let twice = 0;
  const waiting: Asked[] = [];
  return { isDue, askAgain, counts: () => ({ answers, twice }) };

  function isDue(): boolean {
    answers++;
    return answers <= FIRST || answers % EVERY === 0;
  }

  function askAgain(first: string, again: () => string, where: () => string): void {
    twice++;
    const asked = { first, again, where };
    compare(asked);
    waiting.push(asked);
    if (waiting.length <= LATER) return;
    const earliest = waiting.shift();
    if (earliest !== undefined) compare(earliest);
  }
}

function compare({ first, again, where }: Asked): void {
  const second = again();
  if (second === first) return;
  const [one, other] = differing(first, second);
  throw new ModelFault(
    `${where()} is not the same when asked again: first ${one}, then ${other}; it may depend on ` +
      'nothing but what it is given (no counter of its own, no clock, no random number)',
  );
}

/** The text from shortly before the first difference. */
function differing(first: string, second: string): readonly [string, string] {
  let at = 0;
  while (at < first.length && first[at] === second[at]) at++;
  const from = Math.max(0, at - 30);
  const shown = (text: string): string =>
    `${from > 0 ? '...' : ''}${clipped(text.slice(from), 70)}`;
  return [shown(first), shown(second)];
}
