/**
 * One measurement in a process of its own, as SPIN has one. In a process that has searched before,
 * the compiler has met the same code with other data, and what it makes of it is slower by a third.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Measurements } from './measure.ts';

const MEASURE = fileURLToPath(new URL('./measure.js', import.meta.url));
const MOST_OUTPUT_BYTES = 2 ** 20;

export function alone<Name extends keyof Measurements>(
  name: Name,
  argument: Parameters<Measurements[Name]>[0],
): ReturnType<Measurements[Name]> {
  const printed = execFileSync(process.execPath, [MEASURE, name, JSON.stringify(argument)], {
    encoding: 'utf8',
    maxBuffer: MOST_OUTPUT_BYTES,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(printed) as ReturnType<Measurements[Name]>;
}
