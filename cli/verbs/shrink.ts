/** `shrink`: a shorter trace with the same violation, and how far it is from the shortest. */
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { printable } from '../../checker/text/printable.ts';
import { runSteps } from '../../checker/stories/strict-replay.ts';
import { tryToWrite } from '../../checker/text/files.ts';
import { printTrace, type ViolatedTrace } from '../../checker/stories/trace-format.ts';
import { EXIT } from '../exit-codes.ts';
import { BadInput, InternalError } from '../../analysis/errors.ts';
import type { StoryJob } from '../../analysis/jobs/jobs.ts';
import { maxAheadOption, quietOption, seconds, whole } from '../option-values.ts';
import { openPool } from '../pool.ts';
import { addSpecOptions, choose, type SpecOptions } from '../specification-options.ts';
import type { Loaded } from '../../analysis/specification/loaded.ts';
import { staleText } from '../../analysis/stories/stale-step-text.ts';
import { certificateText } from '../../analysis/stories/story-text.ts';
import { findingLine, storyLines } from '../text/story.ts';
import { refuseStoredIn } from '../../analysis/files/output-places.ts';
import { instanceIn } from '../../analysis/specification/instance.ts';
import { writtenText } from '../output-file.ts';
import { print, printJson, say } from '../terminal.ts';
import { counted } from '../../checker/text/tables.ts';
import { openTrace } from '../../analysis/files/open-trace.ts';

type Options = SpecOptions & {
  readonly maxStates: number;
  readonly maxAhead: number;
  readonly timeout?: number;
  readonly out: string;
  readonly quiet?: true;
  readonly json?: true;
};

export function addShrink(program: Command, done: (code: number) => void): void {
  const verb = program
    .command('shrink')
    .description('shorten a stored trace, with a certificate')
    .argument('<file>', 'a trace that violates a property')
    .option('--max-states <n>', 'states searched for the certificate', whole(1), 2_000_000)
    .addOption(maxAheadOption())
    .option('--timeout <seconds>', 'stop the search for the certificate then', seconds)
    .option('--out <dir>', 'where the shorter story is written', 'out')
    .addOption(quietOption())
    .option('--json', 'one JSON document on standard output');
  addSpecOptions(verb).action(async (file: string, options: Options) =>
    done(await shrink(file, options)),
  );
}

async function shrink(file: string, options: Options): Promise<number> {
  const { spec } = await choose(options);
  const stored = openTrace(spec, file);
  if (stored.verdict === 'held') {
    const expected = 'expected a trace that violates a property';
    throw new BadInput(
      printable(
        `${file}:1: ${expected}, found one that violates none; "sprite-check replay" prints it`,
      ),
    );
  }
  refuseStoredIn(spec.home, options.out, [basename(file)]);
  const written = join(options.out, basename(file));
  const pool = openPool({ spec, workers: 1, timeoutSeconds: options.timeout });
  try {
    const [result] = await pool.run([jobFor(stored, options)], 'shrinking');
    if (result?.isUnfinished === true) return endedEarly(file, stored, pool.ended(), options);
    if (result?.trace === undefined) return gone(spec, { file, stored }, options);
    if (result.differs !== undefined) {
      throw new InternalError(`sprite-check: two runs of one story differ: ${result.differs}`);
    }
    const trace = { ...stored, ...result.trace };
    const unwritten = tryToWrite(written, printTrace(trace));
    const code = pool.ended() === 'interrupted' ? EXIT.interrupted : EXIT.holds;
    if (options.json === true)
      printJson(jsonOf(written, stored, { trace, unwritten, exitCode: code }));
    else {
      const all = lines(spec, { stored, trace });
      const shown = options.quiet === true ? all.slice(-1) : all;
      print([...shown, writtenText(written, unwritten)]);
    }
    return code;
  } finally {
    await pool.close();
  }
}

function jobFor(trace: ViolatedTrace, { maxStates, maxAhead }: Options): StoryJob {
  const { variant, scenario, property, start, steps, provenance } = trace;
  return {
    kind: 'story',
    variant,
    scenario: scenario.name,
    properties: [property],
    property,
    start,
    steps,
    provenance,
    isShortest: false,
    maxStates,
    maxAhead,
    alsoIn: [],
  };
}

function endedEarly(
  file: string,
  stored: ViolatedTrace,
  why: string | undefined,
  { json }: Options,
): number {
  const ended = why === 'timeout' ? 'timeout' : 'interrupted';
  const exitCode = ended === 'timeout' ? EXIT.holds : EXIT.interrupted;
  if (json === true) printJson({ ...aboutOf(file, stored), ended, exitCode });
  const cause = ended === 'timeout' ? 'ended by --timeout' : 'interrupted';
  say(`sprite-check: ${file}: ${cause} before it was shortened; nothing written`);
  return exitCode;
}

function gone(
  spec: Loaded,
  { file, stored }: { readonly file: string; readonly stored: ViolatedTrace },
  { json, maxAhead }: Options,
): number {
  const exitCode = EXIT.differs;
  const { variant, scenario, property } = stored;
  const place = { variant, scenario: scenario.name, properties: [property], maxAhead };
  const instance = instanceIn(spec, place);
  const { stale, undecided } = runSteps(instance.system, instance.claims, stored);
  const isUndecided = undecided.length > 0;
  const why = isUndecided ? { notDecided: true } : { failsNoMore: true };
  const said = isUndecided
    ? `whether this story violates ${property} is not decided within --max-ahead; raise it`
    : `what can take place of this story no longer violates ${property}`;
  if (json === true) printJson({ ...aboutOf(file, stored), ...why, exitCode });
  else
    print([
      printable(`${file}: ${said}`),
      ...(stale === undefined ? [] : [staleText(instance, stored, stale)]),
    ]);
  return exitCode;
}

function lines(
  spec: Loaded,
  { stored, trace }: { readonly stored: ViolatedTrace; readonly trace: ViolatedTrace },
): readonly string[] {
  const { variant, scenario, steps, finding, property } = trace;
  const properties = [property];
  const instance = instanceIn(spec, { variant, scenario: scenario.name, properties });
  return [
    ...storyLines(instance, trace, { finding }),
    '',
    findingLine(finding),
    '',
    `${counted(stored.steps.length, 'step')} before, ${steps.length} now: ${certificateText(trace)}`,
  ];
}

function jsonOf(
  file: string,
  stored: ViolatedTrace,
  {
    trace,
    unwritten,
    exitCode,
  }: {
    readonly trace: ViolatedTrace;
    readonly unwritten: string | undefined;
    readonly exitCode: number;
  },
): object {
  const { certificate, finding, steps } = trace;
  const found = { steps: steps.length, certificate, finding };
  return { ...aboutOf(file, stored), ...found, unwritten, exitCode };
}

function aboutOf(file: string, { property, steps }: ViolatedTrace): object {
  return { file, property, before: steps.length };
}
