#!/usr/bin/env node
/** The command line. Nothing of the model is loaded before the build is known to be fresh. */
import { saidBy } from '../checker/specification/specification-error.ts';
import { printable } from '../checker/text/printable.ts';
import { EXIT } from './exit-codes.ts';
import { refuseStaleBuild } from './fresh-build.ts';

// Whoever reads this may have read enough (`| head`); what is not known by then is not claimed.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') process.exit(process.exitCode ?? EXIT.unread);
    if (stream === process.stdout) {
      process.stderr.write(`sprite-check: expected an output that takes text, found ${code}\n`);
    }
    process.exit(EXIT.usage);
  });
}

const refusal = await refuseStaleBuild();
if (refusal === undefined) {
  process.once('SIGINT', interruptedEarly);
  const program = await import('./program.ts').catch(refuseModel);
  process.off('SIGINT', interruptedEarly);
  process.exitCode = program === undefined ? EXIT.usage : await program.runProgram(process.argv);
} else {
  process.stderr.write(`${refusal}\n`);
  process.exitCode = EXIT.usage;
}

/** XState refuses a machine when it is made: while the model is loaded. */
function refuseModel(error: unknown): undefined {
  const why = printable(saidBy(error));
  const line = `expected a model that can be loaded, found: ${why}; mend it in model/, and run again`;
  process.stderr.write(`sprite-check: ${line}\n`);
}

function interruptedEarly(): void {
  process.stderr.write('sprite-check: interrupted before anything was done\n');
  process.exit(EXIT.interrupted);
}
