/** One line for several problems: the first, and the number of others. */
export function firstProblem(problems: readonly string[]): string | undefined {
  const [first, ...others] = problems;
  return first === undefined || others.length === 0
    ? first
    : `${first} (and ${others.length} more)`;
}
