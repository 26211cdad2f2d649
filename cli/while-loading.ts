/** Events while the user's code is loaded: nothing is known yet, and a message says so. */
import { EXIT } from './exit-codes.ts';
import { say } from './terminal.ts';

export async function whileLoading<T>(load: () => Promise<T>): Promise<T> {
  process.once('SIGINT', interruptedEarly);
  process.once('exit', endedEarly);
  try {
    return await load();
  } finally {
    process.off('SIGINT', interruptedEarly);
    process.off('exit', endedEarly);
  }
}

function interruptedEarly(): void {
  process.off('exit', endedEarly);
  say('sprite-check: interrupted; nothing was run');
  process.exit(EXIT.interrupted);
}

/** The file called `process.exit`, or awaits what never comes: then Node has nothing left to do. */
function endedEarly(): void {
  say(
    'sprite-check: the file that was named ended the program, or waits for ever, while it was loading; it must only define things',
  );
  process.exitCode = EXIT.usage;
}
