/** Prints an explanation. */
import { match } from 'ts-pattern';
import { findingLine, storyLines } from './story.ts';
import type { Loaded } from '../../analysis/specification/loaded.ts';
import { propertyOf } from '../../analysis/specification/lookup.ts';
import { plainWording } from '../../checker/wording/plain-wording.ts';
import { counted } from '../../checker/text/tables.ts';
import { indentedTable } from './indented-table.ts';
import { wrong } from '../terminal.ts';
import type { ViolatedTrace } from '../../checker/stories/trace-format.ts';
import type { Explanation } from '../../analysis/explain/document.ts';
import { ledgerLines } from './ledger.ts';
import { differenceLines, partingLines } from './divergence.ts';
import { repairedOf } from '../../analysis/specification/loaded.ts';
import type { CheckedInstance } from '../../analysis/specification/instance.ts';
import { shortestText } from '../../analysis/explain/length-check.ts';

/** The number of steps printed at the top. */
const LAST_STEPS = 5;

export type ExplanationManner = {
  /** All steps. */
  readonly isAll: boolean;
  /** Only the finding and the step at fault. */
  readonly isQuiet: boolean;
};

export function explanationLines(
  explanation: Explanation,
  { instance, trace }: { readonly instance: CheckedInstance; readonly trace: ViolatedTrace },
  { isAll, isQuiet }: ExplanationManner,
): readonly string[] {
  const { spec } = instance;
  const finding = findingLines(spec, explanation, trace);
  if (isQuiet) {
    const { culprit } = explanation.ledger ?? {};
    const fault = culprit === undefined ? [] : [`Step at fault: ${culprit.step}, ${culprit.text}`];
    return [...finding, ...fault];
  }
  const sections = [
    [...finding, '', ...lastSteps(explanation, isAll ? explanation.story.length : LAST_STEPS)],
    ...(explanation.ledger === undefined
      ? []
      : [ledgerLines(spec, explanation, explanation.ledger)]),
    partedLines(spec, explanation),
    waitingLines(explanation),
    truthLines(explanation),
    noReturnLines(explanation),
    stepLines(explanation),
    choiceLines(explanation),
    orderLines(spec, explanation),
    faultLines(explanation, instance),
  ];
  return sections
    .filter(({ length }) => length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

function findingLines(
  spec: Loaded,
  explanation: Explanation,
  trace: ViolatedTrace,
): readonly string[] {
  const { property, variant, scenario, finding, story } = explanation;
  const on = variant === trace.variant ? variant : `${variant} (found on ${trace.variant})`;
  const statement = propertyOf(spec, property)?.statement;
  return [
    `${property}: ${spec.noun} ${on}, scenario ${scenario}, ${counted(story.length, 'step')}, ${shortestText(explanation.shortest, trace.certificate)}`,
    ...(statement === undefined ? [] : [`  ${statement}`]),
    findingLine(finding),
  ];
}

function lastSteps({ story }: Explanation, most: number): readonly string[] {
  return [
    story.length > most ? `The last ${most} of ${story.length} steps` : 'The steps',
    ...story.slice(-most).map((each) => `  ${line(each.step, story)}`),
  ];
}

/** `diff` finds an edit. */
function partsFromNothing(spec: Loaded, repaired: string): readonly string[] {
  return [
    `No step at fault is named: this is ${repaired} itself, and there is nothing to compare it with`,
    // The user's own files cannot be compared with a revision.
    ...(spec.options === ''
      ? ['  "sprite-check diff --against HEAD" finds the step that an edit has changed']
      : []),
  ];
}

/** If no step is at fault: the last step at which the variant did what the first one would not. */
function partedLines(
  spec: Loaded,
  { parting, ledger, variant, story }: Explanation,
): readonly string[] {
  const repaired = repairedOf(spec);
  if (ledger?.culprit !== undefined) return [];
  if (parting === undefined) return variant === repaired ? partsFromNothing(spec, repaired) : [];
  const at = parting.steps.map(({ step }) => step);
  const last = at.at(-1);
  return [
    `Where this ${spec.noun} differs from ${repaired}`,
    ...(last === undefined
      ? [`  at no step: ${repaired} would take each of them`]
      : [`  ${line(last, story)}`, ...indented(partingLines(spec, parting, last))]),
    ...(at.length > 1 ? [`  and before that at step ${ranges(at.slice(0, -1))}`] : []),
    ...differenceLines(spec, parting),
  ];
}

function waitingLines({ waiting }: Explanation): readonly string[] {
  if (waiting === undefined) return [];
  const { isCircle, edges, subject } = waiting;
  return [
    isCircle ? 'Circle of waiting' : 'Who waits in the end',
    ...indentedTable(
      edges.map(({ who, waitsFor, since, holds }) => [
        who,
        `waits for ${waitsFor}`,
        `since step ${since}`,
        holds.length === 0
          ? 'holds no lock'
          : `holds ${holds.map((held) => `${held.what} since step ${held.since}`).join(', ')}`,
      ]),
    ),
    ...(subject === undefined
      ? []
      : [`  ${subject.cell} is ${subject.state} since step ${subject.since}`]),
  ];
}

function truthLines({ truth }: Explanation): readonly string[] {
  const { claims, rows, heldThroughout } = truth;
  if (claims.length === 0) return [];
  const others =
    heldThroughout === 0 ? '' : `; ${counted(heldThroughout, 'other claim')} held throughout`;
  return [
    `What the property claims, after each step that changed it${others}`,
    ...indentedTable(
      [
        ['step', ...claims],
        ...rows.map(({ step, values }) => [
          String(step),
          ...values.map((value) => (value === 'violated' ? wrong(value) : value)),
        ]),
      ],
      [0],
    ),
  ];
}

function noReturnLines({ noReturn, story }: Explanation): readonly string[] {
  const title = 'Point of no return';
  const { step } = noReturn;
  const within = `within ${counted(noReturn.states, 'state')}`;
  if (noReturn.kind === 'atLatest') {
    return [
      title,
      `  ${line(step, story)}`,
      `  From here every run fails. Whether from an earlier step, is not known ${within}.`,
    ];
  }
  if (step === 0) {
    return [title, `  The beginning: every run of the scenario fails (${within}).`];
  }
  const { otherwise } = noReturn;
  return [
    title,
    `  ${line(step, story)}`,
    step === story.length
      ? `  The last step: until here the violation could be avoided (${within}).`
      : `  From here every run fails (${within}).`,
    ...(otherwise === undefined
      ? []
      : [
          `  Before it, another run avoids the violation: ${otherwise.first}; ${ending(otherwise)}.`,
        ]),
  ];
}

function ending({ steps, ends }: { readonly steps: number; readonly ends: string }): string {
  const after = `after ${counted(steps, 'step')}`;
  if (ends === 'goes round') return `${after} it goes round`;
  return ends === 'unspecified'
    ? `${after} it meets an unspecified event`
    : `${after} nothing is left to do`;
}

function stepLines({ matters, story }: Explanation): readonly string[] {
  const needless = matters.steps.filter(({ stillViolates }) => stillViolates);
  const all = needless.length === 0;
  return [
    all
      ? 'Leave out any one step, and the rest does not fail'
      : `Needless steps: ${ranges(needless.map(({ step }) => step))}`,
    ...indentedTable(
      matters.steps
        .filter(({ stillViolates }) => !stillViolates)
        .map(({ step, lost }) => [
          line(step, story),
          lost.length === 0 ? 'all others can still happen' : `then no ${ranges(lost)}`,
        ]),
    ),
  ];
}

function choiceLines({ matters }: Explanation): readonly string[] {
  if (matters.choices.length === 0) return [];
  return [
    'Kinds of choice, over all runs of the scenario (needed: no run fails without it)',
    ...indentedTable(
      matters.choices.map(({ choice, action, steps, needed }) => [
        `${choice}: ${action}`,
        `step ${ranges(steps)}`,
        match(needed)
          .with({ kind: 'needed' }, ({ states }) => `needed (${counted(states, 'state')})`)
          .with(
            { kind: 'not needed' },
            (found) => `not needed: a run of ${counted(found.steps, 'step')} fails without it`,
          )
          .with({ kind: 'unknown' }, ({ states }) => `not known within ${counted(states, 'state')}`)
          .exhaustive(),
      ]),
    ),
  ];
}

/** The places of steps: hosts for Sprite; cells for a specification without words of its own. */
function placesIn({ name, words }: Loaded): string {
  if (name === 'sprite') return 'hosts';
  return words.actor === plainWording.actor ? 'cells' : 'columns';
}

function orderLines(spec: Loaded, { matters, story }: Explanation): readonly string[] {
  const { order, swappable } = matters;
  return [
    order.length === 0
      ? `No order across ${placesIn(spec)} is needed`
      : `Order that is needed across ${placesIn(spec)}`,
    ...indentedTable(
      order.map(({ earlier, later }) => [line(earlier, story), 'before', line(later, story)]),
    ),
    ...(swappable.length === 0
      ? []
      : [`  May be swapped with the next step: ${ranges(swappable)}`]),
  ];
}

function faultLines(explanation: Explanation, instance: CheckedInstance): readonly string[] {
  const { fewestFaults } = explanation;
  if (fewestFaults === undefined) return [];
  const title = 'Fewest faults';
  return match(fewestFaults)
    .with({ kind: 'found' }, ({ faults, start, steps, finding, states }) => {
      const has = `${counted(faults, 'fault')}, ${counted(steps.length, 'step')}`;
      const isThis = faults === faultsIn(explanation) && steps.length === explanation.story.length;
      const head = `  ${has}${proven(faults)} (${counted(states, 'state')})`;
      if (isThis) return [title, head, '  This trace has as few.'];
      return [
        title,
        head,
        findingLine(finding),
        '',
        ...storyLines(instance, { start, steps }, { finding }),
      ];
    })
    .with({ kind: 'never' }, ({ faults, states }) => [
      title,
      `  holds with all ${counted(faults, 'fault')} that the scenario allows (${counted(states, 'state')})`,
    ])
    .with({ kind: 'bounded' }, ({ below, states }) => [
      title,
      below === 0
        ? `  not known within ${counted(states, 'state')}; try more with --max-states`
        : `  proven to hold with fewer than ${counted(below, 'fault')}; more is not known within ${counted(states, 'state')}`,
    ])
    .exhaustive();
}

function faultsIn({ matters }: Explanation): number {
  return matters.choices
    .filter(({ choice }) => choice === 'fault')
    .reduce((sum, { steps }) => sum + steps.length, 0);
}

function proven(faults: number): string {
  return faults === 0 ? '' : `; proven to hold with ${faults === 1 ? 'none' : 'fewer'}`;
}

/** "15  S  the server goes on with q's close of f". */
export function line(step: number, story: Explanation['story']): string {
  const { host = '', text = 'the beginning' } = story[step - 1] ?? {};
  // In plain words a column is a cell, and the text begins with its name.
  const who = host === '' || text.startsWith(`${host}:`) ? '' : `${host}  `;
  return `${String(step).padStart(3)}  ${who}${text}`;
}

/** "1, 3-5". */
export function ranges(numbers: readonly number[]): string {
  const found: { from: number; to: number }[] = [];
  for (const each of numbers) {
    const last = found.at(-1);
    if (last !== undefined && last.to === each - 1) last.to = each;
    else found.push({ from: each, to: each });
  }
  return found.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((each) => `  ${each}`);
}
