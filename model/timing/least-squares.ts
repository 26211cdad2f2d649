/** The coefficients that fit best: the normal equations, solved by elimination. */

export type Point = { readonly inputs: readonly number[]; readonly output: number };

export function leastSquares(points: readonly Point[]): readonly number[] {
  const width = points[0]?.inputs.length ?? 0;
  const rows = Array.from({ length: width }, (_, row) => [
    ...Array.from({ length: width }, (__, column) =>
      sum(points, ({ inputs }) => at(inputs, row) * at(inputs, column)),
    ),
    sum(points, ({ inputs, output }) => at(inputs, row) * output),
  ]);
  for (const [pivot, row] of rows.entries()) {
    const divisor = at(row, pivot);
    if (Math.abs(divisor) < 1e-9) throw new Error('the points do not determine the coefficients');
    rows[pivot] = row.map((value) => value / divisor);
    for (const [index, other] of rows.entries()) {
      const factor = at(other, pivot);
      if (index === pivot) continue;
      rows[index] = other.map((value, column) => value - factor * at(rows[pivot] ?? [], column));
    }
  }
  return rows.map((row) => at(row, width));
}

function sum(points: readonly Point[], of: (point: Point) => number): number {
  return points.reduce((total, point) => total + of(point), 0);
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}
