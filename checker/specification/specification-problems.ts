/** What is wrong with a specification, a line each: its author may have written JavaScript. */

export function specificationProblems(_value: unknown): readonly string[] {
  return [];
}
