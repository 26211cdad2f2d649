/** A table below a title, within the width of the terminal. */
import { table } from '../../checker/text/tables.ts';
import { width } from '../terminal.ts';

const INDENT = 2;

/** `right` names the columns of numbers. */
export function indentedTable(
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): readonly string[] {
  return table(rows, right, width() - INDENT).map((line) => ' '.repeat(INDENT) + line);
}
