/** `export`: a stored story in the format of another tool. */
import { Option, type Command } from 'commander';
import { replayTrace } from '../../checker/stories/replay-verdict.ts';
import { EXIT } from '../exit-codes.ts';
import { isAsStored, verdictLine } from './replay.ts';
import { subjectOf } from '../../analysis/specification/instance.ts';
import { openTrace, propertiesOf } from '../../analysis/files/open-trace.ts';
import { formatNames, formats, type Format } from '../../analysis/export/formats.ts';
import { put, refusePlace } from '../output-file.ts';
import { tellInFull } from '../../analysis/export/story-document.ts';

type Options = { readonly to: Format; readonly out?: string };

export function addExport(program: Command, done: (code: number) => void): void {
  program
    .command('export')
    .description('write a stored story in the format of another tool')
    .argument('<file>', 'a trace')
    .addOption(
      new Option('--to <format>', 'what to write').choices(formatNames).makeOptionMandatory(),
    )
    .option('--out <file>', 'where to write it; standard output without')
    .action((file: string, options: Options) => done(exportStory(file, options)));
}

/** A story that does not end as its file says is not written: its finding would be a claim about another. */
function exportStory(file: string, { to, out }: Options): number {
  refusePlace(file, out);
  const trace = openTrace(file);
  const { kernel, scenario } = trace;
  const properties = propertiesOf(trace);
  const subject = subjectOf({ kernel, scenario: scenario.name, properties });
  const { system, claims } = subject;
  const replay = replayTrace(system, claims, trace);
  if (!isAsStored(replay, trace)) {
    const why = verdictLine(subject, replay, trace);
    process.stderr.write(`${file}: expected a story that ends as stored, found one ${why}\n`);
    return EXIT.differs;
  }
  put(formats[to](tellInFull(system, trace)), out);
  return EXIT.holds;
}
