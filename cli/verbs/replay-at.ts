/** `replay --at N --take M`: one state of a trace, and steps taken by hand from there. */
import { tryToWrite } from '../../checker/text/files.ts';
import { printable } from '../../checker/text/printable.ts';
import { counted } from '../../checker/text/tables.ts';
import { runSteps, type Stale } from '../../checker/stories/strict-replay.ts';
import { printTrace, type Trace } from '../../checker/stories/trace-format.ts';
import { BadInput } from '../../analysis/errors.ts';
import type { CheckedInstance } from '../../analysis/specification/instance.ts';
import { staleText } from '../../analysis/stories/stale-step-text.ts';
import { stateAfter } from '../../analysis/stories/state-at.ts';
import { steppedOn, steppedTrace } from '../../analysis/stories/step-on.ts';
import { EXIT } from '../exit-codes.ts';
import { refusePlace, writtenText } from '../output-file.ts';
import { print, printJson, styled, width } from '../terminal.ts';
import { stateLines } from '../text/state-at.ts';

type Options = {
  /** The end of the trace by default. */
  readonly at?: number;
  readonly take?: readonly number[];
  readonly out?: string;
  readonly json?: true;
};

type Opened = {
  readonly file: string;
  readonly trace: Trace;
  readonly variant: string;
  readonly instance: CheckedInstance;
};

/** Prints a state of a trace. A trace that is stale still has the states before its stale step. */
export function replayAt(opened: Opened, options: Options): number {
  const { file, trace, instance } = opened;
  const { at = trace.steps.length, out } = options;
  refusePlace(instance.spec, file, out);
  if (at > trace.steps.length) {
    const range = `0 to ${trace.steps.length}`;
    throw new BadInput(printable(`${file}: --at ${at}: expected ${range}, a step of the trace`));
  }
  const { performed, stale } = runSteps(instance.system, [], trace);
  if (stale !== undefined && at > performed) sayUnreachable(opened, { at, stale, options });
  else sayState(opened, { at, stale, options });
  return stale === undefined ? EXIT.holds : EXIT.differs;
}

type Asked = { readonly at: number; readonly stale: Stale | undefined; readonly options: Options };

function sayState(opened: Opened, { at, stale, options }: Asked): void {
  const { trace, instance, variant } = opened;
  const { take = [], out, json } = options;
  const begun = { start: trace.start, steps: trace.steps.slice(0, at) };
  const story = { ...begun, steps: steppedOn(instance, begun, take) };
  const next = take.length === 0 ? trace.steps[at] : undefined;
  const state = stateAfter(instance, story, { next });
  const unwritten =
    out === undefined
      ? undefined
      : tryToWrite(out, printTrace(steppedTrace(instance, story, variant)));
  if (json === true) {
    const written = unwritten === undefined ? out : undefined;
    const taken = story.steps.slice(at);
    const document = { kind: 'state', at, taken, state, stale, written, unwritten };
    sayDocument(opened, document, stale);
    return;
  }
  print([
    heading(opened, at, take.length),
    '',
    ...stateLines(state, { columns: columnsOf(instance), width: width() }),
    ...(stale === undefined ? [] : ['', styled('red', staleText(instance, trace, stale))]),
    ...(out === undefined ? [] : ['', writtenText(out, unwritten)]),
  ]);
}

function columnsOf({ spec: { words }, system }: CheckedInstance): readonly string[] {
  return words.columns(system.protocol.cells).toSorted(words.compareColumns);
}

function sayUnreachable(opened: Opened, { at, stale, options }: Asked): void {
  const { trace, instance } = opened;
  if (stale === undefined) return;
  if (options.json === true) {
    sayDocument(opened, { kind: 'stale', stale }, stale);
    return;
  }
  const text = styled('red', staleText(instance, trace, stale));
  print([heading(opened, at, 0), '', text]);
}

/** "kernel R1, scenario double-migration, after step 15 of 21 and 2 taken from there". */
function heading(
  { instance: { spec }, trace, variant }: Opened,
  at: number,
  taken: number,
): string {
  const { steps, scenario } = trace;
  const on = variant === trace.variant ? variant : `${variant} (found on ${trace.variant})`;
  const where = at === 0 ? 'where it begins' : `after step ${at} of ${steps.length}`;
  const beyond = taken === 0 ? '' : `, and ${counted(taken, 'step')} taken from there`;
  return printable(`${spec.noun} ${on}, scenario ${scenario.name}, ${where}${beyond}`);
}

function sayDocument(
  { file, variant, trace }: Opened,
  document: object,
  stale: Stale | undefined,
): void {
  const { scenario, verdict, steps } = trace;
  const about = { file, variant, scenario: scenario.name, stored: verdict, steps: steps.length };
  const exitCode = stale === undefined ? EXIT.holds : EXIT.differs;
  printJson({ ...about, ...document, exitCode });
}
