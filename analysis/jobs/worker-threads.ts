/** Worker threads that can be ended at any time, also while they are starting. */
import { Piscina } from 'piscina';

/**
 * Piscina asks `require` for a file before it asks `import`. A thread that is ended in the moment in
 * which Node links an ES module for `require` ends the whole process, by SIGABRT ("v8::Module::
 * IsGraphAsync must be used on an instantiated module"), whoever ends it: the pool, or
 * `process.exit`. The moment is short, and comes late on a busy machine: an interruption met it.
 * With this option `require` refuses such files at once, and `import` links them safely.
 */
const NEVER_LINKED_FOR_REQUIRE = '--no-experimental-require-module';

/** They call the function of this name in the file with this URL. */
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
