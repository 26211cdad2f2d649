/** Worker threads that can be ended at any time, also while they are starting. */
import { Piscina } from 'piscina';

/**
 * Piscina tries `require` for a file before `import`. If a thread is ended at the moment at which Node
 * links an ES module for `require`, the whole process ends by SIGABRT ("v8::Module::IsGraphAsync must be
 * used on an instantiated module"), whether the pool or `process.exit` ended it. The moment is short, and
 * comes late on a busy machine: an interruption has met it. With this option `require` refuses such files
 * at once, and `import` links them safely.
 */
const NEVER_LINKED_FOR_REQUIRE = '--no-experimental-require-module';

/** Threads that call the function of this name in the file with this URL. */
export function createThreads(
  href: string,
  {
    name,
    least = 1,
    most,
  }: { readonly name: string; readonly least?: number; readonly most: number },
): Piscina {
  return new Piscina({
    filename: href,
    name,
    minThreads: least,
    maxThreads: most,
    execArgv: [NEVER_LINKED_FOR_REQUIRE],
  });
}
