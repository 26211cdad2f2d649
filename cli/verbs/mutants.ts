/** `mutants`: which property catches which shipped fault, and what that says about the properties. */
import { Option, type Command } from 'commander';
import { EXIT } from '../exit-codes.ts';
import { BadInput } from '../../analysis/errors.ts';
import { interrupted } from '../text/interrupted.ts';
import { faultsNamed, matrixOf, type Matrix } from '../../analysis/mutants/fault-matrix.ts';
import { matrixLines, matrixMarkdown, summaryLines } from '../text/fault-matrix.ts';
import { variantNamed } from '../../analysis/specification/lookup.ts';
import { quietOption, whole } from '../option-values.ts';
import { openPool } from '../pool.ts';
import { addSpecOptions, choose, type SpecOptions } from '../specification-options.ts';
import type { Loaded } from '../../analysis/specification/loaded.ts';
import { print, printJson, say } from '../terminal.ts';
import { counted } from '../../checker/text/tables.ts';

type Options = SpecOptions & {
  readonly maxStates: number;
  readonly workers: number;
  readonly quiet?: true;
  readonly json?: true;
  readonly markdown?: true;
};

export function addMutants(program: Command, done: (code: number) => void): void {
  const verb = program
    .command('mutants')
    .description('list which property catches which shipped fault, and in how many steps')
    .argument('[fault...]', 'faults by name (default: all)')
    .option('--max-states <n>', 'states of one search', whole(1), 500_000)
    .option('--workers <n>', 'worker threads; they change no verdict', whole(1, 256), 2)
    .addOption(new Option('--markdown', 'print tables for a page').conflicts('json'))
    .addOption(quietOption())
    .option('--json', 'one JSON document on standard output');
  addSpecOptions(verb).action(async (names: string[], options: Options) =>
    done(await mutants(names, options)),
  );
}

async function mutants(names: readonly string[], options: Options): Promise<number> {
  const { spec, variants } = await choose(options, { variants: names });
  for (const name of variants) refuseSound(spec, name);
  const started = performance.now();
  const pool = openPool({ spec, workers: options.workers });
  try {
    const matrix = await matrixOf(spec, pool, {
      faults: faultsNamed(spec, variants),
      maxStates: options.maxStates,
    });
    if (pool.ended() !== undefined) {
      return interrupted('no fault has a result', options);
    }
    const code = exitCode(matrix);
    if (options.json === true) printJson({ ...matrix, exitCode: code });
    else if (options.quiet === true) print(summaryLines(matrix));
    else print(options.markdown === true ? matrixMarkdown(matrix) : matrixLines(matrix));
    say(`${counted((performance.now() - started) / 1000)} s`);
    return code;
  } finally {
    await pool.close();
  }
}

/** A variant that no property is expected to catch is no fault. */
function refuseSound(spec: Loaded, name: string): void {
  if ((variantNamed(spec, name).caughtBy ?? []).length > 0) return;
  throw new BadInput(
    `sprite-check: "${name}" is not a fault: no property is expected to catch it; "sprite-check list faults${spec.options}" names all faults`,
  );
}

/** The result differs if a fault is caught by none of the properties that should catch it. */
function exitCode({ faults }: Matrix): number {
  const missed = faults.filter(({ kills }) => !kills.some(({ expected }) => expected));
  if (missed.some(({ closed }) => closed)) return EXIT.differs;
  return missed.length > 0 ? EXIT.unknown : EXIT.holds;
}
