/** Errors that people read: each is one line, and says what was expected, what was found, what to do next. */
import { clipped } from '../checker/text/printable.ts';

/** Nobody reads more of one line. Room for a long path. */
const LONGEST = 1000;

/** What is thrown to be told: one line that does nothing to a terminal, whatever a file put into it. */
class ReportedError extends Error {
  constructor(line: string) {
    super(clipped(line, LONGEST));
  }
}

/** A mistake of the user's, told in one line. */
export class BadInput extends ReportedError {}

/** Two runs of one story that differ, and the like: a mistake of ours, told in one line. */
export class InternalError extends ReportedError {}
