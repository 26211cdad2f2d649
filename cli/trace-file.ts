/** Opens a stored story. Nothing read is trusted: what is wrong is told in one line. */
import { EVERY_EVENT_IS_SPECIFIED } from '../checker/explore.ts';
import { printable } from '../checker/printable.ts';
import { readJson } from '../checker/read-json.ts';
import { readBounded } from '../checker/store.ts';
import { MAX_TRACE_BYTES, parseTrace, type Trace } from '../checker/trace.ts';
import { BadInput } from './exit.ts';
import { kernelNamed, propertyNamed, scenarioNamed } from './names.ts';
import { applying } from './subject.ts';

/** The trace, its kernel, scenario and property known to exist. */
export function openTrace(file: string): Trace {
  const read = readBounded(file, { maxBytes: MAX_TRACE_BYTES });
  if (read.kind === 'problem') throw new BadInput(read.problem);
  const parsed = parseTrace(read.text, file);
  if (parsed.kind === 'problems') {
    const [first = `${file}:1: expected a trace`, ...others] = parsed.problems;
    throw new BadInput(others.length === 0 ? first : `${first} (and ${others.length} more)`);
  }
  const { trace } = parsed;
  kernelNamed(trace.kernel, placeOf('kernel'));
  scenarioNamed(trace.scenario.name, placeOf('scenario', 'name'));
  if (trace.verdict === 'violated') checkProperty(trace.property, trace.scenario.name);
  return trace;

  function checkProperty(property: string, scenario: string): void {
    propertyNamed(property, placeOf('property'));
    const applied = applying(scenarioNamed(scenario)).map(({ id }) => id);
    if (property === EVERY_EVENT_IS_SPECIFIED || applied.includes(property)) return;
    throw new BadInput(
      printable(
        `${placeOf('property')}: expected a property that applies in ${scenario}, found "${property}"`,
      ),
    );
  }

  function placeOf(...path: readonly string[]): string {
    const document = readJson(read.kind === 'text' ? read.text : '', { maxDepth: 64 });
    return `${file}:${document.kind === 'document' ? document.lineOf(path) : 1}`;
  }
}

/** The properties a trace is held against: its own, or every one where it violates none. */
export function propertiesOf(trace: Trace): readonly string[] {
  if (trace.verdict === 'violated') return [trace.property];
  return applying(scenarioNamed(trace.scenario.name)).map(({ id }) => id);
}
