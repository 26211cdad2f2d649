/** The exit codes of the command line. If there are several findings, the smallest code counts. */
import { NO_DEADLOCK } from '../checker/claims/deadlock.ts';
import type { ClaimKind, Property } from '../checker/specification/property.ts';

export const EXIT = {
  holds: 0,
  usage: 1,
  unknown: 2,
  internal: 3,
  deadlock: 11,
  safety: 12,
  liveness: 13,
  differs: 20,
  interrupted: 130,
  unread: 141,
} as const;

/** A part of `--help`. */
export const EXIT_HELP = `
Exit codes
  0    every property holds, to the strength stated
  1    usage, or bad input; a model that cannot be loaded or run
  2    something is unknown, vacuous or lost, under --strict; a fault that
       "mutants" did not catch before its bound
  3    internal error, or two runs of one trace that differ
  11   violated: a deadlock
  12   violated: a property of states or steps
  13   violated: something that must happen does not
  20   differs from what is stored: a trace, a pinned count, a fault that must
       be caught, a variant from another
  130  interrupted; what is known was printed
  141  the output was closed before its end`;

/** Claims about the end of a run: that something happens in the end, or that there is an end. */
const ENDS: readonly ClaimKind[] = ['whenStuck', 'comesToRest'];

/** `property` is undefined for the checker's own properties, which no specification states. */
export function exitOfViolation(
  id: string,
  property: Pick<Property<never>, 'kind' | 'findsDeadlocks'> | undefined,
): number {
  if (id === NO_DEADLOCK) return EXIT.deadlock;
  if (property === undefined) return EXIT.safety;
  if (property.findsDeadlocks === true) return EXIT.deadlock;
  return ENDS.includes(property.kind) ? EXIT.liveness : EXIT.safety;
}
