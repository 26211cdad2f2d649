/**
 * One line that has no effect on a terminal. Characters that move the cursor, end a line, change the
 * direction of writing or are invisible become `\u....`, and so do surrogates and private characters.
 */
export function printable(text: string): string {
  return text.replace(UNSEEN, escaped);
}

/** The beginning of an untrusted text, as one line of at most this many characters. */
export function clipped(text: string, most = 80): string {
  // An escape is longer than its character; half a character at the end is removed.
  const line = printable(text.slice(0, most + 1));
  return line.length <= most ? line : `${line.slice(0, most - 3).replace(/\p{Cs}$/u, '')}...`;
}

/** A JSON text with the same meaning and no effect on a terminal; its line ends remain. */
export function printableJson(text: string): string {
  return text.replace(UNSEEN, (character) => (character === '\n' ? character : units(character)));
}

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

function escaped(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return point > 0xffff ? `\\u{${point.toString(16)}}` : units(character);
}

/** As JSON escapes it: each UTF-16 unit by itself. */
function units(character: string): string {
  return [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');
}
