/**
 * Checks whether a value is a specification, before any of it is used: a file may export anything. A name
 * that does not exist is reported with the nearest one.
 */
import { didYouMean } from '../text/nearest-name.ts';
import { culpritProblems, optionalProblems } from './optional-parts.ts';
import { functions, isText, propertyProblems, texts } from './property-problems.ts';
import { expected, isObject, namesTwice, unknownFields, type Fields } from './unknown-fields.ts';

const specificationFields = [
  'name',
  'version',
  'title',
  'variants',
  'scenarios',
  'properties',
  'boot',
  'noun',
  'boundsOf',
  'variantProblems',
  'scenarioProblems',
  'wording',
  'observer',
  'choices',
  'activities',
  'accounts',
  'waits',
  'differences',
  'walkthroughs',
  'coverings',
  'files',
  'timing',
  'cost',
  'sized',
];
const variantFields = [
  'id',
  'title',
  'value',
  'record',
  'terms',
  'caughtBy',
  'scenario',
  'culprit',
  'composedOf',
];
const sizes = ['small', 'general', 'large'];

/** One line for each problem; none if the value can be used. */
export function specificationProblems(value: unknown): readonly string[] {
  if (!isObject(value)) return [`a specification ${expected('an object', value)}`];
  const { name, version, title, variants, scenarios, properties } = value;
  const where = isText(name) ? `specification ${name}` : 'the specification';
  const names: Names = {
    variants: namesIn(variants, 'id'),
    scenarios: namesIn(scenarios, 'name'),
    properties: namesIn(properties, 'id'),
  };
  return [
    ...unknownFields(where, value, specificationFields),
    ...texts(where, { name, version, ...(title === undefined ? {} : { title }) }),
    ...(isText(name) && !/^[\w.-]+$/.test(name)
      ? [`name of ${where} must be one word of letters, digits, ".", "_" and "-"`]
      : []),
    ...functions(where, value, ['boot']),
    ...optionalProblems(where, value),
    ...walkedScenarios(value['walkthroughs'], names.scenarios),
    ...listProblems(where, 'variants', variants, (at, each) => variantProblems(at, each, names)),
    ...listProblems(where, 'scenarios', scenarios, scenarioProblems),
    ...(Array.isArray(properties)
      ? properties.flatMap((each: unknown, index) => [
          ...propertyProblems(`property ${index + 1}`, each),
          ...catchesProblems(each, names),
        ])
      : [`properties of ${where} ${expected('a list', properties)}`]),
    ...namesTwice('variant', names.variants),
    ...namesTwice('scenario', names.scenarios),
    ...namesTwice('property', names.properties),
  ];
}

type Names = {
  readonly variants: readonly unknown[];
  readonly scenarios: readonly unknown[];
  readonly properties: readonly unknown[];
};

/** The names in order; undefined for an entry without a name. */
function namesIn(list: unknown, field: string): readonly unknown[] {
  return Array.isArray(list)
    ? list.map((each: unknown) => (isObject(each) ? each[field] : undefined))
    : [];
}

function listProblems(
  where: string,
  field: string,
  list: unknown,
  problems: (at: string, each: unknown) => readonly string[],
): readonly string[] {
  if (!Array.isArray(list)) return [`${field} of ${where} ${expected('a list', list)}`];
  if (list.length === 0) return [`${field} of ${where} must have at least one`];
  return list.flatMap((each: unknown, index) =>
    problems(`${field.slice(0, -1)} ${index + 1}`, each),
  );
}

function variantProblems(at: string, value: unknown, names: Names): readonly string[] {
  if (!isObject(value)) return [`${at} ${expected('an object', value)}`];
  const { id, title, record, terms, caughtBy, scenario, culprit, composedOf } = value;
  const where = isText(id) ? `variant ${id}` : at;
  return [
    ...unknownFields(where, value, variantFields),
    ...texts(where, { id, ...present({ title, record }) }),
    ...(terms === undefined || (Array.isArray(terms) && terms.every(isText))
      ? []
      : [`terms of ${where} ${expected('a list of texts', terms)}`]),
    ...('value' in value
      ? []
      : [`value of ${where} must be the first argument of boot, and is missing`]),
    ...namesProblems(`caughtBy of ${where}`, caughtBy, 'property', names.properties),
    ...namesProblems(`composedOf of ${where}`, composedOf, 'variant', names.variants),
    ...(scenario === undefined
      ? []
      : namesProblems(`scenario of ${where}`, [scenario], 'scenario', names.scenarios)),
    ...culpritProblems(where, culprit),
  ];
}

function scenarioProblems(at: string, value: unknown): readonly string[] {
  if (!isObject(value)) return [`${at} ${expected('an object', value)}`];
  const { name, title, size } = value;
  const where = isText(name) ? `scenario ${name}` : at;
  return [
    ...texts(where, { name, ...present({ title }) }),
    ...(size === undefined || (isText(size) && sizes.includes(size))
      ? []
      : [
          `size of ${where} ${expected(`one of ${sizes.join(', ')}`, size)}${isText(size) ? didYouMean(size, sizes) : ''}`,
        ]),
  ];
}

function walkedScenarios(list: unknown, scenarios: readonly unknown[]): readonly string[] {
  if (!Array.isArray(list)) return [];
  return (list as readonly unknown[])
    .filter((each) => isObject(each) && isText(each['scenario']))
    .flatMap((each) => {
      const { name, scenario } = each as Fields;
      const where = `scenario of walkthrough ${String(name)}`;
      return namesProblems(where, [scenario], 'scenario', scenarios);
    });
}

function catchesProblems(property: unknown, names: Names): readonly string[] {
  if (!isObject(property) || !Array.isArray(property['catches'])) return [];
  const where = `catches of property ${String(property['id'])}`;
  return namesProblems(where, property['catches'], 'variant', names.variants);
}

/** One line for each name that is not one of these. */
function namesProblems(
  where: string,
  given: unknown,
  what: string,
  valid: readonly unknown[],
): readonly string[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) return [`${where} ${expected(`a list of names`, given)}`];
  const known = valid.filter(isText);
  return (given as readonly unknown[])
    .filter((each) => !isText(each) || !known.includes(each))
    .map((each) =>
      isText(each)
        ? `${where} names "${each}", and no ${what} is called so${didYouMean(each, known)}`
        : `${where} ${expected('a name', each)}`,
    );
}

function present(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
