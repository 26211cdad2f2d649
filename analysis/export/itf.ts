/**
 * A story in the Informal Trace Format of Apalache and Quint (ADR-015), a state a line.
 *
 *   What the cells hold is in parameters and variables (itf-variables.ts). The step that led to a state stands in Quint's `mbt::actionTaken` and `mbt::nondetPicks`,
 *   and once more in the state's `#meta.step`; the rest of the stored trace in the trace's
 *   `#meta["sprite-check"]`, where the number of steps stands for the steps, so that a file that was cut
 *   is found out. From these `import` makes the stored trace again.
 */
import type { Step } from '../../checker/specification/protocol.ts';
import type { Json } from '../../checker/text/json.ts';
import { counted } from '../../checker/text/tables.ts';
import { BadInput } from '../errors.ts';
import { excessOf } from './itf-limits.ts';
import { typeOfAll, typeText, type ItfType } from './itf-types.ts';
import { exprOf, NONE, someOf } from './itf-values.ts';
import { parametersIn, variablesIn, worldsOf, type Variable } from './itf-variables.ts';
import {
  endMsOf,
  findingOf,
  headlineOf,
  type DocumentStep,
  type StoryDocument,
} from './story-document.ts';

export const ACTION_TAKEN = 'mbt::actionTaken';
export const PICKS = 'mbt::nondetPicks';
/** What led to the first state. */
export const INIT = 'init';
/** The field of `#meta` with everything of the stored trace; of its steps the number. */
export const HEADER = 'sprite-check';

/** Throws BadInput where the file would be more than `import` reads. */
export function itfOf(story: StoryDocument): string {
  const worlds = worldsOf(story);
  const params = parametersIn(worlds);
  const variables = variablesIn(worlds);
  const picks = picksIn(story);
  const vars = [...variables.map(({ name }) => name), ACTION_TAKEN, PICKS];
  const states = worlds.map((world, index): Json => {
    const told = story.steps[index - 1];
    const shown = told === undefined ? [...params, ...variables] : variables;
    return {
      '#meta': metaOf(index, told),
      ...Object.fromEntries(shown.map(({ name, exprIn }) => [name, exprIn(world)])),
      [ACTION_TAKEN]: told === undefined ? INIT : actionText(told.step),
      [PICKS]: picksOf(told, picks),
    };
  });
  const text = `${[
    '{',
    `  "#meta": ${JSON.stringify(traceMetaOf(story, variables, picks))},`,
    `  "params": ${JSON.stringify(params.map(({ name }) => name))},`,
    `  "vars": ${JSON.stringify(vars)},`,
    '  "states": [',
    states.map((state) => `    ${JSON.stringify(state)}`).join(',\n'),
    '  ]',
    '}',
  ].join('\n')}\n`;
  refuseExcess(story, text);
  return text;
}

function refuseExcess({ steps }: StoryDocument, text: string): void {
  const excess = excessOf(text);
  if (excess === undefined) return;
  const told = counted(steps.length, 'step');
  throw new BadInput(
    `sprite-check: expected a story that "import" reads again, found one of ${told}: as ITF, ${excess}; give a shorter one, or another format`,
  );
}

/** "thread p: open". */
export function actionText({ at, action }: Step): string {
  return `${at}: ${action}`;
}

function traceMetaOf(
  story: StoryDocument,
  variables: readonly Variable[],
  picks: readonly string[],
): Json {
  const { steps, ...header } = story.trace;
  const picked = picks.map((name): readonly [string, ItfType] => [
    name,
    typeOfAll([null, ...steps.map((step) => step.params[name])]),
  ]);
  return {
    format: 'ITF',
    'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
    source: `${story.noun} ${header.variant}, scenario ${header.scenario.name}`,
    status: header.verdict === 'violated' ? 'violation' : 'ok',
    description: [headlineOf(story), findingOf(story) ?? []].flat().join('; '),
    varTypes: {
      ...Object.fromEntries(variables.map(({ name, type }) => [name, type])),
      [ACTION_TAKEN]: 'Str',
      [PICKS]: typeText({ kind: 'Record', fields: picked }),
    },
    [HEADER]: exprOf({ ...header, steps: steps.length } as unknown as Json),
  };
}

/** Every parameter of every step: each state lists the same. */
function picksIn({ steps }: StoryDocument): readonly string[] {
  return [...new Set(steps.flatMap(({ step }) => Object.keys(step.params)))].toSorted();
}

function picksOf(told: DocumentStep | undefined, picks: readonly string[]): Json {
  return Object.fromEntries(
    picks.map((name) => {
      const value = told?.step.params[name];
      return [name, value === undefined ? NONE : someOf(exprOf(value))];
    }),
  );
}

function metaOf(index: number, told: DocumentStep | undefined): Json {
  if (told === undefined) return { index };
  const { step, host, sentence, takesPlace, causes } = told;
  const endUs = Math.round(endMsOf(told) * 1000);
  const of = { host, sentence, takesPlace, endUs, causes: causes.map((cause) => cause.step) };
  return { index, step: exprOf(step), ...(exprOf(of) as object) };
}
