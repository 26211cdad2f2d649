/**
 * A trace: a stored counterexample, or a walkthrough that violates nothing.
 *
 *   Steps are named, so a trace survives a change of the protocol. Of the states, only a hash of the last
 *   one is stored. The file is JSON, one step a line. A file is not trusted: each error in it becomes one
 *   line, `file:line: expected ..., found ...`.
 */
import { z } from 'zod';
import { clipped } from '../text/printable.ts';
import type { Json } from '../text/json.ts';
import { readJson, type Document } from '../text/read-json.ts';
import { problemLine, problemLines } from './trace-errors.ts';

export const TRACE_FORMAT = 'sprite-check-trace';
export const TRACE_VERSION = 2;

/** Bytes, as UTF-8. */
export const MAX_TRACE_BYTES = 1024 * 1024;
const MAX_DEPTH = 32;
const MAX_STEPS = 10_000;

const name = z.string().min(1).max(200);
const text = z.string().max(4000);
const count = z.int().min(0);
const values = z.record(name, z.json());

/** A step's action is the type of its event, so no parameter may have the name `type`. */
const params = values.refine((given) => !Object.hasOwn(given, 'type'), {
  error: 'parameters of other names than "type"',
});
const step = z.strictObject({ at: name, action: name, params });
const finding = z.strictObject({ subject: text, expected: text, found: text });

const certificate = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('shortest') }),
  z.strictObject({ kind: z.literal('lowerBound'), steps: count }),
  /** No search for a shorter one was made. */
  z.strictObject({ kind: z.literal('none') }),
]);

const provenance = z.discriminatedUnion('found', [
  z.strictObject({ found: z.literal('random'), seed: z.int(), path: text }),
  z.strictObject({ found: z.literal('exhaustive') }),
  z.strictObject({ found: z.literal('written') }),
]);

const common = {
  format: z.literal(TRACE_FORMAT),
  version: z.literal(TRACE_VERSION),
  title: text.optional(),
  story: text.optional(),
  /** The specification of the story: its names have no meaning in another specification or version. */
  specification: z.strictObject({ name, version: name }),
  variant: name,
  scenario: z.strictObject({ name, bounds: values }),
  /** The start of the story, if the protocol has several. */
  start: name.optional(),
};
const rest = {
  lastWorld: z.string().regex(/^[0-9a-f]{16}$/),
  provenance,
  steps: z.array(step).max(MAX_STEPS),
};

const traceSchema = z.discriminatedUnion('verdict', [
  z.strictObject({
    ...common,
    property: name,
    verdict: z.literal('violated'),
    certificate,
    finding,
    ...rest,
  }),
  z.strictObject({ ...common, verdict: z.literal('held'), ...rest }),
]);

/** The schema of a trace, and the parts that other documents share. */
export const traceSchemas = { trace: traceSchema, step, finding, certificate, provenance } as const;

export type Trace = z.infer<typeof traceSchema>;
export type ViolatedTrace = Extract<Trace, { readonly verdict: 'violated' }>;

export type Parsed =
  | { readonly kind: 'trace'; readonly trace: Trace }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

/** Equal traces give equal text; `parseTrace` gives back the trace. */
export function printTrace(trace: Trace): string {
  const { steps, ...head } = traceSchema.parse(trace);
  const fields = Object.entries(head).flatMap(([key, held]) =>
    held === undefined ? [] : [`  ${JSON.stringify(key)}: ${line(held)},`],
  );
  const last = steps.length === 0 ? '  "steps": []' : `  "steps": [\n${stepLines(steps)}\n  ]`;
  return `${['{', ...fields, last, '}'].join('\n')}\n`;
}

export function parseTrace(source: string, fileName: string): Parsed {
  const bytes = new TextEncoder().encode(source).length;
  if (bytes > MAX_TRACE_BYTES) {
    return problem(1, { expected: `at most ${MAX_TRACE_BYTES} bytes`, found: String(bytes) });
  }
  const document = readJson(source, { maxDepth: MAX_DEPTH });
  if (document.kind === 'problem') return problem(document.problem.line, document.problem);
  const stranger = whyStranger(document);
  if (stranger !== undefined) return problem(document.lineOf([stranger.field]), stranger);
  const checked = traceSchema.safeParse(document.value);
  if (checked.success) return { kind: 'trace', trace: checked.data };
  return { kind: 'problems', problems: problemLines(fileName, document, checked.error.issues) };

  function problem(
    at: number,
    what: { readonly expected: string; readonly found: string },
  ): Parsed {
    return { kind: 'problems', problems: [problemLine(fileName, at, what)] };
  }
}

/** A file that is not a trace, or a trace of another version, is reported as such, not field by field. */
function whyStranger({
  value,
}: Document):
  | { readonly field: string; readonly expected: string; readonly found: string }
  | undefined {
  const { format, version } = (value !== null && typeof value === 'object' ? value : {}) as {
    readonly [field: string]: Json | undefined;
  };
  if (format !== TRACE_FORMAT) {
    const expected = `a trace, which begins with "format": "${TRACE_FORMAT}"`;
    const found = typeof format === 'string' ? `the format "${clipped(format)}"` : 'something else';
    return { field: 'format', expected, found };
  }
  if (version !== TRACE_VERSION) {
    const expected = `a trace of version ${TRACE_VERSION}`;
    const said = typeof version === 'number' ? `version ${version}` : 'no such version';
    return { field: 'version', expected, found: `${said}; ${whatToDo(version)}` };
  }
  return undefined;
}

function whatToDo(version: Json | undefined): string {
  return typeof version === 'number' && version > TRACE_VERSION
    ? 'a later sprite-check wrote it: replay it with that one'
    : 'its steps cannot be read as those of this version: find the counterexample again ("check" writes it)';
}

function stepLines(steps: Trace['steps']): string {
  return steps.map((each) => `    ${line(each)}`).join(',\n');
}

/** JSON on one line, with spaces for human readers. */
function line(value: Json | undefined): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(line).join(', ')}]`;
  const entries = Object.entries(value).filter(([, held]) => held !== undefined);
  if (entries.length === 0) return '{}';
  return `{ ${entries.map(([key, held]) => `${JSON.stringify(key)}: ${line(held)}`).join(', ')} }`;
}
