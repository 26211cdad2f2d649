/** Values of options, read strictly. */
import { InvalidArgumentError, Option } from 'commander';
import { MAX_AHEAD } from '../checker/claims/look-ahead.ts';
import { counted } from '../checker/text/tables.ts';

/** No memory holds more of anything. */
const MOST = 2 ** 31 - 1;

/** A timer of more than 2^31 ms ends at once. */
const LONGEST_SECONDS = 2_000_000;

/** A whole number of at least `least`. */
export function whole(least: number, most = MOST): (text: string) => number {
  return (text) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(
      `Expected a whole number from ${counted(least)} to ${counted(most)}.`,
    );
  };
}

/** Whole numbers of at least 1, as several arguments or separated by commas. */
export function numbers(text: string, before: readonly number[] = []): readonly number[] {
  return [...before, ...text.split(',').map(whole(1))];
}

export function seconds(text: string): number {
  const value = /^\d{1,7}(\.\d{1,3})?s?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  if (value > 0 && value <= LONGEST_SECONDS) return value;
  const most = counted(LONGEST_SECONDS);
  throw new InvalidArgumentError(
    `Expected seconds, more than 0 and at most ${most}; leave it out for no limit.`,
  );
}

/** An unsigned 32-bit integer, as the generator takes it; decimal or hexadecimal. */
export function seed(text: string): number {
  const value = /^(\d{1,10}|0x[0-9a-fA-F]{1,8})$/.test(text) ? Number(text) : Number.NaN;
  if (value < 2 ** 32) return value;
  throw new InvalidArgumentError(
    `Expected a whole number from 0 to ${counted(2 ** 32 - 1)}, decimal or 0x….`,
  );
}

/** The option means the same for every verb that replays a trace. */
export function maxAheadOption(): Option {
  return new Option('--max-ahead <n>', 'states that a claim may look ahead of each state')
    .argParser(whole(1))
    .default(MAX_AHEAD);
}

/** The option means the same for every verb. */
export function quietOption(): Option {
  return new Option('--quiet', 'print only the verdict, and what needs attention').conflicts(
    'verbose',
  );
}
