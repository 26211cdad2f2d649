/** Checks the form of properties, claims and witnesses: a claim of an unknown kind would never be evaluated. */
import { didYouMean } from '../text/nearest-name.ts';
import type { ClaimKind } from './property.ts';
import { expected, isObject, unknownFields, type Fields } from './unknown-fields.ts';

const kinds: { readonly [kind in ClaimKind]: true } = {
  always: true,
  atRest: true,
  whenStuck: true,
  byRemoval: true,
  comesToRest: true,
  atStart: true,
  onEveryStep: true,
};

const propertyFields = [
  'id',
  'statement',
  'kind',
  'quiescence',
  'findsDeadlocks',
  'sources',
  'catches',
  'claims',
  'claimsOnStep',
  'claimsAtStart',
  'claimsWhenStuck',
  'removals',
  'comesToRest',
  'witness',
];
/** Each of these fields makes claims for a scenario; a property has at least one of them. */
const claimMakers = [
  'claims',
  'claimsOnStep',
  'claimsAtStart',
  'claimsWhenStuck',
  'removals',
  'comesToRest',
];
const claimFields = ['property', 'kind', 'test', 'removal', 'onStep', 'maxAhead'];
const removalFields = [
  'subject',
  'applies',
  'removed',
  'isInternal',
  'excepted',
  'results',
  'continuesWith',
];
const witnessFields = ['property', 'statement', 'reached'];

/** The problems of a property. */
export function propertyProblems(at: string, value: unknown): readonly string[] {
  if (!isObject(value)) return [`${at} ${expected('an object', value)}`];
  const { id, statement, kind, witness, sources, catches } = value;
  const where = typeof id === 'string' ? `property ${id}` : at;
  return [
    ...unknownFields(where, value, propertyFields),
    ...texts(where, { id, statement }),
    ...kindProblems(where, kind),
    ...functions(where, value, [], claimMakers),
    ...(claimMakers.some((field) => value[field] !== undefined)
      ? []
      : [`${where} claims nothing: give it one of ${claimMakers.join(', ')}`]),
    ...(sources === undefined || (isObject(sources) && Object.values(sources).every(isText))
      ? []
      : [`sources of ${where} ${expected('an object with a place by name of source', sources)}`]),
    ...(catches === undefined || (Array.isArray(catches) && catches.every(isText))
      ? []
      : [`catches of ${where} ${expected('a list of variants by id', catches)}`]),
    ...(isObject(witness)
      ? [
          ...unknownFields(`witness of ${where}`, witness, ['statement', 'reached']),
          ...texts(`witness of ${where}`, { statement: witness['statement'] }),
          ...functions(`witness of ${where}`, witness, ['reached']),
        ]
      : [`witness of ${where} ${expected('an object with statement and reached', witness)}`]),
  ];
}

/** The problems of claims and witnesses. */
export function claimProblems(
  claims: readonly unknown[],
  witnesses: readonly unknown[],
): readonly string[] {
  return [
    ...claims.flatMap((each, index) => oneClaim(`claim ${index + 1}`, each)),
    ...witnesses.flatMap((each, index) => oneWitness(`witness ${index + 1}`, each)),
  ];
}

function oneClaim(at: string, value: unknown): readonly string[] {
  if (!isObject(value)) return [`${at} ${expected('an object', value)}`];
  const { property, kind, removal } = value;
  const where = typeof property === 'string' ? `${at}, of ${property},` : at;
  const isByRemoval = kind === 'byRemoval';
  return [
    ...unknownFields(where, value, claimFields),
    ...texts(where, { property }),
    ...kindProblems(where, kind),
    ...functions(where, value, ['test']),
    ...(isByRemoval === (removal !== undefined)
      ? []
      : [
          isByRemoval
            ? `${where} has the kind byRemoval and says in no field "removal" what is removed`
            : `${where} has a field "removal", which is read for the kind byRemoval only`,
        ]),
    ...(isObject(removal)
      ? [
          ...unknownFields(`removal of ${where}`, removal, removalFields),
          ...functions(
            `removal of ${where}`,
            removal,
            ['applies', 'isInternal', 'excepted', 'results'],
            ['continuesWith'],
          ),
        ]
      : []),
  ];
}

function oneWitness(at: string, value: unknown): readonly string[] {
  if (!isObject(value)) return [`${at} ${expected('an object', value)}`];
  const { property, statement } = value;
  const where = typeof property === 'string' ? `${at}, of ${property},` : at;
  return [
    ...unknownFields(where, value, witnessFields),
    ...texts(where, { property, statement }),
    ...functions(where, value, ['reached']),
  ];
}

function kindProblems(where: string, kind: unknown): readonly string[] {
  const names = Object.keys(kinds);
  if (typeof kind === 'string' && names.includes(kind)) return [];
  const near = typeof kind === 'string' ? didYouMean(kind, names) : '';
  return [`kind of ${where} ${expected(`one of ${names.join(', ')}`, kind)}${near}`];
}

export function texts(where: string, fields: Fields): readonly string[] {
  return Object.entries(fields)
    .filter(([, value]) => !isText(value))
    .map(([field, value]) => `${field} of ${where} ${expected('a string', value)}`);
}

export function functions(
  where: string,
  value: Fields,
  required: readonly string[],
  optional: readonly string[] = [],
): readonly string[] {
  return [...required, ...optional.filter((field) => value[field] !== undefined)]
    .filter((field) => typeof value[field] !== 'function')
    .map((field) => `${field} of ${where} ${expected('a function', value[field])}`);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}
