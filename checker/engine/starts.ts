/** The starts of a protocol, as rows. A misspelled name is refused before the search. */
import { ModelFault } from '../specification/specification-error.ts';
import { nearestOf } from '../text/nearest-name.ts';
import { clipped } from '../text/printable.ts';
import type { Local, Protocol, Start } from '../specification/protocol.ts';

export type Starts = {
  /** By name; if the protocol has one start only, it has no name. */
  readonly names: readonly (string | undefined)[];
  /** A new row. Without a name, the first start of a protocol with several. */
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
        `${where} names the cell "${clipped(cell)}": no cell has that name${near}`,
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

/** The reason why a story cannot begin in this start, after the protocol's name; undefined if it can. */
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

/** A cell may have a name that every object inherits. */
function heldIn({ cells }: Start, cell: string): Local | undefined {
  return Object.hasOwn(cells, cell) ? cells[cell] : undefined;
}
