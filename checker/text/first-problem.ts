/** Of several things that are wrong one is told, on one line, and how many there are besides. */
export function firstProblem(problems: readonly string[]): string | undefined {
  const [first, ...others] = problems;
  return first === undefined || others.length === 0
    ? first
    : `${first} (and ${others.length} more)`;
}
