/** The options of a verb that writes reports, and the writing. */
import type { Command } from 'commander';
import { printable } from '../../checker/text/printable.ts';
import { writeWhole } from '../../checker/text/files.ts';
import { BadInput } from '../errors.ts';
import { junit } from './junit.ts';
import type { Outcome, ReportMeta } from './outcome.ts';
import { refusePlaces } from '../files/output-places.ts';
import { readSarifBaseline } from './sarif-baseline.ts';
import { sarif, type SarifBaseline } from './sarif.ts';

export type ReportOptions = {
  readonly junit?: string;
  readonly sarif?: string;
  readonly sarifBaseline?: string;
};

export function addReportOptions(verb: Command): Command {
  return verb
    .option('--junit <file>', 'write a JUnit XML report')
    .option('--sarif <file>', 'write a SARIF 2.1.0 report')
    .option('--sarif-baseline <file>', 'an earlier SARIF report to compare with');
}

/**
 * To be called before a long search: what cannot be read, and what must not be written, is found out
 * first. Throws BadInput.
 */
export function openBaseline(options: ReportOptions): Baseline {
  const { sarif: to, sarifBaseline } = options;
  refusePlaces(options);
  if (sarifBaseline === undefined) return undefined;
  if (to !== undefined) return readSarifBaseline(sarifBaseline);
  throw new BadInput('sprite-check: --sarif-baseline compares what --sarif writes: give both');
}

type Baseline = SarifBaseline | undefined;

export function writeReports(
  options: ReportOptions,
  baseline: Baseline,
  told: { readonly outcomes: readonly Outcome[]; readonly meta: ReportMeta },
): void {
  const { outcomes, meta } = told;
  // Somebody may have put something there meanwhile.
  refusePlaces(options);
  if (options.junit !== undefined) writeReport(options.junit, junit(outcomes, meta));
  if (options.sarif !== undefined) writeReport(options.sarif, sarif(outcomes, meta, baseline));
}

function writeReport(file: string, text: string): void {
  try {
    writeWhole(file, text);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new BadInput(
      printable(`sprite-check: expected a place to write ${file}, found ${why}: give another file`),
    );
  }
}
