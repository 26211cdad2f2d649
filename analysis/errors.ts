/** Errors for people: each is one line, and says what was expected, what was found, what to do next. */
import { clipped } from '../checker/text/printable.ts';

/** Room for a long path, and enough for a line. */
const LONGEST = 1000;

/** An error to be printed: one line without control characters, also if a file contained some. */
class ReportedError extends Error {
  constructor(line: string) {
    super(clipped(line, LONGEST));
  }
}

/** A mistake of the user, reported in one line. */
export class BadInput extends ReportedError {}

/** Two runs of one trace that differ, and other mistakes of ours, reported in one line. */
export class InternalError extends ReportedError {}
