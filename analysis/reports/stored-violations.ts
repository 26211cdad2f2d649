/** The stored violations, and how a violation compares with them. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Violation } from '../../checker/claims/monitor.ts';
import type { Step } from '../../checker/specification/protocol.ts';
import { readBounded } from '../../checker/text/files.ts';
import {
  MAX_TRACE_BYTES,
  parseTrace,
  type ViolatedTrace,
} from '../../checker/stories/trace-format.ts';
import type { Loaded } from '../specification/loaded.ts';
import type { Outcome } from './outcome.ts';

/** Keyed by variant, scenario and property. */
export type StoredTraces = ReadonlyMap<string, ViolatedTrace>;

type Place = {
  readonly variant: string;
  readonly scenario: string;
  readonly property: string;
};

/** Every stored violation of a specification. Files that are no traces are ignored. */
export function storedTraces({ name, version, home }: Loaded): StoredTraces {
  const folder = join(home.base, home.folder);
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    files
      .filter((file) => file.endsWith('.trace.json'))
      .toSorted()
      .flatMap((file) => {
        const read = readBounded(join(folder, file), { maxBytes: MAX_TRACE_BYTES });
        const parsed = read.kind === 'text' ? parseTrace(read.text, file) : undefined;
        if (parsed?.kind !== 'trace' || parsed.trace.verdict === 'held') return [];
        const { trace } = parsed;
        const of = trace.specification;
        if (of.name !== name || of.version !== version) return [];
        const { variant, property } = trace;
        return [[keyOf({ variant, property, scenario: trace.scenario.name }), trace] as const];
      }),
  );
}

type Seen = { readonly violation: Violation; readonly steps: readonly Step[] };

/** The field of an outcome; empty if neither is a violation. */
export function beforeOf(
  stored: StoredTraces,
  place: Place,
  now: Seen | undefined,
): Pick<Outcome, 'before'> {
  const then = stored.get(keyOf(place));
  if (now === undefined) return then === undefined ? {} : { before: 'absent' };
  if (then === undefined) return { before: 'new' };
  return { before: isSame(then, now) ? 'unchanged' : 'updated' };
}

function isSame({ finding, steps }: ViolatedTrace, { violation, steps: now }: Seen): boolean {
  const { subject, expected, found } = violation.finding;
  return (
    finding.subject === subject &&
    finding.expected === expected &&
    finding.found === found &&
    steps.length === now.length
  );
}

function keyOf({ variant, scenario, property }: Place): string {
  return JSON.stringify([variant, scenario, property]);
}
