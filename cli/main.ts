#!/usr/bin/env node
/** The command line. Nothing of the model is loaded before the build is known to be fresh. */
import { refuseStaleBuild } from './stale-build.ts';

// Whoever reads this may have read enough: `| head`.
process.stdout.on('error', () => process.exit());

const refusal = refuseStaleBuild();
if (refusal === undefined) {
  const { runProgram } = await import('./program.ts');
  process.exitCode = await runProgram(process.argv);
} else {
  process.stderr.write(`${refusal}\n`);
  process.exitCode = 1;
}
