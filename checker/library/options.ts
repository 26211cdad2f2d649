/** Checks the options of a function of this library: a misspelled option would change nothing. */
import { ModelFault } from '../specification/specification-error.ts';
import { firstProblem } from '../text/first-problem.ts';
import { expected, isObject, unknownFields } from '../specification/unknown-fields.ts';

/** The options themselves; throws a `ModelFault` if one of them is unknown. */
export function known<Options extends object>(
  caller: string,
  options: Options,
  fields: { readonly [field in keyof Options]-?: true },
): Options {
  const where = `the last argument of ${caller}`;
  const given: unknown = options;
  if (!isObject(given)) {
    throw new ModelFault(`${where} ${expected('an object with options', given)}`);
  }
  const problem = firstProblem(unknownFields(where, given, Object.keys(fields)));
  if (problem === undefined) return options;
  throw new ModelFault(problem);
}
