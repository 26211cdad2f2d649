/** Bounds on files in the Informal Trace Format, so that every file is read or refused quickly. */

/** Bytes, as UTF-8: room for some hundred steps in the largest scenarios. */
export const MAX_ITF_BYTES = 8 * 1024 * 1024;
/** Each before a value. */
const MOST_COMMAS = 800_000;
/** Characters. */
const LONGEST_LINE = 1024 * 1024;

/** "expected at most 8 MiB, found 9.1": why `import` refuses the text, and `export` does not write it. */
export function excessOf(text: string): string | undefined {
  const commas = text.split(',', MOST_COMMAS + 1).length;
  if (commas > MOST_COMMAS) return `expected at most ${MOST_COMMAS} commas, found more`;
  const isLong = text.split('\n').some(({ length }) => length > LONGEST_LINE);
  if (isLong) return `expected lines of at most ${LONGEST_LINE} characters, found more`;
  const isLarge = Buffer.byteLength(text) > MAX_ITF_BYTES;
  return isLarge ? `expected at most ${MAX_ITF_BYTES} bytes, found more` : undefined;
}
