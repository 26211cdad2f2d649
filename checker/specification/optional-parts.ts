/**
 * The optional parts of a specification. A misspelled part, or one of another type, would be missing in the
 * output of the verbs, or would make a verb fail in the middle of its work.
 */
import type { Covering } from './covering.ts';
import { functions, isText, texts } from './property-problems.ts';
import type { Choices, Culprit, Specification, Walkthrough } from './specification.ts';
import { expected, isObject, namesTwice, unknownFields, type Fields } from './unknown-fields.ts';
import type { Wording } from './wording.ts';

/** The types guarantee that these are complete. */
type All<Part> = { readonly [field in keyof Part]-?: true };

const wordingFields: All<Wording> = {
  column: true,
  actor: true,
  compareColumns: true,
  columns: true,
  columnTitle: true,
  activity: true,
  begins: true,
  sentence: true,
  change: true,
  holds: true,
  state: true,
  message: true,
  shortName: true,
  longName: true,
  value: true,
  observation: true,
};
const choicesFields: All<Choices> = { chosen: true, kindOf: true };
const walkthroughFields: All<Walkthrough> = {
  name: true,
  title: true,
  scenario: true,
  stages: true,
};
const coveringFields: All<Covering<never>> = {
  id: true,
  what: true,
  page: true,
  situations: true,
  impossible: true,
  inState: true,
  onStep: true,
};
const filesFields: All<NonNullable<Specification['files']>> = { property: true, variants: true };
const sizedFields: All<NonNullable<Specification['sized']>> = {
  sizes: true,
  problem: true,
  scenario: true,
  last: true,
  cost: true,
};
const culpritFields: All<Culprit> = { at: true, action: true };

/** The functions that the verbs call. */
const functionFields = [
  'boundsOf',
  'variantProblems',
  'scenarioProblems',
  'observer',
  'accounts',
  'waits',
  'differences',
  'timing',
  'cost',
];

/** One line for each problem of the present parts. */
export function optionalProblems(where: string, value: Fields): readonly string[] {
  const { noun, wording, choices, activities, walkthroughs, coverings, files, sized } = value;
  return [
    ...(noun === undefined ? [] : texts(where, { noun })),
    ...functions(where, value, [], functionFields),
    ...partProblems(`wording of ${where}`, wording, wordingFields, (at, part) =>
      functions(at, part, [], Object.keys(wordingFields)),
    ),
    ...partProblems(`choices of ${where}`, choices, choicesFields, (at, part) => [
      ...setOfNames(`chosen of ${at}`, part['chosen'], 'event types'),
      ...functions(at, part, ['kindOf']),
    ]),
    ...(activities === undefined
      ? []
      : setOfNames(`activities of ${where}`, activities, 'kinds of cells')),
    ...walkthroughsProblems(where, walkthroughs),
    ...coveringsProblems(where, coverings),
    ...partProblems(`files of ${where}`, files, filesFields, (at, part) => [
      ...functions(at, part, ['property']),
      ...texts(at, { variants: part['variants'] }),
    ]),
    ...partProblems(`sized of ${where}`, sized, sizedFields, (at, part) => [
      ...(Array.isArray(part['sizes']) && part['sizes'].every(isText)
        ? []
        : [`sizes of ${at} ${expected('a list of names', part['sizes'])}`]),
      ...setOfNames(`last of ${at}`, part['last'], 'event types'),
      ...functions(at, part, ['problem', 'scenario', 'cost']),
    ]),
  ];
}

/** Whether its cells exist is checked where it is used. */
export function culpritProblems(where: string, value: unknown): readonly string[] {
  return partProblems(`culprit of ${where}`, value, culpritFields, (at, part) =>
    texts(at, { at: part['at'], action: part['action'] }),
  );
}

function partProblems(
  at: string,
  value: unknown,
  fields: { readonly [field: string]: true },
  problems: (at: string, part: Fields) => readonly string[],
): readonly string[] {
  if (value === undefined) return [];
  const names = Object.keys(fields);
  if (!isObject(value)) {
    return [`${at} ${expected(`an object, with fields of ${names.join(', ')}`, value)}`];
  }
  return [...unknownFields(at, value, names), ...problems(at, value)];
}

function setOfNames(what: string, value: unknown, kind: string): readonly string[] {
  if (!(value instanceof Set)) return [`${what} ${expected(`a Set of ${kind}`, value)}`];
  return [...(value as ReadonlySet<unknown>)]
    .filter((each) => !isText(each))
    .map((each) => `each of ${what} ${expected('a string', each)}`);
}

function walkthroughsProblems(where: string, value: unknown): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [`walkthroughs of ${where} ${expected('a list', value)}`];
  const list = value as readonly unknown[];
  return [
    ...list.flatMap((each, index) => walkthroughProblems(`walkthrough ${index + 1}`, each)),
    ...namesTwice(
      'walkthrough',
      list.map((each) => (isObject(each) ? each['name'] : undefined)),
    ),
  ];
}

function coveringsProblems(where: string, value: unknown): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [`coverings of ${where} ${expected('a list', value)}`];
  const list = value as readonly unknown[];
  return [
    ...list.flatMap((each, index) =>
      partProblems(`covering ${index + 1}`, each ?? null, coveringFields, (at, part) => [
        ...texts(at, { id: part['id'], what: part['what'], page: part['page'] }),
        ...functions(at, part, ['impossible'], ['inState', 'onStep']),
        ...(Array.isArray(part['situations']) && part['situations'].every(isText)
          ? []
          : [`situations of ${at} ${expected('a list of names', part['situations'])}`]),
      ]),
    ),
    ...namesTwice(
      'covering',
      list.map((each) => (isObject(each) ? each['id'] : undefined)),
    ),
  ];
}

function walkthroughProblems(at: string, value: unknown): readonly string[] {
  if (!isObject(value)) return [`${at} ${expected('an object', value)}`];
  const { name, title, scenario, stages } = value;
  const where = isText(name) ? `walkthrough ${name}` : at;
  return [
    ...unknownFields(where, value, Object.keys(walkthroughFields)),
    ...texts(where, { name, title, scenario }),
    ...(Array.isArray(stages) && stages.every((each) => typeof each === 'function')
      ? []
      : [`stages of ${where} ${expected('a list of functions', stages)}`]),
  ];
}
