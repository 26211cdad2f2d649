#!/usr/bin/env node
/** The command line. Nothing of the model is loaded before the build is known to be fresh. */
import { EXIT } from './exit.ts';
import { refuseStaleBuild } from './stale-build.ts';

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

const refusal = refuseStaleBuild();
if (refusal === undefined) {
  process.once('SIGINT', interruptedEarly);
  const { runProgram } = await import('./program.ts');
  process.off('SIGINT', interruptedEarly);
  process.exitCode = await runProgram(process.argv);
} else {
  process.stderr.write(`${refusal}\n`);
  process.exitCode = EXIT.usage;
}

function interruptedEarly(): void {
  process.stderr.write('sprite-check: interrupted before anything was done\n');
  process.exit(EXIT.interrupted);
}
