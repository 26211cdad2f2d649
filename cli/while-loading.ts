/** Ctrl-C while code is loaded: nothing is known by then, and that is said. */
import { EXIT } from './exit-codes.ts';

export async function whileLoading<T>(load: () => Promise<T>): Promise<T> {
  process.once('SIGINT', interruptedEarly);
  try {
    return await load();
  } finally {
    process.off('SIGINT', interruptedEarly);
  }
}

function interruptedEarly(): void {
  process.stderr.write('sprite-check: interrupted before anything was done\n');
  process.exit(EXIT.interrupted);
}
