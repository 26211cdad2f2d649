/** `export`: a stored story in the format of another tool. */
import { Option, type Command } from 'commander';
import { replayTrace } from '../../checker/stories/replay-verdict.ts';
import { EXIT } from '../exit-codes.ts';
import { isAsStored, verdictLine } from './replay.ts';
import { instanceOf } from '../../analysis/specification/instance.ts';
import { openTrace, propertiesOf } from '../../analysis/files/open-trace.ts';
import { formatNames, formats, type Format } from '../../analysis/export/formats.ts';
import { refusePlace, writeTo } from '../output-file.ts';
import { addSpecOptions, choose, type SpecOptions } from '../specification-options.ts';
import { storyDocument } from '../../analysis/export/story-document.ts';

type Options = SpecOptions & { readonly to: Format; readonly out?: string };

export function addExport(program: Command, done: (code: number) => void): void {
  const verb = program
    .command('export')
    .description('write a stored story in the format of another tool')
    .argument('<file>', 'a trace')
    .addOption(
      new Option('--to <format>', 'what to write').choices(formatNames).makeOptionMandatory(),
    )
    .option('--out <file>', 'where to write it; standard output without');
  addSpecOptions(verb).action(async (file: string, options: Options) =>
    done(await exportStory(file, options)),
  );
}

/** A story that does not end as its file says is not written: its finding would be a claim about another. */
async function exportStory(file: string, options: Options): Promise<number> {
  const { to, out } = options;
  const { spec } = await choose(options);
  refusePlace(spec, file, out);
  const trace = openTrace(spec, file);
  const { variant, scenario } = trace;
  const properties = propertiesOf(spec, trace);
  const instance = instanceOf(spec, { variant, scenario: scenario.name, properties });
  const { system, claims } = instance;
  const replay = replayTrace(system, claims, trace);
  if (!isAsStored(replay, trace)) {
    const why = verdictLine(instance, replay, trace);
    process.stderr.write(`${file}: expected a story that ends as stored, found one ${why}\n`);
    return EXIT.differs;
  }
  writeTo(formats[to](storyDocument(instance, trace)), out);
  return EXIT.holds;
}
