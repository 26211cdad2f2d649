/**
 * A story in the Informal Trace Format of Apalache and Quint (ADR-015), a state a line.
 *
 *   A variable for each kind of cell: a function from the objects of that kind to what their cells
 *   hold. The step that led to a state stands in Quint's `mbt::actionTaken` and `mbt::nondetPicks`,
 *   and once more in the state's `#meta.step`; the rest of the stored trace in the trace's
 *   `#meta["sprite-check"]`, where the number of steps stands for the steps, so that a file that was cut
 *   is found out. From these `import` makes the stored trace again.
 */
import type { Local, Step } from '../../checker/specification/protocol.ts';
import type { Json } from '../../checker/text/json.ts';
import { partsOf } from '../../checker/text/cell-names.ts';
import { typedExpr, typeOfAll, typeText, type ItfType } from './itf-types.ts';
import { exprOf, NONE, someOf } from './itf-values.ts';
import {
  endMsOf,
  findingOf,
  headlineOf,
  type ToldStep,
  type StoryDocument,
} from './story-document.ts';

export const ACTION_TAKEN = 'mbt::actionTaken';
export const PICKS = 'mbt::nondetPicks';
/** What led to the first state. */
export const INIT = 'init';
/** The field of `#meta` with everything of the stored trace; of its steps the number. */
export const HEADER = 'sprite-check';

/** Every cell, by kind and object. */
type World = ReadonlyMap<string, ReadonlyMap<string, Local>>;

type Variable = {
  readonly name: string;
  readonly type: ItfType;
  /** What a cell of this kind holds; worked out once, few cells change in a step. */
  readonly exprOf: (held: Local) => Json;
};

export function itfOf(story: StoryDocument): string {
  const worlds = worldsOf(story);
  const variables = variablesIn(worlds);
  const params = paramsIn(story);
  const vars = [...variables.map(({ name }) => name), ACTION_TAKEN, PICKS];
  const states = worlds.map((world, index): Json => {
    const told = story.steps[index - 1];
    return {
      '#meta': metaOf(index, told),
      ...Object.fromEntries(variables.map((each) => [each.name, exprIn(world, each)])),
      [ACTION_TAKEN]: told === undefined ? INIT : actionText(told.step),
      [PICKS]: picksOf(told, params),
    };
  });
  return `${[
    '{',
    `  "#meta": ${JSON.stringify(traceMetaOf(story, variables, params))},`,
    `  "vars": ${JSON.stringify(vars)},`,
    '  "states": [',
    states.map((state) => `    ${JSON.stringify(state)}`).join(',\n'),
    '  ]',
    '}',
  ].join('\n')}\n`;
}

/** "thread p: open". */
export function actionText({ at, action }: Step): string {
  return `${at}: ${action}`;
}

function traceMetaOf(
  story: StoryDocument,
  variables: readonly Variable[],
  params: readonly string[],
): Json {
  const { steps, ...header } = story.trace;
  const picked = params.map((name): readonly [string, ItfType] => [
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
      ...Object.fromEntries(variables.map(({ name, type }) => [name, typeText(type)])),
      [ACTION_TAKEN]: 'Str',
      [PICKS]: typeText({ kind: 'Record', fields: picked }),
    },
    [HEADER]: exprOf({ ...header, steps: steps.length } as unknown as Json),
  };
}

/** The world before the first step and after each. */
function worldsOf({ initial, steps }: StoryDocument): readonly World[] {
  const held = new Map(initial);
  return [
    byKind(held),
    ...steps.map(({ changes }) => {
      for (const { cell, to } of changes) held.set(cell, to);
      return byKind(held);
    }),
  ];
}

function byKind(cells: ReadonlyMap<string, Local>): World {
  const kinds = new Map<string, Map<string, Local>>();
  for (const [name, local] of [...cells].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const { kind, object } = partsOf(name);
    kinds.set(kind, (kinds.get(kind) ?? new Map<string, Local>()).set(object, local));
  }
  return kinds;
}

function variablesIn(worlds: readonly World[]): readonly Variable[] {
  return [...(worlds[0]?.keys() ?? [])].map((name) => {
    const held = new Set(worlds.flatMap((world) => [...(world.get(name)?.values() ?? [])]));
    const of = typeOfAll([...held]);
    const exprs = new Map([...held].map((local) => [local, typedExpr(local, of)]));
    return { name, type: { kind: 'Map', of }, exprOf: (local) => exprs.get(local) ?? NONE };
  });
}

function exprIn(world: World, { name, exprOf: expr }: Variable): Json {
  return { '#map': [...(world.get(name) ?? [])].map(([object, local]) => [object, expr(local)]) };
}

/** Every parameter of every step: each state lists the same. */
function paramsIn({ steps }: StoryDocument): readonly string[] {
  return [...new Set(steps.flatMap(({ step }) => Object.keys(step.params)))].toSorted();
}

function picksOf(told: ToldStep | undefined, params: readonly string[]): Json {
  return Object.fromEntries(
    params.map((name) => {
      const value = told?.step.params[name];
      return [name, value === undefined ? NONE : someOf(exprOf(value))];
    }),
  );
}

function metaOf(index: number, told: ToldStep | undefined): Json {
  if (told === undefined) return { index };
  const { step, host, sentence, takesPlace, causes } = told;
  const endUs = Math.round(endMsOf(told) * 1000);
  const of = { host, sentence, takesPlace, endUs, causes: causes.map((cause) => cause.step) };
  return { index, step: exprOf(step), ...(exprOf(of) as object) };
}
