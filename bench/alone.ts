/**
 * One measurement in a process of its own, as SPIN has one. In a process that has searched before,
 * the compiler has met the same code with other data, and what it makes of it is slower by a third.
 */
import { execFile, execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

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

/** Each in a process of its own, on all cores: for what is counted and not timed. In the order given. */
export async function allAlone<Given, Figures>(
  measure: (given: Given) => Figures,
  givens: readonly Given[],
  onFigures: (figures: Figures) => void,
): Promise<readonly Figures[]> {
  const results: Figures[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < givens.length; at = next++) {
      const args = [MEASURE, measure.name, JSON.stringify(givens[at])];
      const { stdout } = await promisify(execFile)(process.execPath, args, {
        maxBuffer: MOST_OUTPUT_BYTES,
      });
      const figures = JSON.parse(stdout) as Figures;
      results[at] = figures;
      onFigures(figures);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return results;
}
