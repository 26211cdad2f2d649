/** `replay`: tells a stored story step by step, and whether it still ends as the file says. */
import { sourceLines } from '../../checker/specification/property.ts';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { DEFAULT_MAX_EDITS } from '../../checker/stories/rebase.ts';
import { replayLine, replayTrace, type Replay } from '../../checker/stories/replay-verdict.ts';
import { writeWhole } from '../../checker/text/files.ts';
import { printTrace, type Trace } from '../../checker/stories/trace-format.ts';
import { printable } from '../../checker/text/printable.ts';
import { EXIT } from '../exit-codes.ts';
import { kernelNamed, propertyOf } from '../../analysis/specification/lookup.ts';
import { whole } from '../option-values.ts';
import {
  editLines,
  isOutdated,
  rebasedText,
  rebaseTrace,
  type Rebased,
} from '../../analysis/stories/rebase-trace.ts';
import { staleText } from '../../analysis/stories/stale-step-text.ts';
import {
  storedCertificateText,
  findingText,
  tellStory,
} from '../../analysis/stories/story-text.ts';
import { refuseStoredIn } from '../../analysis/files/output-places.ts';
import { subjectOf, type Subject } from '../../analysis/specification/instance.ts';
import { print, printJson, styled } from '../terminal.ts';
import { counted } from '../../analysis/text-tables.ts';
import { openTrace, propertiesOf } from '../../analysis/files/open-trace.ts';

type Options = {
  readonly kernel?: string;
  readonly rebase?: number | true;
  readonly out?: string;
  readonly all?: true;
  readonly json?: true;
};

export function addReplay(program: Command, done: (code: number) => void): void {
  program
    .command('replay')
    .description('tell a stored story, and whether it still ends as its file says')
    .argument('<file>', 'a trace')
    .option('--kernel <id>', 'replay it on another kernel than its own')
    .option(
      '--rebase [edits]',
      `where it fails no more, look for a run nearby that does (${DEFAULT_MAX_EDITS} edits)`,
      whole(0, 100),
    )
    .option('--out <dir>', 'where the rebased story is written; nowhere without')
    .option('--all', 'every step by itself')
    .option('--json', 'one JSON document on standard output')
    .action((file: string, options: Options) => done(replay(file, options)));
}

function replay(file: string, options: Options): number {
  const trace = openTrace(file, { elsewhere: options.kernel });
  const place = options.out === undefined ? undefined : join(options.out, basename(file));
  if (options.out !== undefined) refuseStoredIn(options.out, [basename(file)]);
  const kernel = kernelNamed(options.kernel ?? trace.kernel).id;
  const scenario = trace.scenario.name;
  const subject = subjectOf({ kernel, scenario, properties: propertiesOf(trace) });
  const { code, result, lines } = replayed(trace, subject, kernel);
  const rebased = rebasedAs(options, { subject, trace: { ...trace, kernel }, result });
  const written = rebased === undefined ? undefined : write(place, rebased);
  if (options.json === true) {
    const { verdict, steps } = trace;
    printJson({
      file,
      kernel,
      scenario,
      stored: verdict,
      steps: steps.length,
      ...result,
      rebased,
      written,
      exitCode: code,
    });
  } else {
    print([
      ...lines({ unfold: options.all === true }),
      ...(rebased === undefined ? notRebasedLines(options, trace) : rebasedLines(rebased, written)),
    ]);
  }
  return code;
}

export type Replayed = {
  readonly code: number;
  readonly result: Replay;
  /** What is printed of it. */
  readonly lines: (manner: { readonly unfold: boolean }) => readonly string[];
};

/** A stored story, held against a kernel. Nothing that stands in the trace reaches a machine unoffered. */
export function replayed(trace: Trace, subject: Subject, kernel: string): Replayed {
  const result = replayTrace(subject.system, subject.claims, trace);
  const code = isAsStored(result, trace) ? EXIT.holds : EXIT.differs;
  return { code, result, lines };

  function lines({ unfold }: { readonly unfold: boolean }): readonly string[] {
    return [
      ...heading(trace, kernel),
      '',
      ...tellStory(subject.system, trace, { unfold }),
      '',
      ...('seen' in result ? [`  ${findingText(result.seen.violation.finding)}`, ''] : []),
      styled(code === EXIT.holds ? 'green' : 'red', verdictLine(subject, result, trace)),
    ];
  }
}

function heading(trace: Trace, kernel: string): readonly string[] {
  const { scenario, steps, title, story } = trace;
  const on = kernel === trace.kernel ? kernel : `${kernel} (found on ${trace.kernel})`;
  const where = `kernel ${on}, scenario ${scenario.name}, ${counted(steps.length, 'step')}, ${storedCertificateText(trace)}`;
  const stated = trace.verdict === 'violated' ? propertyOf(trace.property) : undefined;
  const about = trace.verdict === 'violated' ? trace.property : 'a walkthrough';
  return [
    ...[title, story].flatMap((text) => (text === undefined ? [] : [printable(text)])),
    `${about}: ${where}`,
    ...(stated === undefined
      ? []
      : [`  ${stated.statement}`, `  ${sourceLines(stated).join('   ')}`]),
  ];
}

/** Whether the story ends as its file says. */
export function isAsStored(result: Replay, { verdict }: Trace): boolean {
  if (verdict === 'violated') return result.kind === 'violated as stored';
  return result.kind === 'held' && result.sameWorld;
}

/** One line, for people. */
export function verdictLine({ system }: Subject, result: Replay, trace: Trace): string {
  const { verdict } = trace;
  if (result.kind === 'stale') return staleText(system, trace, result.stale);
  if (result.kind === 'held' && verdict === 'violated') {
    return 'fixed: the story takes place, and violates nothing';
  }
  if (result.kind === 'held' && !result.sameWorld) {
    return 'differs: every step takes place and nothing is violated, but the last state is another';
  }
  return replayLine(result);
}

type Outdated = { readonly subject: Subject; readonly trace: Trace; readonly result: Replay };

function rebasedAs({ rebase }: Options, { subject, trace, result }: Outdated): Rebased | undefined {
  if (rebase === undefined || trace.verdict === 'held' || !isOutdated(result)) return undefined;
  return rebaseTrace(subject, trace, rebase === true ? {} : { maxEdits: rebase });
}

/** The file, where there is a story to write and somebody said where to. */
function write(place: string | undefined, rebased: Rebased): string | undefined {
  if (place === undefined || rebased.kind === 'none' || rebased.differs !== undefined)
    return undefined;
  writeWhole(place, printTrace(rebased.trace));
  return place;
}

function notRebasedLines({ rebase }: Options, { verdict }: Trace): readonly string[] {
  if (rebase === undefined) return [];
  return verdict === 'held'
    ? ['nothing to rebase: nothing is violated in this story']
    : ['nothing to rebase: the story is neither stale nor fixed'];
}

function rebasedLines(rebased: Rebased, written: string | undefined): readonly string[] {
  const offer = written === undefined ? '  not written: --out DIR does' : `  written to ${written}`;
  return [
    rebasedText(rebased),
    ...(rebased.kind === 'none' ? [] : [...editLines(rebased.edits), offer]),
  ];
}
