/** The files of a report: what may be written where, and the writing. */
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
 * To be called before a long search: what cannot be read, and what must not be written, is found out
 * first. Throws BadInput.
 */
export function openBaseline({ home }: Loaded, options: ReportOptions): Baseline {
  const { sarif: to, sarifBaseline } = options;
  refusePlaces(home, options);
  if (sarifBaseline === undefined) return undefined;
  if (to !== undefined) return readSarifBaseline(sarifBaseline);
  throw new BadInput('sprite-check: --sarif-baseline compares what --sarif writes: give both');
}

type Baseline = SarifBaseline | undefined;

/** A line for each report that could not be written: what was found stays as it is. */
export function writeReports(
  spec: Loaded,
  { options, baseline }: { readonly options: ReportOptions; readonly baseline: Baseline },
  told: { readonly outcomes: readonly Outcome[]; readonly meta: ReportMeta },
): readonly string[] {
  const { outcomes, meta } = told;
  // Somebody may have put something there meanwhile.
  refusePlaces(spec.home, options);
  const rules = rulesOf(spec);
  return [
    options.junit && writeReport(options.junit, junit(outcomes, meta)),
    options.sarif && writeReport(options.sarif, sarif(outcomes, { meta, rules }, baseline)),
  ].flatMap((line) => line ?? []);
}

/** Undefined, or a line about a report that is not there. */
function writeReport(file: string, text: string): string | undefined {
  const why = tryToWrite(file, text);
  return why === undefined
    ? undefined
    : printable(`sprite-check: the report ${file} is not written: ${why}; give another file`);
}
