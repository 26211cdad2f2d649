/**
 * Answers that are asked for again: what is kept must be what would be said another time.
 *
 *   A hidden counter, a clock or a random number makes an answer that depends on more than what was
 *   read, and then what is kept is wrong. So of the answers found, a sample is asked for again: at
 *   once, and once more when some others have been. It is the same sample each time: all of the
 *   first ones, then every so many. What is impure seldom, or changes by the day, goes through.
 */
import { ModelFault } from '../specification/specification-error.ts';
import { clipped } from '../text/printable.ts';

export type Sample = {
  /** Counts one more answer, and says whether it is to be asked for again. */
  readonly isDue: () => boolean;
  /** The answer as a text, how to find it again, and whose it is. */
  readonly askAgain: (first: string, again: () => string, where: () => string) => void;
  readonly counts: () => Counts;
};

/** Answers found, and how many of them were asked for again. */
export type Counts = { readonly answers: number; readonly twice: number };

type Asked = {
  readonly first: string;
  readonly again: () => string;
  readonly where: () => string;
};

const FIRST = 32;
const EVERY = 64;
/** So many others are asked for again before one is asked for a third time. */
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

/** Where two texts begin to differ, and a little before. */
function differing(first: string, second: string): readonly [string, string] {
  let at = 0;
  while (at < first.length && first[at] === second[at]) at++;
  const from = Math.max(0, at - 30);
  const shown = (text: string): string =>
    `${from > 0 ? '...' : ''}${clipped(text.slice(from), 70)}`;
  return [shown(first), shown(second)];
}
