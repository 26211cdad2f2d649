/** What is printed on a terminal. Colors only where somebody sees them. */
import { styleText } from 'node:util';
import { printableJson } from '../checker/text/printable.ts';

type Style = Parameters<typeof styleText>[0];

export function styled(style: Style, text: string): string {
  return takesColours(process.stdout) ? styleText(style, text) : text;
}

/** Whether somebody looks at this on a terminal that understands more than letters, and wants colours. */
function takesColours({ isTTY }: { readonly isTTY: boolean }): boolean {
  return isTerminal({ isTTY }) && (process.env['NO_COLOR'] ?? '') === '';
}

/** Whether a line can be written over. */
export function isTerminal({ isTTY }: { readonly isTTY: boolean }): boolean {
  return isTTY && process.env['TERM'] !== 'dumb';
}

export function print(lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

/** The one document on standard output. */
export function printJson(document: unknown): void {
  process.stdout.write(`${printableJson(JSON.stringify(document, null, 2))}\n`);
}
