/** Where the cells of a packed row lie: each in as many bits as it needs, none across two words. */

export type Layout = {
  /** Words of one row. */
  words: number;
  /** By cell, three in a row: its word, how far it is shifted there, its mask before shifting. */
  readonly places: Int32Array;
  /** The cells of each word, in order: those from here up to where the next word's begin. */
  firstCells: Int32Array;
};

/** Ids are 0 for most cells for ever; a cell that moves gets the bits it needs. */
export function layOut(bits: Int32Array): Layout {
  const places = new Int32Array(3 * bits.length);
  const firstCells = [0];
  let word = 0;
  let shift = 0;
  bits.forEach((needed, cell) => {
    if (shift + needed > 32) {
      word++;
      shift = 0;
      firstCells.push(cell);
    }
    places.set([word, shift, 2 ** needed - 1], 3 * cell);
    shift += needed;
  });
  return { words: word + 1, places, firstCells: Int32Array.from([...firstCells, bits.length]) };
}
