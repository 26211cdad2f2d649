/** The ways in which a protocol may begin, as rows. What is misspelt is refused before anything begins. */
import { ModelFault } from '../specification/specification-error.ts';
import { nearestOf } from '../text/nearest-name.ts';
import { clipped } from '../text/printable.ts';
import type { Local, Protocol, Start } from '../specification/protocol.ts';

export type Starts = {
  /** By name; one that has none where the protocol has one way to begin. */
  readonly names: readonly (string | undefined)[];
  /** A row of one's own. Of a protocol with several, the first, where no name is given. */
  readonly row: (name?: string) => Int32Array;
};

export function createStarts(
  { name, cells, starts }: Protocol,
  idOf: (cell: number, held: Local) => number,
): Starts {
  const plain = (): Int32Array =>
    Int32Array.from(cells, ({ initial }, cell) => idOf(cell, initial));
  if (starts === undefined) {
    return {
      names: [undefined],
      row: (asked) => {
        if (asked === undefined) return plain();
        throw new ModelFault(`${name} ${whyNoStart(asked, [undefined]) ?? ''}`);
      },
    };
  }
  if (starts.length === 0) {
    throw new ModelFault(`${name} has starts, and none in them: leave them out, or name one`);
  }
  const rows = new Map<string | undefined, Int32Array>();
  for (const start of starts) {
    if (rows.has(start.name)) {
      throw new ModelFault(`${name}: two starts are called "${clipped(start.name)}"`);
    }
    rows.set(start.name, rowOf(start));
  }
  const names = [...rows.keys()];
  return { names, row: (asked = names[0]) => rowNamed(asked).slice() };

  function rowOf(start: Start): Int32Array {
    for (const cell of Object.keys(start.cells)) {
      if (cells.some((each) => each.name === cell)) continue;
      const near = nearestOf(
        cell,
        cells.map((each) => each.name),
      );
      const where = `${name}: start "${clipped(start.name)}"`;
      throw new ModelFault(
        `${where} names the cell "${clipped(cell)}": no cell is called so${near}`,
      );
    }
    return Int32Array.from(cells, (cell, index) =>
      idOf(index, heldIn(start, cell.name) ?? cell.initial),
    );
  }

  function rowNamed(asked: string | undefined): Int32Array {
    const row = rows.get(asked);
    if (row === undefined) throw new ModelFault(`${name} ${whyNoStart(asked, names) ?? ''}`);
    return row;
  }
}

/** Why a story cannot begin so, after the protocol's name; undefined where it can. */
export function whyNoStart(
  asked: string | undefined,
  names: readonly (string | undefined)[],
): string | undefined {
  if (names.includes(asked)) return undefined;
  const known = names.filter((name) => name !== undefined);
  if (asked === undefined) {
    return `begins in one of ${known.map((name) => `"${clipped(name)}"`).join(', ')}, and the story does not say in which`;
  }
  if (known.length === 0)
    return `has one way to begin, and the story begins in "${clipped(asked)}"`;
  return `has no start "${clipped(asked)}"${nearestOf(asked, known)}`;
}

/** Cells may have the name of what every object inherits. */
function heldIn({ cells }: Start, cell: string): Local | undefined {
  return Object.hasOwn(cells, cell) ? cells[cell] : undefined;
}
