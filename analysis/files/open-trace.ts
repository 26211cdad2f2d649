/** Opens a stored story. Nothing read is trusted: what is wrong is told in one line. */
import { isOwnProperty } from '../../checker/claims/own-properties.ts';
import { clipped, printable } from '../../checker/text/printable.ts';
import { readJson } from '../../checker/text/read-json.ts';
import { readBounded } from '../../checker/text/files.ts';
import { MAX_TRACE_BYTES, parseTrace, type Trace } from '../../checker/stories/trace-format.ts';
import { BadInput } from '../errors.ts';
import { kernelNamed, propertyNamed, scenarioNamed } from '../specification/lookup.ts';
import { applying, otherBound } from '../specification/instance.ts';

type Manner = {
  /** The kernel that it is told on, where that is another than its own. */
  readonly elsewhere?: string | undefined;
  readonly anyBounds?: boolean;
  /** What to do where its own kernel is not known. */
  readonly next?: string;
};

const OTHER_KERNEL = 'replay and explain tell it on another kernel with --kernel <id>';

/** The line of a field of the trace, as `file:line`. */
type PlaceOf = (...path: readonly string[]) => string;

/**
 * The trace, its kernel, scenario and property known to exist. Where it is told on another kernel, its
 * own may be anybody's: steps are names, and whether that kernel takes them is found out there.
 * Bounds are as the scenario has them, unless `anyBounds`.
 */
export function openTrace(file: string, manner: Omit<Manner, 'next'> = {}): Trace {
  const read = readBounded(file, { maxBytes: MAX_TRACE_BYTES });
  if (read.kind === 'problem') throw new BadInput(read.problem);
  const parsed = parseTrace(read.text, file);
  if (parsed.kind === 'problems') {
    const [first = `${file}:1: expected a trace`, ...others] = parsed.problems;
    throw new BadInput(others.length === 0 ? first : `${first} (and ${others.length} more)`);
  }
  checkNames(parsed.trace, placeOf, { ...manner, next: OTHER_KERNEL });
  return parsed.trace;

  function placeOf(...path: readonly string[]): string {
    const document = readJson(read.kind === 'text' ? read.text : '', { maxDepth: 64 });
    return `${file}:${document.kind === 'document' ? document.lineOf(path) : 1}`;
  }
}

/** Kernel, scenario and property exist, the property has something to say there, and bounds are so. */
export function checkNames(
  trace: Trace,
  placeOf: PlaceOf,
  { elsewhere, anyBounds = false, next }: Manner = {},
): void {
  if (elsewhere === undefined) kernelNamed(trace.kernel, placeOf('kernel'), next);
  else kernelNamed(elsewhere);
  checkSubject(trace, placeOf);
  if (!anyBounds) checkBounds(trace, placeOf);
}

function checkBounds({ scenario }: Trace, placeOf: PlaceOf): void {
  const other = otherBound(scenario);
  if (other === undefined) return;
  const { bound, is } = other;
  const expected = is === undefined ? `no bound "${clipped(bound)}"` : `${is} ${bound}`;
  const found = clipped(JSON.stringify(scenario.bounds[bound]), 40);
  throw new BadInput(
    printable(
      `${placeOf('scenario', 'bounds')}: expected ${expected} of ${scenario.name}, found ${found}`,
    ),
  );
}

function checkSubject(trace: Trace, placeOf: PlaceOf): void {
  const scenario = scenarioNamed(trace.scenario.name, placeOf('scenario', 'name'));
  if (trace.verdict === 'held') return;
  const property = propertyNamed(trace.property, placeOf('property'));
  const applied = applying(scenario).map(({ id }) => id);
  if (isOwnProperty(property) || applied.includes(property)) return;
  throw new BadInput(
    printable(
      `${placeOf('property')}: expected a property that applies in ${scenario.name}, found "${property}"`,
    ),
  );
}

/** The properties a trace is held against: its own, or every one where it violates none. */
export function propertiesOf(trace: Trace): readonly string[] {
  if (trace.verdict === 'violated') return [trace.property];
  return applying(scenarioNamed(trace.scenario.name)).map(({ id }) => id);
}
