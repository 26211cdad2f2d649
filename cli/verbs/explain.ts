/** `explain`: why a stored story fails: who leaked the reference, who waits, from where nothing helps. */
import { NO_DEADLOCK } from '../../checker/claims/deadlock.ts';
import type { Command } from 'commander';
import { fewestFaults } from '../../checker/search/fewest-faults.ts';
import { pointOfNoReturn, type NoReturn } from '../../checker/search/point-of-no-return.ts';
import { replayLine, replayTrace } from '../../checker/stories/replay-verdict.ts';
import { runSteps, type Seen } from '../../checker/stories/strict-replay.ts';
import { createSystem } from '../../checker/engine/system.ts';
import type { ViolatedTrace } from '../../checker/stories/trace-format.ts';
import { mattersOf } from '../../analysis/explain/story-needs.ts';
import { explainedSchema, type Explanation, type Gone } from '../../analysis/explain/document.ts';
import { ledgerOf } from '../../analysis/explain/ledger.ts';
import { partedFrom } from '../../analysis/explain/divergence.ts';
import { shortestOf } from '../../analysis/explain/length-check.ts';
import { explanationLines } from '../text/explain.ts';
import { toldStory, type ToldStory } from '../../analysis/stories/worlds-by-step.ts';
import { truthOf } from '../../analysis/explain/claims-by-step.ts';
import { waitingAt } from '../../analysis/explain/wait-cycle.ts';
import { EXIT } from '../exit-codes.ts';
import { BadInput } from '../../analysis/errors.ts';
import { kernelNamed } from '../../analysis/specification/lookup.ts';
import { whole } from '../option-values.ts';
import { subjectOf, type Subject } from '../../analysis/specification/instance.ts';
import { print, printJson } from '../terminal.ts';
import { openTrace } from '../../analysis/files/open-trace.ts';
import { sentence } from '../../model/wording/sentences.ts';

type Options = {
  readonly kernel?: string;
  readonly maxStates: number;
  readonly fewestFaults?: true;
  readonly json?: true;
};

export function addExplain(program: Command, done: (code: number) => void): void {
  program
    .command('explain')
    .description('why a stored story fails: step at fault, point of no return, what matters')
    .argument('<file>', 'a trace that violates a property')
    .option('--kernel <id>', 'explain it on another kernel than its own')
    .option('--max-states <n>', 'states of each search', whole(1), 300_000)
    .option('--fewest-faults', 'also search for the fewest faults that break the property')
    .option('--json', 'one JSON document on standard output')
    .action((file: string, options: Options) => done(explain(file, options)));
}

function explain(file: string, options: Options): number {
  const trace = openTrace(file, { elsewhere: options.kernel });
  if (trace.verdict === 'held') {
    throw new BadInput(
      `${file}:1: expected a trace that violates a property, found one that violates none`,
    );
  }
  const kernel = kernelNamed(options.kernel ?? trace.kernel).id;
  const scenario = trace.scenario.name;
  const subject = subjectOf({ kernel, scenario, properties: [trace.property] });
  const { seen } = runSteps(subject.system, subject.claims, trace, {
    stopAt: ({ property }) => property === trace.property,
  });
  if (seen === undefined) return gone(file, trace, kernel, { subject, options });
  const told = explainedSchema.parse(
    explanationOf(trace, seen, subject, { file, kernel, options }),
  );
  if (options.json === true) printJson(told);
  else print(explanationLines(told, { system: subject.system, trace }));
  return told.exitCode;
}

function explanationOf(
  trace: ViolatedTrace,
  { step, violation }: Seen,
  { system, claims, scenario }: Subject,
  asked: { readonly file: string; readonly kernel: string; readonly options: Options },
): Explanation {
  const { file, kernel, options } = asked;
  const { maxStates } = options;
  const { property } = trace;
  const { finding } = violation;
  const steps = trace.steps.slice(0, step);
  const { start } = trace;
  const story = toldStory(system, { start, steps });
  const parting = partedFrom(story, { scenario, kernel: kernelNamed(kernel).kernel });
  const partedAt = parting?.steps.map((each) => each.step) ?? [];
  const waiting = waitingAt(story, scenario, {
    subject: finding.subject,
    isStuck: property === NO_DEADLOCK || claims.some(({ kind }) => kind === 'whenStuck'),
  });
  const noReturn = pointOfNoReturn(system, claims, { start, steps, property }, { maxStates });
  return {
    file,
    kernel,
    scenario: scenario.name,
    property,
    finding,
    story: story.told,
    shortest: shortestOf(story, claims, { violation, maxStates }),
    ...(parting === undefined ? {} : { parting }),
    ledger: ledgerOf(story, { scenario, finding, partedAt }),
    ...(waiting === undefined ? {} : { waiting }),
    truth: truthOf(story, claims),
    noReturn: noReturnTold(story, noReturn),
    matters: mattersOf(story, claims, { property, maxStates }),
    ...(options.fewestFaults === true
      ? { fewestFaults: fewestTold(fewestFaults(system, claims, property, { maxStates })) }
      : {}),
    exitCode: EXIT.holds,
  };
}

function fewestTold(found: ReturnType<typeof fewestFaults>): Explanation['fewestFaults'] {
  if (found.kind !== 'found') return found;
  const { violation, steps, ...rest } = found;
  return { ...rest, finding: violation.finding, steps: steps as ViolatedTrace['steps'] };
}

function noReturnTold({ system, worlds }: ToldStory, found: NoReturn): Explanation['noReturn'] {
  if (found.kind !== 'at' || found.escape === undefined) return found;
  const { kind, step, states, escape } = found;
  const [first] = escape.steps;
  if (first === undefined) return { kind, step, states };
  const cell = system.indexOf(first.at);
  const acting = system.local(cell, worlds[step - 1]?.[cell] ?? 0);
  const otherwise = {
    first: sentence(first, acting),
    steps: escape.steps.length,
    ends: escape.ends,
  };
  return { kind, step, states, otherwise };
}

/** It does not fail any more: the same line as `replay` prints, and the same exit code. */
function gone(
  file: string,
  trace: ViolatedTrace,
  kernel: string,
  { subject, options }: { readonly subject: Subject; readonly options: Options },
): number {
  const replay = replayTrace(createSystem(subject.protocol), subject.claims, trace);
  const why = replay.kind === 'held' ? 'fixed' : replayLine(replay);
  if (options.json === true) {
    const { property } = trace;
    const scenario = subject.scenario.name;
    const told = { file, kernel, scenario, property, failsNoMore: why, exitCode: EXIT.differs };
    printJson(told satisfies Gone);
  } else {
    print([
      `${file}: nothing to explain: on kernel ${kernel} this story does not violate ${trace.property}`,
      `${why}; see "sprite-check replay ${file} --kernel ${kernel}"`,
    ]);
  }
  return EXIT.differs;
}
