/**
 * Reads a stored trace from a file in the Informal Trace Format, as `export` writes it.
 *
 *   Another tool may have removed the states' `#meta`: then the steps are in Quint's variables. If both
 *   are there, they must agree. Everything else is read only to check its format. The file is not
 *   trusted: an error in it is returned as one line.
 */
import { canonical } from '../../checker/text/canonical-json.ts';
import { clipped, printable } from '../../checker/text/printable.ts';
import type { Json } from '../../checker/text/json.ts';
import { readJson, type Document } from '../../checker/text/read-json.ts';
import { parseTrace, type Parsed } from '../../checker/stories/trace-format.ts';
import { problemLine } from '../../checker/stories/trace-errors.ts';
import { whereText } from '../files/read-stored-json.ts';
import { excessOf } from './itf-limits.ts';
import { ACTION_TAKEN, HEADER, INIT, PICKS } from './itf.ts';
import { isList, jsonOfItf, NotItf } from './itf-values.ts';

const MAX_DEPTH = 32;
type Path = readonly PropertyKey[];
type Fields = { readonly [key: string]: Json };

export function parseItf(source: string, file: string): Parsed {
  const excess = excessOf(source);
  if (excess !== undefined) return problem(`${file}:1: ${excess}`);
  const document = readJson(source, { maxDepth: MAX_DEPTH });
  if (document.kind === 'problem') {
    return problem(problemLine(file, document.problem.line, document.problem));
  }
  try {
    return traceIn(document, file);
  } catch (error) {
    if (!(error instanceof NotItf)) throw error;
    const { path, message } = error;
    const expected = `${message}${whereText(path)}`;
    const found = described(path.reduce<Json | undefined>(fieldAt, document.value));
    return problem(problemLine(file, document.lineOf(path), { expected, found }));
  }
}

function traceIn(document: Document, file: string): Parsed {
  const root = fieldsAt(document.value, []);
  const header = ['#meta', HEADER];
  const head = jsonOfItf(fieldsAt(root['#meta'], ['#meta'])[HEADER] ?? missing(header), header);
  if (given(root['loop']) !== undefined) throw new NotItf(['loop'], 'a story that ends');
  const vars = listAt(root['vars'], ['vars']);
  const params = listAt(given(root['params']) ?? [], ['params']);
  const listed = new Set<Json>();
  const again = vars.findIndex((name) => listed.size === listed.add(name).size);
  if (again >= 0) throw new NotItf(['vars', again], 'a variable that is not listed before');
  const states = listAt(root['states'], ['states']);
  const actions = states.map((state, index) =>
    actionIn(state, index === 0 ? [...params, ...vars] : vars, ['states', index]),
  );
  if (actions[0] !== undefined || states.length === 0) {
    throw new NotItf(['states', 0, ACTION_TAKEN], `"${INIT}" first`);
  }
  const { steps: count = missing([...header, 'steps']), ...rest } = fieldsAt(head, header);
  if (count !== states.length - 1) return problem(cutLine(document, file, count));
  const steps = actions.slice(1).map((step, index) => {
    if (step !== undefined) return step;
    throw new NotItf(['states', index + 1, ACTION_TAKEN], 'a cell and its action');
  });
  const trace = parseTrace(JSON.stringify({ ...rest, steps }), '');
  if (trace.kind === 'trace') return trace;
  // The message is about a generated text, whose line numbers mean nothing.
  const [first = ''] = trace.problems;
  return problem(`${file}:${document.lineOf(header)}: ${first.replace(/^:\d+: /, '')}`);
}

/** The problem of a file with too few states, or too many. */
function cutLine(document: Document, file: string, count: Json): string {
  if (typeof count !== 'number') throw new NotItf(['#meta', HEADER, 'steps'], 'a number');
  const { length } = listAt(fieldsAt(document.value, [])['states'], ['states']);
  const expected = `the first state and one for each of ${count} steps in "states"`;
  return problemLine(file, document.lineOf(['states']), { expected, found: `${length} states` });
}

/** The place of what is not a step, as `file:line`. */
export function placeOfHeader(source: string, file: string): string {
  const document = readJson(source, { maxDepth: MAX_DEPTH });
  return `${file}:${document.kind === 'document' ? document.lineOf(['#meta', HEADER]) : 1}`;
}

/** The step that led to a state; undefined for the first state. */
function actionIn(value: Json, names: readonly Json[], path: Path): Json | undefined {
  const state = fieldsAt(value, path);
  for (const name of [...names, ACTION_TAKEN, PICKS]) {
    if (typeof name !== 'string') throw new NotItf([], 'names in "params" and "vars"');
    jsonOfItf(fieldAt(state, name) ?? missing([...path, name]), [...path, name]);
  }
  const said = state[ACTION_TAKEN];
  const meta = fieldsAt(given(state['#meta']) ?? {}, [...path, '#meta']);
  if (said === INIT) return undefined;
  const [, at, action] = /^(.+?): (.+)$/.exec(typeof said === 'string' ? said : '') ?? [];
  if (at === undefined || action === undefined) {
    throw new NotItf([...path, ACTION_TAKEN], `"${INIT}" or a cell and its action`);
  }
  const step = { at, action, params: paramsIn(state[PICKS], [...path, PICKS]) };
  if (given(meta['step']) === undefined) return step;
  const inMeta = [...path, '#meta', 'step'];
  const same = jsonOfItf(meta['step'] ?? missing(inMeta), inMeta);
  if (canonical(same) === canonical(step)) return same;
  throw new NotItf(inMeta, `the same step as in "${ACTION_TAKEN}" and "${PICKS}"`);
}

/** The parameters that were picked: `None` is no parameter. */
function paramsIn(value: Json | undefined, path: Path): Json {
  const picks = Object.entries(fieldsAt(value, path));
  return Object.fromEntries(
    picks.flatMap(([name, pick]) => {
      const { tag } = fieldsAt(pick, [...path, name]);
      if (tag !== 'Some' && tag !== 'None') {
        throw new NotItf([...path, name], 'the variant "None" or "Some"');
      }
      return tag === 'Some' ? [[name, jsonOfItf(pick, [...path, name])]] : [];
    }),
  );
}

function fieldsAt(value: Json | undefined, path: Path): Fields {
  if (value === null || typeof value !== 'object' || isList(value)) {
    throw new NotItf(path, 'an object');
  }
  return value;
}

/** Some writers leave out an optional field, others write null. */
function given(value: Json | undefined): Json | undefined {
  return value ?? undefined;
}

function listAt(value: Json | undefined, path: Path): readonly Json[] {
  if (value === undefined || !isList(value)) throw new NotItf(path, 'an array');
  return value;
}

function missing(path: Path): never {
  throw new NotItf(path, 'a value');
}

function fieldAt(value: Json | undefined, key: PropertyKey): Json | undefined {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
  return (value as { readonly [key: PropertyKey]: Json })[key];
}

function described(value: Json | undefined): string {
  return value === undefined ? 'nothing' : clipped(JSON.stringify(value), 40);
}

function problem(line: string): Parsed {
  return { kind: 'problems', problems: [printable(line)] };
}
