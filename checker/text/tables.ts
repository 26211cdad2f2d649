/** Text in columns, in lines and in numbers; nothing is printed here. */
import stringWidth from 'string-width';

/** "1,234 states", "1 state", or the number alone. */
export function counted(count: number, thing?: string): string {
  const digits = count.toLocaleString('en-US', { maximumFractionDigits: 1 });
  return thing === undefined ? digits : `${digits} ${thing}${count === 1 ? '' : 's'}`;
}

/** Narrower than this no column of text is made: it would be a column of single words. */
const NARROWEST = 16;
const GAP = '  ';

/**
 * Rows of cells, each column as wide as its widest; `right` names the columns of numbers. Where rows
 * are wider than `width`, text is broken within its column.
 */
export function table(
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
  width = Infinity,
): readonly string[] {
  return tableRows(rows, right, width).flat();
}

/** The same, with the lines of each row by themselves. */
export function tableRows(
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
  width = Infinity,
): readonly (readonly string[])[] {
  const widths = fittedWidths(rows, right, width);
  return rows.map((row) => {
    const cells = row.map((text, column) => wrapped(text, widths[column] ?? 0));
    const height = Math.max(1, ...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) =>
      cells
        .map((lines, column) => {
          const [text, own] = [lines[line] ?? '', widths[column] ?? 0];
          return right.includes(column) ? padStart(text, own) : padEnd(text, own);
        })
        .join(GAP)
        .trimEnd(),
    );
  });
}

/** The widest columns of text give way, down to their longest word; none where that is not enough. */
function fittedWidths(
  rows: readonly (readonly string[])[],
  right: readonly number[],
  width: number,
): readonly number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const all = Array.from({ length: columns }, (_, column) => rows.map((row) => row[column] ?? ''));
  const natural = all.map((texts) => Math.max(0, ...texts.map(displayWidth)));
  const least = all.map((texts, column) =>
    right.includes(column) ? (natural[column] ?? 0) : Math.max(NARROWEST, longestWord(texts)),
  );
  const at = (most: number): readonly number[] =>
    natural.map((own, column) => Math.min(own, Math.max(most, least[column] ?? 0)));
  const room = width - GAP.length * (columns - 1);
  // Towers of single words are worse than rows that are broken as a whole.
  if (sum(at(0)) > room) return natural;
  let most = Math.max(0, ...natural);
  while (sum(at(most)) > room) most--;
  return at(most);
}

function longestWord(texts: readonly string[]): number {
  // The lines after the first are indented.
  return Math.max(0, ...texts.flatMap((text) => text.split(' ').map(displayWidth))) + 2;
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** Columns that a terminal takes for a text: wide letters take two, styles none. */
export function displayWidth(text: string): number {
  return stringWidth(text);
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text;
}

/** "a, b and 3 more": names at most so many. */
export function listUpTo(names: readonly string[], most: number): string {
  const more = names.length - most;
  const first = names.slice(0, most).join(', ');
  return more > 0 ? `${first} and ${counted(more)} more` : first;
}

/** A text in lines of at most this width, broken between words; those after the first are indented. */
export function wrapped(text: string, width: number, indent = 2): readonly string[] {
  if (displayWidth(text) <= width) return [text];
  const lines: string[] = [];
  const [lead = ''] = /^ */.exec(text) ?? [];
  const [first = '', ...words] = text.slice(lead.length).split(' ');
  let line = lead + first;
  for (const word of words) {
    if (displayWidth(line) + 1 + displayWidth(word) <= width) line += ` ${word}`;
    else {
      lines.push(line.trimEnd());
      line = ' '.repeat(lead.length + indent) + word;
    }
  }
  return [...lines, line];
}

/**
 * Breaks a line into lines of at most this width. Text that is indented, or follows a number or a short
 * word and two blanks, continues below its own beginning. A command is not broken, so it can be copied.
 */
export function fitted(line: string, width: number): readonly string[] {
  if (displayWidth(line) <= width) return [line];
  const [, indent = '', first = ''] = /^( *)(\S+ {2,})?/.exec(line) ?? [];
  const label = displayWidth(first.trimEnd()) > LONGEST_LABEL ? '' : first;
  const text = line.slice(indent.length + label.length).replaceAll(COMMAND, unbroken);
  const begin = indent.length + displayWidth(label);
  const margin = begin + (label === '' ? 2 : 0);
  const [head = '', ...rest] = wrapped(text, width - begin, 0);
  const below = rest.length === 0 ? [] : wrapped(rest.join(' '), width - margin, 0);
  return [indent + label + head, ...below.map((each) => ' '.repeat(margin) + each)].map((each) =>
    each.replaceAll(UNBROKEN, ' '),
  );
}

/** A longer text before two blanks is not a label. */
const LONGEST_LABEL = 10;
/** In quotation marks, or to the end of a line that begins with it. */
const COMMAND = /"(?:npx )?sprite-check [^"]*"|^(?:npx )?sprite-check .*$/g;
/** Replaces a blank at which no line may be broken. */
const UNBROKEN = '\u00a0';

function unbroken(text: string): string {
  return text.replaceAll(' ', UNBROKEN);
}
