/** `replay`: tells a stored story step by step, and whether it still ends as the file says. */
import type { Command } from 'commander';
import { replayLine, replayTrace, type Replay } from '../checker/replay.ts';
import { createReplayer, deliveriesOf } from '../checker/replayer.ts';
import type { Trace } from '../checker/trace.ts';
import { printable } from '../checker/printable.ts';
import { EXIT } from './exit.ts';
import { kernelNamed, propertyOf } from './names.ts';
import { certificateText, findingText, tellStory } from './story.ts';
import { staleText } from './stale.ts';
import { subjectOf, type Subject } from './subject.ts';
import { counted, print, printJson, styled } from './text.ts';
import { openTrace, propertiesOf } from './trace-file.ts';

type Options = { readonly kernel?: string; readonly all?: true; readonly json?: true };

export function addReplay(program: Command, done: (code: number) => void): void {
  program
    .command('replay')
    .description('tell a stored story, and whether it still ends as its file says')
    .argument('<file>', 'a trace')
    .option('--kernel <id>', 'replay it on another kernel than its own')
    .option('--all', 'every step by itself')
    .option('--json', 'one JSON document on standard output')
    .action((file: string, options: Options) => done(replay(file, options)));
}

function replay(file: string, options: Options): number {
  const trace = openTrace(file);
  const kernel = kernelNamed(options.kernel ?? trace.kernel).id;
  const scenario = trace.scenario.name;
  const subject = subjectOf({ kernel, scenario, properties: propertiesOf(trace) });
  const { code, result, rebased, lines } = replayed(trace, subject, kernel);
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
      exitCode: code,
    });
  } else print(lines({ unfold: options.all === true }));
  return code;
}

export type Replayed = {
  readonly code: number;
  readonly result: Replay;
  readonly rebased: number | undefined;
  /** What is printed of it. */
  readonly lines: (manner: { readonly unfold: boolean }) => readonly string[];
};

/** A stored story, held against a kernel. Nothing that stands in the trace reaches a machine unoffered. */
export function replayed(trace: Trace, subject: Subject, kernel: string): Replayed {
  const result = replayTrace(subject.system, subject.claims, trace);
  const rebased = result.kind === 'stale' ? rebase(subject, trace) : undefined;
  const code = isAsStored(result, trace) ? EXIT.holds : EXIT.differs;
  return { code, result, rebased, lines };

  function lines({ unfold }: { readonly unfold: boolean }): readonly string[] {
    return [
      ...heading(trace, kernel),
      '',
      ...tellStory(subject.system, trace.steps, { unfold }),
      '',
      ...('seen' in result ? [`  ${findingText(result.seen.violation.finding)}`, ''] : []),
      styled(code === EXIT.holds ? 'green' : 'red', verdictLine(subject, result, trace)),
      ...(rebased === undefined
        ? []
        : [
            `rebased: what can still take place of it, ${counted(rebased, 'step')}, violates the same`,
          ]),
    ];
  }
}

function heading(trace: Trace, kernel: string): readonly string[] {
  const { scenario, steps, title, story } = trace;
  const on = kernel === trace.kernel ? kernel : `${kernel} (found on ${trace.kernel})`;
  const where = `kernel ${on}, scenario ${scenario.name}, ${counted(steps.length, 'step')}, ${certificateText(trace)}`;
  const stated = trace.verdict === 'violated' ? propertyOf(trace.property) : undefined;
  const about = trace.verdict === 'violated' ? trace.property : 'a walkthrough';
  return [
    ...[title, story].flatMap((text) => (text === undefined ? [] : [printable(text)])),
    `${about}: ${where}`,
    ...(stated === undefined
      ? []
      : [`  ${stated.statement}`, `  paper ${stated.paper}   kernel ${stated.kernel}`]),
  ];
}

function isAsStored(result: Replay, { verdict }: Trace): boolean {
  if (verdict === 'violated') return result.kind === 'violated as stored';
  return result.kind === 'held' && result.sameWorld;
}

function verdictLine({ system }: Subject, result: Replay, { verdict, steps }: Trace): string {
  if (result.kind === 'stale') return staleText(system, steps, result.stale);
  if (result.kind === 'held' && verdict === 'violated') {
    return 'fixed: the story takes place, and violates nothing';
  }
  if (result.kind === 'held' && !result.sameWorld) {
    return 'differs: every step takes place and nothing is violated, but the last state is another';
  }
  return replayLine(result);
}

/** Steps of the story that is left when what cannot take place any more is left out, if it still violates. */
function rebase({ system, claims }: Subject, trace: Trace): number | undefined {
  if (trace.verdict === 'held') return undefined;
  const deliveries = deliveriesOf(system, trace.steps);
  if (deliveries === undefined) return undefined;
  return createReplayer(system, claims, trace.property).attempt(deliveries)?.deliveries.length;
}
