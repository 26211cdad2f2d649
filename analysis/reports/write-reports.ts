/** Checks where reports may be written, and writes them. */
import { printable } from '../../checker/text/printable.ts';
import { tryToWrite } from '../../checker/text/files.ts';
import { BadInput } from '../errors.ts';
import { junit } from './junit.ts';
import type { Outcome, ReportMeta } from './outcome.ts';
import { refusePlaces } from '../files/output-places.ts';
import type { Loaded } from '../specification/loaded.ts';
import { rulesOf } from './sarif-rules.ts';
import { readSarifBaseline } from './sarif-baseline.ts';
import { sarif, type SarifBaseline } from './sarif.ts';

export type ReportOptions = {
  readonly junit?: string;
  readonly sarif?: string;
  readonly sarifBaseline?: string;
};

/**
 * Call it before a long search: it finds files that cannot be read, and places that must not be written.
 * Throws BadInput.
 */
export function openBaseline({ home }: Loaded, options: ReportOptions): Baseline {
  const { sarif: to, sarifBaseline } = options;
  refusePlaces(home, options);
  if (sarifBaseline === undefined) return undefined;
  if (to !== undefined) return readSarifBaseline(sarifBaseline);
  throw new BadInput('sprite-check: --sarif-baseline compares what --sarif writes: give both');
}

type Baseline = SarifBaseline | undefined;

/** A line for each report that could not be written; the results do not change. */
export function writeReports(
  spec: Loaded,
  { options, baseline }: { readonly options: ReportOptions; readonly baseline: Baseline },
  found: { readonly outcomes: readonly Outcome[]; readonly meta: ReportMeta },
): readonly string[] {
  const { outcomes, meta } = found;
  // Another program may have written there meanwhile.
  refusePlaces(spec.home, options);
  const rules = rulesOf(spec);
  return [
    options.junit && writeReport(options.junit, junit(outcomes, meta)),
    options.sarif && writeReport(options.sarif, sarif(outcomes, { meta, rules }, baseline)),
  ].flatMap((line) => line ?? []);
}

/** Undefined, or a line about a report that was not written. */
function writeReport(file: string, text: string): string | undefined {
  const why = tryToWrite(file, text);
  return why === undefined
    ? undefined
    : printable(`sprite-check: the report ${file} is not written: ${why}; give another file`);
}
