/**
 * The fields that XState reads of a machine's table. It passes over every other in silence, so that
 * a transition under `onn`, or a `gaurd`, would never be asked.
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

/** Those of the machine as a whole. */
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
  ];

  function each(field: string, table: unknown): readonly string[] {
    return Object.entries((table ?? {}) as { readonly [key: string]: unknown }).flatMap(
      ([key, transitions]) =>
        listed(transitions)
          .filter((one) => typeof one === 'object' && one !== null)
          .flatMap((one) =>
            unknownOf(`${placeOf(node)}, ${`${field} ${key}`.trim()}`, one, transitionFields),
          ),
    );
  }
}

function unknownOf(where: string, value: object, fields: readonly string[]): readonly string[] {
  return Object.keys(value)
    .filter((field) => !fields.includes(field))
    .map(
      (field) =>
        `${where}: XState reads no field "${field}"${didYouMean(field, fields)}: correct it or leave it out`,
    );
}
