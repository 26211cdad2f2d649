/** Prints a state of a trace: the contents of every host, and what can happen next. */
import { findingText } from '../../analysis/stories/story-text.ts';
import type {
  CellAt,
  ShownChange,
  EnabledStep,
  StateAt,
  OfferedStep,
} from '../../analysis/stories/state-at.ts';
import type { Violation } from '../../checker/claims/monitor.ts';
import { wrapped } from '../../checker/text/tables.ts';
import { styled } from '../terminal.ts';

/** Marks what the last step changed. */
const CHANGED = '*';
const INDENT = '  ';

type Shape = {
  /** The width of a line. */
  readonly width: number;
  /** The width of the names of columns, which come first. */
  readonly gutter: number;
};

/** Lines of at most this width, but for a word that is longer. */
export function stateLines(
  state: StateAt,
  { columns, width }: { readonly columns: readonly string[]; readonly width: number },
): readonly string[] {
  const { cells, enabled, last, seen, steps } = state;
  const unsaid = columns.filter((column) => !cells.some((each) => saysColumn(column, each)));
  const shape = { width, gutter: Math.max(0, ...unsaid.map(({ length }) => length)) };
  const sign = last === undefined ? '' : ` (${CHANGED} changed by step ${steps})`;
  return [
    ...(last === undefined ? [] : wrapped(lastText(steps, last), width)),
    ...(seen === undefined ? [] : violationLines(seen, width)),
    ...(last === undefined ? [] : ['']),
    `State${sign}`,
    ...columns.flatMap((column) => columnLines(column, cells, shape)),
    '',
    enabled.length === 0 ? 'Nothing can happen' : 'What can happen, and what it would change',
    ...enabled.flatMap((each) => enabledLines(each, shape)),
  ];
}

/** "15  S  the server goes on with q's close of f". */
function lastText(steps: number, { column, text }: OfferedStep): string {
  return `${steps}  ${says(column, text) ? '' : `${column}  `}${text}`;
}

function columnLines(name: string, cells: readonly CellAt[], shape: Shape): readonly string[] {
  const rows = cells
    .filter(({ column }) => column === name)
    .flatMap(({ isChanged, text, change }) => [
      ...(text === undefined ? [] : [{ text, isMarked: isChanged }]),
      ...(change === undefined || change === text
        ? []
        : [{ text: text === undefined ? change : changedText(change), isMarked: true }]),
    ]);
  if (rows.length === 0) return row(name, 'nothing', { ...shape, isMarked: false });
  return rows.flatMap(({ text, isMarked }, index) => {
    const isSaid = index > 0 || says(name, text);
    return row(isSaid ? '' : name, text, { ...shape, isMarked });
  });
}

/** Below the line that names the cell: "  changed: references 1 → 0". */
function changedText(change: string): string {
  return `  changed: ${change.slice(change.indexOf(': ') + 2)}`;
}

/** The text of a cell that is a column of its own begins with its name. */
function says(column: string, text: string): boolean {
  return text.startsWith(`${column}:`);
}

function saysColumn(name: string, { column, text = '' }: CellAt): boolean {
  return column === name && says(name, text);
}

/** "A    * stream p0: absent". */
function row(
  name: string,
  text: string,
  { width, gutter, isMarked }: Shape & { readonly isMarked: boolean },
): readonly string[] {
  const who = gutter === 0 ? '' : `${INDENT}${name.padEnd(gutter)}`;
  const begin = `${who}${INDENT}${isMarked ? CHANGED : ' '} `;
  const lines = hanging(begin, text, width);
  return isMarked ? lines.map((line) => styled('yellow', line)) : lines;
}

function enabledLines(
  { number, column, text, isFault, isNext, changes, violates }: EnabledStep,
  shape: Shape,
): readonly string[] {
  const notes = [...(isFault ? ['a fault'] : []), ...(isNext ? ['next in the trace'] : [])];
  const noted = notes.length === 0 ? text : `${text} (${notes.join(', ')})`;
  const who = says(column, text) ? '' : `${column.padEnd(shape.gutter)}${INDENT}`;
  const begin = `${String(number).padStart(4)}  ${who}`;
  const indent = ' '.repeat(begin.length);
  return [
    ...hanging(begin, noted, shape.width),
    ...changes.flatMap((change) => changeLines(change, { ...shape, indent })),
    ...(violates === undefined
      ? []
      : violationLines({ violation: violates }, shape.width - indent.length).map(
          (line) => indent + line,
        )),
  ];
}

function changeLines(
  { column, text }: ShownChange,
  { width, gutter, indent }: Shape & { readonly indent: string },
): readonly string[] {
  const begin = says(column, text) ? indent : `${indent}${column.padEnd(gutter)}${INDENT}`;
  return hanging(begin, text, width);
}

/** A text behind `begin`, in lines of at most this width that continue below its own beginning. */
function hanging(begin: string, text: string, width: number): readonly string[] {
  return wrapped(text, width - begin.length).map((line, index) =>
    index === 0 ? `${begin}${line}` : `${' '.repeat(begin.length)}${line}`,
  );
}

/** `step` is undefined for a step that has not been taken. */
function violationLines(
  { violation, step }: { readonly violation: Violation; readonly step?: number },
  width: number,
): readonly string[] {
  const begin = step === undefined ? 'violates' : `step ${step} violates`;
  const text = `${begin} ${violation.property}: ${findingText(violation.finding)}`;
  return wrapped(text, width).map((line) => styled('red', line));
}
