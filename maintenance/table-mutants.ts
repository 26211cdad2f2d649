/**
 * What can be taken out of a machine's table: a row, an action of a row's list, a guard of a row, a
 * conjunct or alternative of it. Each change is made with what replaces parts of kernels anyway.
 */
import { and, or } from 'xstate';
import { sprite, type PartName } from '../model/kernel.ts';
import { partWith } from '../model/kernels/replace.ts';
import { rootOf, statesOf } from '../model/kernels/differences.ts';
import type { KernelPart } from '../model/part.ts';
import { listed, usedName } from '../checker/machines/machine-walk.ts';
import type { Mutant } from './guard-mutant.ts';

/** One row of a table, as XState has it. */
export type TableRow = {
  readonly guard?: unknown;
  readonly actions?: unknown;
  readonly target?: string;
};
type Rows = readonly TableRow[];
type Place = { readonly state: string | undefined; readonly event: string; readonly rows: Rows };
type Change = { readonly kind: Mutant['kind']; readonly name: string; readonly rows: Rows };

/** Every one of a part, in the order of the table. */
export function tableMutantsOf(part: PartName): readonly Mutant[] {
  return placesOf(part).flatMap((place) =>
    changesAt(place).map(({ kind, name }) => ({ part, kind, name })),
  );
}

/** The part without it. */
export function withoutInTable({ part, kind, name }: Mutant): KernelPart<never> {
  for (const { state, event, rows } of placesOf(part)) {
    const change = changesAt({ state, event, rows }).find(
      (each) => each.kind === kind && each.name === name,
    );
    if (change === undefined) continue;
    return withTable(sprite[part], state, { [event]: change.rows });
  }
  throw new Error(`${part} has no ${kind} "${name}"`);
}

/** The part with each guarded row as this makes it, of its conditions by name. */
export function withRows(
  part: PartName,
  rowWith: (row: TableRow, conditions: readonly { name: string; guard: unknown }[]) => TableRow,
): KernelPart<never> {
  return placesOf(part).reduce(
    (made, { state, event, rows }) => {
      const changed = rows.map((row, index) =>
        row.guard === undefined ? row : rowWith(row, conditionsOf({ state, event, rows }, index)),
      );
      return withTable(made, state, { [event]: changed });
    },
    sprite[part] as unknown as KernelPart<never>,
  );
}

function withTable(
  part: KernelPart<never>,
  state: string | undefined,
  table: { readonly [event: string]: Rows },
): KernelPart<never> {
  const changes = state === undefined ? { anywhere: table } : { transitions: { [state]: table } };
  return partWith(part as never, changes as never) as KernelPart<never>;
}

function placesOf(part: PartName): readonly Place[] {
  const { machine } = sprite[part];
  return [
    ...Object.entries(rootOf(machine)).map(([event, rows]) => placeOf(undefined, event, rows)),
    ...Object.entries(statesOf(machine)).flatMap(([state, { on = {} }]) =>
      Object.entries(on).map(([event, rows]) => placeOf(state, event, rows)),
    ),
  ];
}

function placeOf(state: string | undefined, event: string, rows: unknown): Place {
  return { state, event, rows: listed(rows) as Rows };
}

function changesAt({ state, event, rows }: Place): readonly Change[] {
  return rows.flatMap((row, index) => {
    const where = whereOf({ state, event, rows }, index);
    const withRow = (changed: TableRow): Rows => rows.with(index, changed);
    const actions = listed(row.actions);
    return [
      ...(rows.length === 1
        ? []
        : [{ kind: 'row' as const, name: where, rows: rows.toSpliced(index, 1) }]),
      ...conditionsOf({ state, event, rows }, index).map(({ name, guard }) => ({
        kind: 'condition' as const,
        name,
        rows: withRow({ ...row, guard }),
      })),
      ...(actions.length < 2 ? [] : actions).map((action, at) => ({
        kind: 'listed action' as const,
        name: `${where}, ${usedName(action) ?? at}`,
        rows: withRow({ ...row, actions: actions.toSpliced(at, 1) }),
      })),
    ];
  });
}

function whereOf({ state, event, rows }: Place, index: number): string {
  const which = rows.length === 1 ? '' : ` ${index + 1} of ${rows.length}`;
  return `${state ?? 'anywhere'}: ${event}${which}`;
}

/** The row's guard without one of what it is made of, by the name of that change. */
function conditionsOf(
  place: Place,
  index: number,
): readonly { readonly name: string; readonly guard: unknown }[] {
  const guard = place.rows[index]?.guard;
  return guard === undefined
    ? []
    : guardsWithout(guard).map(({ left, guard: less }) => ({
        name: `${whereOf(place, index)}, ${left}`,
        guard: less,
      }));
}

type Without = { readonly left: string; readonly guard: unknown };

/** The guard without one of what it is made of; of a single name, without any guard. */
function guardsWithout(guard: unknown): readonly Without[] {
  const inner = innerOf(guard);
  if (inner.length === 0 || guardKind(guard) === 'not') {
    return [{ left: textOf(guard), guard: undefined }];
  }
  return inner.flatMap((each, index) => [
    { left: textOf(each), guard: madeOf(guard, inner.toSpliced(index, 1)) },
    ...(guardKind(each) === 'not' ? [] : innerOf(each)).map((part, at) => ({
      left: `${textOf(part)} of ${textOf(each)}`,
      guard: madeOf(guard, inner.with(index, madeOf(each, innerOf(each).toSpliced(at, 1)))),
    })),
  ]);
}

/** What a guard combines: of `and`, `or` and `not`. */
export function innerOf(guard: unknown): readonly unknown[] {
  return typeof guard === 'function' && 'guards' in guard ? listed(guard.guards) : [];
}

export function guardKind(guard: unknown): string {
  return typeof guard === 'function' ? guard.name : '';
}

function madeOf(guard: unknown, inner: readonly unknown[]): unknown {
  const [only] = inner;
  if (inner.length === 1) return only;
  return guardKind(guard) === 'or' ? or(inner as never) : and(inner as never);
}

function textOf(guard: unknown): string {
  const name = usedName(guard);
  if (name !== undefined) return name;
  const inner = innerOf(guard).map(textOf);
  return `${guardKind(guard)} ${inner.join(', ')}`;
}
