/** Text for a report: without control characters, and without anything that a reader of XML must refuse. */
import { printable } from '../../checker/text/printable.ts';

/** One line: control characters, halves of a pair and characters that XML forbids become `\u....`. */
export function legalLine(text: string): string {
  return printable(text).replace(/[\p{Cs}\uFFFE\uFFFF]/gu, escaped);
}

export function legalLines(lines: readonly string[]): string {
  return lines.map(legalLine).join('\n');
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16)}`;
}
