/**
 * A story in the Informal Trace Format of Apalache and Quint (ADR-015), a state a line.
 *
 *   The values of the cells are in parameters and variables (itf-variables.ts). The step that led to a state
 *   is in Quint's `mbt::actionTaken` and `mbt::nondetPicks`, and once more in the state's `#meta.step`. The
 *   rest of the stored trace is in the trace's `#meta["sprite-check"]`, with the number of steps in place of
 *   the steps, so that a file that was cut is noticed. From these `import` makes the stored trace again.
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
/** The action that led to the first state. */
export const INIT = 'init';
/** The field of `#meta` with the whole stored trace, except that `steps` is their number. */
export const HEADER = 'sprite-check';

/** Throws BadInput if the file would be larger than `import` accepts. */
export function itfOf(story: StoryDocument): string {
  const worlds = worldsOf(story);
  const params = parametersIn(worlds);
  const variables = variablesIn(worlds);
  const picks = picksIn(story);
  const vars = [...variables.map(({ name }) => name), ACTION_TAKEN, PICKS];
  const states = worlds.map((world, index): Json => {
    const taken = story.steps[index - 1];
    const shown = taken === undefined ? [...params, ...variables] : variables;
    return {
      '#meta': metaOf(index, taken),
      ...Object.fromEntries(shown.map(({ name, exprIn }) => [name, exprIn(world)])),
      [ACTION_TAKEN]: taken === undefined ? INIT : actionText(taken.step),
      [PICKS]: picksOf(taken, picks),
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
  const length = counted(steps.length, 'step');
  throw new BadInput(
    `sprite-check: expected a story that "import" reads again, found one of ${length}: as ITF, ${excess}; give a shorter one, or another format`,
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

/** All parameters of all steps: each state lists the same ones. */
function picksIn({ steps }: StoryDocument): readonly string[] {
  return [...new Set(steps.flatMap(({ step }) => Object.keys(step.params)))].toSorted();
}

function picksOf(taken: DocumentStep | undefined, picks: readonly string[]): Json {
  return Object.fromEntries(
    picks.map((name) => {
      const value = taken?.step.params[name];
      return [name, value === undefined ? NONE : someOf(exprOf(value))];
    }),
  );
}

function metaOf(index: number, taken: DocumentStep | undefined): Json {
  if (taken === undefined) return { index };
  const { step, host, sentence, takesPlace, causes } = taken;
  const endUs = Math.round(endMsOf(taken) * 1000);
  const of = { host, sentence, takesPlace, endUs, causes: causes.map((cause) => cause.step) };
  return { index, step: exprOf(step), ...(exprOf(of) as object) };
}
