/** `replay`: prints a stored trace step by step, and whether it still ends as its file says. */
import { sourceLines } from '../../checker/specification/property.ts';
import { basename, join } from 'node:path';
import { Option, type Command } from 'commander';
import { DEFAULT_MAX_EDITS } from '../../checker/stories/rebase.ts';
import { replayLine, replayTrace, type Replay } from '../../checker/stories/replay-verdict.ts';
import { tryToWrite } from '../../checker/text/files.ts';
import { printTrace, type Trace } from '../../checker/stories/trace-format.ts';
import { printable } from '../../checker/text/printable.ts';
import { EXIT } from '../exit-codes.ts';
import { propertyOf } from '../../analysis/specification/lookup.ts';
import { maxAheadOption, numbers, quietOption, whole } from '../option-values.ts';
import { addSpecOptions, choose, type SpecOptions } from '../specification-options.ts';
import {
  editLines,
  isOutdated,
  rebasedText,
  rebaseTrace,
  type Rebased,
} from '../../analysis/stories/rebase-trace.ts';
import { staleText } from '../../analysis/stories/stale-step-text.ts';
import { storedCertificateText } from '../../analysis/stories/story-text.ts';
import { findingLine, storyLines } from '../text/story.ts';
import { refuseStoredIn } from '../../analysis/files/output-places.ts';
import { instanceIn, type CheckedInstance } from '../../analysis/specification/instance.ts';
import { writtenText } from '../output-file.ts';
import { replayAt } from './replay-at.ts';
import { print, printJson, styled } from '../terminal.ts';
import { counted } from '../../checker/text/tables.ts';
import { openTrace, propertiesOf } from '../../analysis/files/open-trace.ts';

type Options = SpecOptions & {
  readonly rebase?: number | true;
  readonly at?: number;
  readonly take?: readonly number[];
  readonly maxAhead: number;
  readonly out?: string;
  readonly all?: true;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly json?: true;
};

export function addReplay(program: Command, done: (code: number) => void): void {
  const verb = program
    .command('replay')
    .description('print a stored trace, and whether it still ends as stored')
    .argument('<file>', 'a trace')
    .option(
      '--rebase [edits]',
      `if it fails no more, search for a similar run that does (${DEFAULT_MAX_EDITS} edits)`,
      whole(0, 100),
    )
    .addOption(
      new Option('--at <step>', 'print the state after this step, and every step enabled there')
        .argParser(whole(0))
        .conflicts('rebase'),
    )
    .addOption(
      new Option(
        '--take <number...>',
        'perform these steps of the printed list, one after the other',
      )
        .argParser(numbers)
        .conflicts('rebase'),
    )
    .option('--out <place>', 'with --rebase: a folder for the new trace; with --take: a file')
    .addOption(maxAheadOption())
    .option('--all', 'print every step by itself')
    .addOption(quietOption())
    .option('--verbose', 'every step by itself, as with --all')
    .option('--json', 'one JSON document on standard output');
  addSpecOptions(verb, { variant: 'replay it on another variant than its own' }).action(
    async (file: string, options: Options) => done(await replay(file, options)),
  );
}

async function replay(file: string, options: Options): Promise<number> {
  const { spec, variant: elsewhere } = await choose(options);
  const trace = openTrace(spec, file, { elsewhere });
  const variant = elsewhere ?? trace.variant;
  const scenario = trace.scenario.name;
  const properties = propertiesOf(spec, trace);
  const { maxAhead } = options;
  const instance = instanceIn(spec, { variant, scenario, properties, maxAhead });
  if (options.at !== undefined || options.take !== undefined) {
    return replayAt({ file, trace, variant, instance }, options);
  }
  const place = options.out === undefined ? undefined : join(options.out, basename(file));
  if (options.out !== undefined) refuseStoredIn(spec.home, options.out, [basename(file)]);
  const { code, result, lines } = replayed(trace, instance, variant);
  const rebased = rebasedAs(options, { instance, trace: { ...trace, variant }, result });
  const written = rebased === undefined ? undefined : write(place, rebased);
  if (options.json === true) {
    const { verdict, steps } = trace;
    printJson({
      file,
      variant,
      scenario,
      stored: verdict,
      steps: steps.length,
      ...result,
      rebased,
      written: written?.unwritten === undefined ? written?.file : undefined,
      unwritten: written?.unwritten,
      exitCode: code,
    });
  } else {
    print([
      ...lines({
        unfold: options.all === true || options.verbose === true,
        isQuiet: options.quiet === true,
      }),
      ...(rebased === undefined ? notRebasedLines(options, trace) : rebasedLines(rebased, written)),
    ]);
  }
  return code;
}

