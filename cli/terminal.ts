/** Output on a terminal: its width, and colors only if they can be seen. */
import { styleText } from 'node:util';
import { printableJson } from '../checker/text/printable.ts';
import { fitted } from '../checker/text/tables.ts';

/** The width if none is known: in a log, through a pipe, in a page. */
const UNKNOWN_WIDTH = 80;
/** Nothing can be read in less. */
const NARROWEST = 40;

type Style = Parameters<typeof styleText>[0];

export function styled(style: Style, text: string): string {
  return takesColors(process.stdout) ? styleText(style, text) : text;
}

/** A wrong value: in red, and with a sign, which is there without colors, too. */
export function wrong(text: string): string {
  return styled('red', `✗ ${text}`);
}

/** Whether the stream is a terminal that shows colors, and the user wants them. */
function takesColors({ isTTY }: { readonly isTTY: boolean }): boolean {
  return isTerminal({ isTTY }) && (process.env['NO_COLOR'] ?? '') === '';
}

/** Whether a line can be written over. */
export function isTerminal({ isTTY }: { readonly isTTY: boolean }): boolean {
  return isTTY && process.env['TERM'] !== 'dumb';
}

/** Columns of a stream: what `COLUMNS` says, else the terminal's own, else 80. */
export function columnsOf(stream: { readonly isTTY: boolean; readonly columns?: number }): number {
  const own = stream.isTTY && (stream.columns ?? 0) > 0 ? stream.columns : undefined;
  return Math.max(NARROWEST, statedColumns() ?? own ?? UNKNOWN_WIDTH);
}

/** Columns that standard output has. */
export function width(): number {
  return columnsOf(process.stdout);
}

function statedColumns(): number | undefined {
  const stated = process.env['COLUMNS'] ?? '';
  return /^[1-9]\d{0,3}$/.test(stated) ? Number(stated) : undefined;
}

/** Prints on standard output, within its width. */
export function print(lines: readonly string[]): void {
  const most = width();
  process.stdout.write(
    lines
      .flatMap((line) => fitted(line, most))
      .map((line) => `${line}\n`)
      .join(''),
  );
}

/** Prints on standard error: lines that fit a terminal, or one line for a program that reads it. */
export function say(line: string): void {
  const lines = process.stderr.isTTY ? fitted(line, columnsOf(process.stderr)) : [line];
  process.stderr.write(lines.map((each) => `${each}\n`).join(''));
}

/** Prints the one document on standard output. */
export function printJson(document: unknown): void {
  process.stdout.write(`${printableJson(JSON.stringify(document, null, 2))}\n`);
}
