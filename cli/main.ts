#!/usr/bin/env node
/** The command line. It loads the model only after it knows that the build is fresh. */
import { saidBy } from '../checker/specification/specification-error.ts';
import { printable } from '../checker/text/printable.ts';
import { EXIT } from './exit-codes.ts';
import { refuseStaleBuild } from './fresh-build.ts';
import { say } from './terminal.ts';
import { whileLoading } from './while-loading.ts';

// A reader may stop early (`| head`): then the exit code claims nothing that is not known yet.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') process.exit(process.exitCode ?? EXIT.unread);
  process.stderr.write(`sprite-check: cannot write the output: ${code}\n`);
  process.exit(EXIT.usage);
});
// Progress and warnings that cannot be written change no verdict: the run goes on.
process.stderr.on('error', () => undefined);

const refusal = await refuseStaleBuild();
if (refusal === undefined) {
  const program = await whileLoading(() => import('./program.ts').catch(refuseInstallation));
  process.exitCode = program === undefined ? EXIT.usage : await program.runProgram(process.argv);
} else {
  say(refusal);
  process.exitCode = EXIT.usage;
}

/** A package is missing, or half a program is installed. */
function refuseInstallation(error: unknown): undefined {
  const why = printable(saidBy(error));
  say(`sprite-check: cannot be started: ${why}; install it again`);
}
