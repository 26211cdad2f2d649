/** What a test may name instead of giving the value. What is wrong throws BadInput, in one line. */
import { ownProperties, type OwnProperty } from '../checker/claims/own-properties.ts';
import type { Property } from '../checker/specification/property.ts';
import { readBounded } from '../checker/text/files.ts';
import {
  MAX_TRACE_BYTES,
  parseTrace,
  type ViolatedTrace,
} from '../checker/stories/trace-format.ts';
import { firstProblem } from '../checker/text/first-problem.ts';
import { printable } from '../checker/text/printable.ts';
import { BadInput } from '../analysis/errors.ts';
import { propertyNamed, propertyOf, scenarioNamed } from '../analysis/specification/lookup.ts';
import type { ScenarioBase } from '../checker/specification/specification.ts';
import type { Tested } from './try-property.ts';

/** The checker's own, which it looks at by itself: no claims, and nothing that must be reached. */
function stated({ id, statement, kind, quiescence }: OwnProperty): Property<ScenarioBase> {
  return {
    id,
    statement,
    kind,
    quiescence,
    claims: () => [],
    witness: { statement: 'anything', reached: () => () => true },
  };
}

export function scenarioFrom(
  { spec, where }: Tested,
  scenario: string | ScenarioBase,
): ScenarioBase {
  if (typeof scenario === 'string') return scenarioNamed(spec, scenario, where);
  // In JavaScript, with a misspelled field less would be checked.
  const problem = firstProblem(spec.scenarioProblems?.(scenario) ?? []);
  if (problem !== undefined) throw new BadInput(printable(`${where}: ${problem}`));
  return scenario;
}

export function propertyFrom(
  { spec, where }: Tested,
  property: string | Property<ScenarioBase>,
): Property<ScenarioBase> {
  if (typeof property !== 'string') return property;
  const id = propertyNamed(spec, property, where);
  const own = ownProperties.find((each) => each.id === id);
  return propertyOf(spec, id) ?? stated(own as OwnProperty);
}

/** A stored story that violates something. */
export function readViolation(file: string): ViolatedTrace {
  const read = readBounded(file, { maxBytes: MAX_TRACE_BYTES });
  if (read.kind === 'problem') throw new BadInput(printable(read.problem));
  const parsed = parseTrace(read.text, file);
  if (parsed.kind === 'problems') throw new BadInput(parsed.problems[0] ?? file);
  if (parsed.trace.verdict === 'violated') return parsed.trace;
  const found = 'found one that violates none';
  throw new BadInput(printable(`${file}:1: expected a trace that violates a property, ${found}`));
}
