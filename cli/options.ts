/** Values of options, read strictly. */
import { InvalidArgumentError } from 'commander';

/** A whole number from `least` on. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
}

export function seconds(text: string): number {
  const value = /^\d{1,7}(\.\d{1,3})?s?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  if (value > 0) return value;
  throw new InvalidArgumentError('Expected seconds, more than 0.');
}

/** A signed or hexadecimal 32-bit integer. */
export function seed(text: string): number {
  const value = /^(-?\d{1,10}|0x[0-9a-fA-F]{1,8})$/.test(text) ? Number(text) : Number.NaN;
  if (value >= -(2 ** 31) && value < 2 ** 32) return value | 0;
  throw new InvalidArgumentError('Expected a 32-bit integer.');
}
