/** Opens a trace. The file is not trusted: an error in it is reported in one line. */
import { firstProblem } from '../../checker/text/first-problem.ts';
import { isOwnProperty } from '../../checker/claims/own-properties.ts';
import { clipped, printable } from '../../checker/text/printable.ts';
import { readJson } from '../../checker/text/read-json.ts';
import { readBounded } from '../../checker/text/files.ts';
import { MAX_TRACE_BYTES, parseTrace, type Trace } from '../../checker/stories/trace-format.ts';
import { BadInput } from '../errors.ts';
import { otherBound, propertiesFor } from '../specification/instance.ts';
import { variantOption, type Loaded } from '../specification/loaded.ts';
import { propertyNamed, scenarioNamed, variantNamed } from '../specification/lookup.ts';

type Manner = {
  /** The variant on which it is replayed, if that is not its own. */
  readonly elsewhere?: string | undefined;
  readonly anyBounds?: boolean;
  /** Whether to add how unknown names can be loaded: for a trace that a verb was given. */
  readonly isGiven?: boolean;
};

/** Advice if the trace's own variant is not known. */
function otherVariant(spec: Loaded): string {
  const option = variantOption(spec);
  return `${ownFile(option)}; replay and explain take it on another ${spec.noun} with ${option} <id>`;
}

/** A trace never makes the program load a file: the user has to name the file. */
function ownFile(option: '--kernel' | '--variant' | '--scenario' | '--property'): string {
  const file = option === '--scenario' ? './mine.json' : './mine.mjs';
  return `one of your own is named by its file: ${option} ${file}`;
}

/** The line of a field of the trace, as `file:line`. */
type PlaceOf = (...path: readonly string[]) => string;

/**
 * The trace, with a variant, scenario and property that exist. If it is replayed on another variant, its own
 * may be unknown: steps are names, and the replay shows whether that variant takes them. Bounds are those
 * of the scenario, unless `anyBounds`.
 */
export function openTrace(spec: Loaded, file: string, manner: Omit<Manner, 'isGiven'> = {}): Trace {
  const read = readBounded(file, { maxBytes: MAX_TRACE_BYTES });
  if (read.kind === 'problem') throw new BadInput(read.problem);
  const parsed = parseTrace(read.text, file);
  if (parsed.kind === 'problems') {
    throw new BadInput(firstProblem(parsed.problems) ?? `${file}:1: expected a trace`);
  }
  checkNames(spec, parsed.trace, placeOf, { ...manner, isGiven: true });
  return parsed.trace;

  function placeOf(...path: readonly string[]): string {
    const document = readJson(read.kind === 'text' ? read.text : '', { maxDepth: 64 });
    return `${file}:${document.kind === 'document' ? document.lineOf(path) : 1}`;
  }
}

/** Checks that variant, scenario and property exist, that the property applies, and that the bounds agree. */
export function checkNames(
  spec: Loaded,
  trace: Trace,
  placeOf: PlaceOf,
  { elsewhere, anyBounds = false, isGiven = false }: Manner = {},
): void {
  checkSpecification(spec, trace, placeOf);
  const next = isGiven ? otherVariant(spec) : undefined;
  if (elsewhere === undefined) variantNamed(spec, trace.variant, placeOf('variant'), next);
  else variantNamed(spec, elsewhere);
  checkSubject(spec, trace, { placeOf, isGiven });
  if (!anyBounds) checkBounds(spec, trace, placeOf);
}

/** A trace never makes the program load anything: a trace of another specification is refused. */
function checkSpecification(spec: Loaded, { specification }: Trace, placeOf: PlaceOf): void {
  const { name, version } = specification;
  if (name === spec.name && version === spec.version) return;
  const [expected, found] = [spec, specification].map((each) => `${each.name} ${each.version}`);
  const next =
    name === spec.name
      ? 'find the story again: it was stored before the specification changed its meaning'
      : 'name its own specification with --spec FILE';
  throw new BadInput(
    printable(
      `${placeOf('specification')}: expected a trace of ${expected}, found one of ${clipped(found ?? '', 100)}; ${next}`,
    ),
  );
}

function checkBounds(spec: Loaded, { scenario }: Trace, placeOf: PlaceOf): void {
  const other = otherBound(spec, scenario);
  if (other === undefined) return;
  const { bound, is } = other;
  const expected =
    is === undefined ? `no bound "${clipped(bound)}"` : `${JSON.stringify(is)} ${bound}`;
  const found = clipped(JSON.stringify(scenario.bounds[bound]), 40);
  throw new BadInput(
    printable(
      `${placeOf('scenario', 'bounds')}: expected ${expected} of ${scenario.name}, found ${found}`,
    ),
  );
}

function checkSubject(
  spec: Loaded,
  trace: Trace,
  { placeOf, isGiven }: { readonly placeOf: PlaceOf; readonly isGiven: boolean },
): void {
  const place = placeOf('scenario', 'name');
  const next = isGiven ? ownFile('--scenario') : undefined;
  const scenario = scenarioNamed(spec, trace.scenario.name, place, next);
  if (trace.verdict === 'held') return;
  const otherwise = isGiven ? ownFile('--property') : undefined;
  const property = propertyNamed(spec, trace.property, placeOf('property'), otherwise);
  const applied = propertiesFor(spec, scenario).map(({ id }) => id);
  if (isOwnProperty(property) || applied.includes(property)) return;
  throw new BadInput(
    printable(
      `${placeOf('property')}: expected a property that applies in ${scenario.name}, found "${property}"`,
    ),
  );
}

/** The properties that are checked on a trace: its own, or all of them if it violates none. */
export function propertiesOf(spec: Loaded, trace: Trace): readonly string[] {
  if (trace.verdict === 'violated') return [trace.property];
  return propertiesFor(spec, scenarioNamed(spec, trace.scenario.name)).map(({ id }) => id);
}