type Manner = {
  /** Every step by itself. */
  readonly unfold: boolean;
  /** Without the steps. */
  readonly isQuiet?: boolean;
};

export type Replayed = {
  readonly code: number;
  readonly result: Replay;
  /** The printed lines. */
  readonly lines: (manner: Manner) => readonly string[];
};

/** Replays a trace on a variant. No step of it reaches a machine that does not offer it. */
export function replayed(trace: Trace, instance: CheckedInstance, variant: string): Replayed {
  const result = replayTrace(instance.system, instance.claims, trace);
  const code = isAsStored(result, trace) ? EXIT.holds : EXIT.differs;
  return { code, result, lines };

  function lines({ unfold, isQuiet = false }: Manner): readonly string[] {
    const finding = 'seen' in result ? result.seen.violation.finding : undefined;
    const story = (): readonly string[] => [
      ...heading(instance, trace, variant),
      '',
      ...storyLines(instance, trace, { finding, unfold }),
      '',
    ];
    return [
      ...(isQuiet ? [] : story()),
      ...(finding === undefined ? [] : [findingLine(finding), '']),
      styled(colorOf(result, code), replayVerdictLine(instance, result, trace)),
    ];
  }
}

/** A violation is never green, even if the file expects it. */
function colorOf(result: Replay, code: number): 'red' | 'yellow' | 'green' {
  if ('seen' in result) return 'red';
  return code === EXIT.holds ? 'green' : 'yellow';
}

function heading({ spec }: CheckedInstance, trace: Trace, variant: string): readonly string[] {
  const { scenario, steps, title, story } = trace;
  const on = variant === trace.variant ? variant : `${variant} (found on ${trace.variant})`;
  const where = `${spec.noun} ${on}, scenario ${scenario.name}, ${counted(steps.length, 'step')}, ${storedCertificateText(trace)}`;
  const stated = trace.verdict === 'violated' ? propertyOf(spec, trace.property) : undefined;
  const about = trace.verdict === 'violated' ? trace.property : 'a walkthrough';
  return [
    ...[title, story].flatMap((text) => (text === undefined ? [] : [printable(text)])),
    `${about}: ${where}`,
    ...(stated === undefined
      ? []
      : [stated.statement, sourceLines(stated).join('   ')]
          .filter(Boolean)
          .map((line) => `  ${line}`)),
  ];
}

/** Whether the trace ends as its file says. */
export function isAsStored(result: Replay, { verdict }: Trace): boolean {
  if (verdict === 'violated') return result.kind === 'violated as stored';
  return result.kind === 'held' && result.sameWorld;
}

/** One line, for people. */
export function replayVerdictLine(instance: CheckedInstance, result: Replay, trace: Trace): string {
  const { verdict } = trace;
  if (result.kind === 'stale') return staleText(instance, trace, result.stale);
  if (result.kind === 'held' && verdict === 'violated') {
    return 'fixed: every step is possible, and no property is violated';
  }
  if (result.kind === 'held' && !result.sameWorld) {
    return 'differs: every step is possible and no property is violated, but the last state is another';
  }
  return replayLine(result);
}

type Outdated = {
  readonly instance: CheckedInstance;
  readonly trace: Trace;
  readonly result: Replay;
};

function rebasedAs(
  { rebase }: Options,
  { instance, trace, result }: Outdated,
): Rebased | undefined {
  if (rebase === undefined || trace.verdict === 'held' || !isOutdated(result)) return undefined;
  return rebaseTrace(instance, trace, rebase === true ? {} : { maxEdits: rebase });
}

type Written = { readonly file: string; readonly unwritten: string | undefined };

/** Writes the new trace if there is one and `--out` is given. */
function write(place: string | undefined, rebased: Rebased): Written | undefined {
  if (place === undefined || rebased.kind === 'none' || rebased.differs !== undefined)
    return undefined;
  return { file: place, unwritten: tryToWrite(place, printTrace(rebased.trace)) };
}

function notRebasedLines({ rebase }: Options, { verdict }: Trace): readonly string[] {
  if (rebase === undefined) return [];
  return verdict === 'held'
    ? ['nothing to rebase: nothing is violated in this story']
    : ['nothing to rebase: the story is neither stale nor fixed'];
}

function rebasedLines(rebased: Rebased, written: Written | undefined): readonly string[] {
  const offer =
    written === undefined
      ? '  not written: --out DIR does'
      : `  ${writtenText(written.file, written.unwritten)}`;
  return [
    rebasedText(rebased),
    ...(rebased.kind === 'none' ? [] : [...editLines(rebased.edits), offer]),
  ];
}
