/**
 * The fields that XState reads in a machine's table. It ignores every other field without a message, so
 * a transition under `onn`, or a `gaurd`, would never be used.
 */
import { didYouMean } from '../text/nearest-name.ts';
import { listed, placeOf, type Node } from './machine-walk.ts';

const stateFields = [
  'id',
  'type',
  'initial',
  'states',
  'history',
  'target',
  'on',
  'always',
  'after',
  'onDone',
  'entry',
  'exit',
  'invoke',
  'route',
  'output',
  'tags',
  'meta',
  'description',
  'order',
  'parent',
];

/** The fields of the machine as a whole. */
const rootFields = ['context', 'version', 'schemas', 'types', 'options'];

const transitionFields = ['target', 'guard', 'actions', 'reenter', 'meta', 'description'];

export function unknownFieldsIn(node: Node): readonly string[] {
  const config = node.config as { readonly [field: string]: unknown };
  const fields = node.parent === undefined ? [...stateFields, ...rootFields] : stateFields;
  return [
    ...unknownOf(placeOf(node), config, fields),
    ...each('on', config['on']),
    ...each('after', config['after']),
    ...each('', { always: config['always'], onDone: config['onDone'] }),
    ...named('entry', config['entry']),
    ...named('exit', config['exit']),
    ...initial(config['initial']),
    ...unknownValues(node, config),
  ];

  function each(field: string, table: unknown): readonly string[] {
    return Object.entries((table ?? {}) as { readonly [key: string]: unknown }).flatMap(
      ([key, transitions]) =>
        listed(transitions).flatMap((one) => transition(`${field} ${key}`.trim(), one)),
    );
  }

  function transition(where: string, one: unknown): readonly string[] {
    const place = `${placeOf(node)}, ${where}`;
    if (typeof one === 'function') {
      return [`${place}: XState reads no function as a transition: write { target, actions }`];
    }
    if (!isObject(one)) return [];
    return [
      ...unknownOf(place, one, transitionFields),
      ...named(`${where}, guard`, one['guard']),
      ...named(`${where}, actions`, one['actions']),
    ];
  }

  /** Guards and actions that are written as a record. */
  function named(where: string, held: unknown): readonly string[] {
    return listed(held)
      .filter(isObject)
      .flatMap((one) => unknownOf(`${placeOf(node)}, ${where}`, one, ['type', 'params']));
  }

  function initial(held: unknown): readonly string[] {
    if (!isObject(held)) return [];
    return [
      ...unknownOf(`${placeOf(node)}, initial`, held, ['target', 'actions']),
      ...named('initial, actions', held['actions']),
    ];
  }
}

/** XState compares these fields only with these values: any other value counts as the default. */
const values = {
  type: ['atomic', 'compound', 'parallel', 'final', 'history'],
  history: ['shallow', 'deep', true, false],
} as const;

function unknownValues(
  node: Node,
  config: { readonly [field: string]: unknown },
): readonly string[] {
  const { options } = config;
  return [
    ...Object.entries(values).flatMap(([field, known]) => {
      const held = config[field];
      if (held === undefined || (known as readonly unknown[]).includes(held)) return [];
      const words = known.filter((each) => typeof each === 'string');
      const near = typeof held === 'string' ? didYouMean(held, words) : '';
      return [
        `${placeOf(node)}: ${field} must be one of ${words.join(', ')}, and is ${JSON.stringify(held)}${near}`,
      ];
    }),
    ...(isObject(options)
      ? unknownOf(`${placeOf(node)}, options`, options, ['maxIterations'])
      : []),
  ];
}

/** True for a list, too: XState reads none of its indices as fields. */
function isObject(value: unknown): value is { readonly [field: string]: unknown } {
  return typeof value === 'object' && value !== null;
}

function unknownOf(where: string, value: object, fields: readonly string[]): readonly string[] {
  return Object.keys(value)
    .filter((field) => !fields.includes(field))
    .map(
      (field) =>
        `${where}: XState reads no field "${field}"${didYouMean(field, fields)}: correct it or leave it out`,
    );
}
