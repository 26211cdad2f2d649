/** The places of cells in a packed row: each has as many bits as it needs, and none crosses two words. */

export type Layout = {
  /** Words of one row. */
  words: number;
  /** Three integers for each cell: its word, its shift in the word, its mask before the shift. */
  readonly places: Int32Array;
  /** The index of the first cell of each word. */
  firstCells: Int32Array;
};

/**
 * How rows of one layout become rows of another layout with the same cells in the same order, in at least
 * as many bits: adjacent cells that remain adjacent move as one group. Four integers for each group: its
 * source word, its mask there, its target word, and by how much its bits move left (right if negative).
 */
export type Moves = Int32Array;

/** Most cells always have id 0; a cell that changes gets the bits that it needs. */
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

/** The fewest groups: adjacent cells with the same source word, the same target word and the same shift. */
export function movesBetween(from: Layout['places'], to: Layout['places']): Moves {
  const moves: number[] = [];
  for (let at = 0; at < from.length; at += 3) {
    const [source = 0, shift = 0, mask = 0] = from.subarray(at, at + 3);
    const [target = 0, shiftThere = 0] = to.subarray(at, at + 3);
    const last = moves.length - 4;
    const far = shiftThere - shift;
    const joins = moves[last] === source && moves[last + 2] === target && moves[last + 3] === far;
    if (joins) moves[last + 1] = (moves[last + 1] ?? 0) | (mask << shift);
    else moves.push(source, mask << shift, target, far);
  }
  return Int32Array.from(moves);
}

/** Writes the row at `at` of one array as a row at `there` of another, which must be zero there. */
export function moveRow(
  moves: Moves,
  from: Int32Array,
  at: number,
  to: Int32Array,
  there: number,
): void {
  for (let move = 0; move < moves.length; move += 4) {
    const held = (from[at + (moves[move] as number)] as number) & (moves[move + 1] as number);
    const place = there + (moves[move + 2] as number);
    const far = moves[move + 3] as number;
    to[place] = (to[place] as number) | (far < 0 ? held >>> -far : held << far);
  }
}
