/**
 * One measurement in a process of its own, as SPIN has one. In a process that has searched before,
 * the compiler has met the same code with other data, and what it makes of it is slower by a third.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MEASURE = fileURLToPath(new URL('./measure.js', import.meta.url));
const MOST_OUTPUT_BYTES = 2 ** 20;

/** `measure` is one of those that measure.ts lists. */
export function alone<Given, Figures>(measure: (given: Given) => Figures, given: Given): Figures {
  const printed = execFileSync(process.execPath, [MEASURE, measure.name, JSON.stringify(given)], {
    encoding: 'utf8',
    maxBuffer: MOST_OUTPUT_BYTES,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(printed) as Figures;
}
