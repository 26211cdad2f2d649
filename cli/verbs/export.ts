/** `export`: a stored trace in the format of another tool. */
import { Option, type Command } from 'commander';
import { replayTrace, type Replay } from '../../checker/stories/replay-verdict.ts';
import { maxAheadOption } from '../option-values.ts';
import { EXIT } from '../exit-codes.ts';
import { isAsStored, replayVerdictLine } from './replay.ts';
import { instanceIn } from '../../analysis/specification/instance.ts';
import { openTrace, propertiesOf } from '../../analysis/files/open-trace.ts';
import { formatNames, formats, type Format } from '../../analysis/export/formats.ts';
import { refusePlace, writeTo } from '../output-file.ts';
import { say } from '../terminal.ts';
import { addSpecOptions, choose, type SpecOptions } from '../specification-options.ts';
import { steppedTrace } from '../../analysis/stories/step-on.ts';
import { storyDocument } from '../../analysis/export/story-document.ts';

type Options = SpecOptions & {
  readonly to: Format;
  readonly maxAhead: number;
  readonly out?: string;
};

export function addExport(program: Command, done: (code: number) => void): void {
  const verb = program
    .command('export')
    .description('write a stored trace in the format of another tool')
    .argument('<file>', 'a trace')
    .addOption(
      new Option('--to <format>', 'what to write').choices(formatNames).makeOptionMandatory(),
    )
    .addOption(maxAheadOption())
    .option('--out <file>', 'where to write it (default: standard output)');
  addSpecOptions(verb, { variant: 'export it as it is on another variant' }).action(
    async (file: string, options: Options) => done(await exportStory(file, options)),
  );
}

/** On another variant, a trace may violate nothing, or end in another state. */
const endsWithWhatItSays: ReadonlySet<Replay['kind']> = new Set(['held', 'violated as stored']);

/**
 * A trace that does not end as its file says is not written: its finding would be a claim about another
 * run. On another variant it may also violate nothing, and is then written as a trace that holds.
 */
async function exportStory(file: string, options: Options): Promise<number> {
  const { to, out, maxAhead } = options;
  const { spec, variant: elsewhere } = await choose(options);
  refusePlace(spec, file, out);
  const stored = openTrace(spec, file, { elsewhere });
  const variant = elsewhere ?? stored.variant;
  const scenario = stored.scenario.name;
  const properties = propertiesOf(spec, stored);
  const instance = instanceIn(spec, { variant, scenario, properties, maxAhead });
  const replay = replayTrace(instance.system, instance.claims, stored);
  const isWhole =
    elsewhere === undefined ? isAsStored(replay, stored) : endsWithWhatItSays.has(replay.kind);
  if (!isWhole) {
    const why = replayVerdictLine(instance, replay, stored);
    const where = elsewhere === undefined ? '' : ` on ${variant}`;
    say(
      `${file}: expected a trace that ends as stored${where}, found one ${why}; "sprite-check replay" prints it`,
    );
    return EXIT.differs;
  }
  const trace = elsewhere === undefined ? stored : steppedTrace(instance, stored, variant);
  writeTo(formats[to](storyDocument(instance, trace)), out);
  return EXIT.holds;
}
