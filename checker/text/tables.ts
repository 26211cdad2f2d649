/** Text in columns, in lines and in numbers; nothing is printed here. */

/** "1,234 states", "1 state", or the number alone. */
export function counted(count: number, thing?: string): string {
  const digits = count.toLocaleString('en-US', { maximumFractionDigits: 1 });
  return thing === undefined ? digits : `${digits} ${thing}${count === 1 ? '' : 's'}`;
}

/** Rows of cells, each column as wide as its widest; `right` names the columns of numbers. */
export function table(
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((text, column) => {
        const width = widths[column] ?? 0;
        return right.includes(column) ? text.padStart(width) : text.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
}

/** "a, b and 3 more": so many are named. */
export function firstOf(names: readonly string[], most: number): string {
  const more = names.length - most;
  const first = names.slice(0, most).join(', ');
  return more > 0 ? `${first} and ${counted(more)} more` : first;
}

/** A text in lines of at most this width, broken between words; those after the first are indented. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line === '') line = word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = `  ${word}`;
    }
  }
  return [...lines, line];
}
