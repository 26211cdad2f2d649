/** The options of a verb that writes reports, and messages about reports that could not be written. */
import type { Command } from 'commander';
import { say } from './terminal.ts';

export function addReportOptions(verb: Command): Command {
  return verb
    .option('--junit <file>', 'write a JUnit XML report')
    .option('--sarif <file>', 'write a SARIF 2.1.0 report')
    .option('--sarif-baseline <file>', 'an earlier SARIF report to compare with');
}

export function sayUnwritten(lines: readonly string[]): void {
  for (const line of lines) say(line);
}
