/** How much of the Informal Trace Format is read, so that reading ends soon, whatever it is. */

/** Bytes, as UTF-8. Room for some hundred steps in the largest scenarios. */
export const MAX_ITF_BYTES = 8 * 1024 * 1024;
/** Each before a value. */
const MOST_COMMAS = 800_000;
/** Characters. */
const LONGEST_LINE = 1024 * 1024;

/** "expected at most 8 MiB, found 9.1": what `import` refuses and `export` does not write. */
export function excessOf(text: string): string | undefined {
  const commas = text.split(',', MOST_COMMAS + 1).length;
  if (commas > MOST_COMMAS) return `expected at most ${MOST_COMMAS} commas, found more`;
  const isLong = text.split('\n').some(({ length }) => length > LONGEST_LINE);
  if (isLong) return `expected lines of at most ${LONGEST_LINE} characters, found more`;
  const isLarge = Buffer.byteLength(text) > MAX_ITF_BYTES;
  return isLarge ? `expected at most ${MAX_ITF_BYTES} bytes, found more` : undefined;
}
