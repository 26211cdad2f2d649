/**
 * One line that does nothing to a terminal. What moves the cursor, ends a line, turns the direction
 * of writing or cannot be seen stands as `\u....`; halves of characters and private ones too.
 */
export function printable(text: string): string {
  return text.replace(UNSEEN, escaped);
}

/** The beginning of a text that nobody vouches for, as one line of at most this many characters. */
export function clipped(text: string, most = 80): string {
  // Escapes are longer than what they stand for; half a character at the end is none.
  const line = printable(text.slice(0, most + 1));
  return line.length <= most ? line : `${line.slice(0, most - 3).replace(/\p{Cs}$/u, '')}...`;
}

/** A JSON text that means the same and does nothing to a terminal: its line ends stay. */
export function printableJson(text: string): string {
  return text.replace(UNSEEN, (character) => (character === '\n' ? character : units(character)));
}

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

function escaped(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return point > 0xffff ? `\\u{${point.toString(16)}}` : units(character);
}

/** As JSON escapes it: by the halves of which it consists. */
function units(character: string): string {
  return [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');
}
