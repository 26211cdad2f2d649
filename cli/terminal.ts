/** What is printed on a terminal: how wide it is, and colors only where somebody sees them. */
import { styleText } from 'node:util';
import { printableJson } from '../checker/text/printable.ts';
import { fitted } from '../checker/text/tables.ts';

/** Where nobody says how wide: in a log, through a pipe, in a page. */
const UNKNOWN_WIDTH = 80;
/** Less than this and nothing can be read. */
const NARROWEST = 40;

type Style = Parameters<typeof styleText>[0];

export function styled(style: Style, text: string): string {
  return takesColours(process.stdout) ? styleText(style, text) : text;
}

/** A value that should be another one: in red, and with a sign where there are no colors. */
export function wrong(text: string): string {
  return styled('red', `✗ ${text}`);
}

/** Whether somebody looks at this on a terminal that understands more than letters, and wants colours. */
function takesColours({ isTTY }: { readonly isTTY: boolean }): boolean {
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

/** On standard output, within its width. */
export function print(lines: readonly string[]): void {
  const most = width();
  process.stdout.write(
    lines
      .flatMap((line) => fitted(line, most))
      .map((line) => `${line}\n`)
      .join(''),
  );
}

/**
 * On standard error. For people in lines that fit; where a program reads it, a message is one line.
 */
export function say(line: string): void {
  const lines = process.stderr.isTTY ? fitted(line, columnsOf(process.stderr)) : [line];
  process.stderr.write(lines.map((each) => `${each}\n`).join(''));
}

/** The one document on standard output. */
export function printJson(document: unknown): void {
  process.stdout.write(`${printableJson(JSON.stringify(document, null, 2))}\n`);
}
