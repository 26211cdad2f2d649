/**
 * The cells of a story as parameters and variables of ITF.
 *
 *   Each kind of cell has a parameter: a function from the objects of that kind to the values of their
 *   cells in the first state. Each kind with a cell that changes has a variable: a function from the
 *   objects whose cells change to the fields that change. All else is as in the first state; written
 *   into every state, it would make files three times as long.
 */
import type { Local } from '../../checker/specification/protocol.ts';
import { canonical } from '../../checker/text/canonical-json.ts';
import { partsOf } from '../../checker/text/cell-names.ts';
import type { Json } from '../../checker/text/json.ts';
import { unique } from '../specification/lookup.ts';
import { typedExpr, typeOfAll, typeText } from './itf-types.ts';
import { isList } from './itf-values.ts';
import type { StoryDocument } from './story-document.ts';

/** The values of the cells of one kind, by their objects. */
type Cells = ReadonlyMap<string, Local>;

/** Every cell, by kind. */
export type ItfWorld = ReadonlyMap<string, Cells>;

export type Variable = {
  readonly name: string;
  /** The type, for Apalache. */
  readonly type: string;
  readonly exprIn: (world: ItfWorld) => Json;
};

type JsonObject = { readonly [key: string]: Json };
/** The value of a cell in the first state, and later values. */
type Change = readonly [JsonObject, JsonObject];

/** The world before the first step and after each. */
export function worldsOf({ initial, steps }: StoryDocument): readonly ItfWorld[] {
  const held = new Map(initial);
  return [
    byKind(held),
    ...steps.map(({ changes }) => {
      for (const { cell, to } of changes) held.set(cell, to);
      return byKind(held);
    }),
  ];
}

function byKind(cells: ReadonlyMap<string, Local>): ItfWorld {
  const kinds = new Map<string, Map<string, Local>>();
  for (const [name, local] of [...cells].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const { kind, object } = partsOf(name);
    kinds.set(kind, (kinds.get(kind) ?? new Map<string, Local>()).set(object, local));
  }
  return kinds;
}

/** For the first state only. */
export function parametersIn([first = new Map()]: readonly ItfWorld[]): readonly Variable[] {
  return [...first].map(([kind, cells]) => {
    const name = nameBeside(first, kind);
    return { ...variable(kind, { objects: [...cells.keys()], held: [...cells.values()] }), name };
  });
}

/** For every state. */
export function variablesIn(worlds: readonly ItfWorld[]): readonly Variable[] {
  const [first = new Map()] = worlds;
  return [...first].flatMap(([kind, cells]) => {
    const held = (object: string): readonly Local[] =>
      unique(worlds.flatMap((world) => world.get(kind)?.get(object) ?? []));
    const objects = [...cells.keys()].filter((object) => held(object).length > 1);
    if (objects.length === 0) return [];
    const changes = objects.flatMap((object) => {
      const [before, ...later] = held(object);
      return later.map((local): Change => [before ?? local, local]);
    });
    const part = changingPart(changes);
    return [variable(kind, { objects, held: objects.flatMap(held), part })];
  });
}

type Shown = {
  readonly objects: readonly string[];
  /** All values of their cells in the story. */
  readonly held: readonly Local[];
  /** The part of a cell that is shown. */
  readonly part?: (local: Local) => Json;
};

/** Each value of a cell is written once and used again: few cells change in a step. */
function variable(kind: string, { objects, held, part = (local) => local }: Shown): Variable {
  const parts = new Map(held.map((local) => [local, part(local)]));
  const of = typeOfAll([...parts.values()]);
  const exprs = new Map([...parts].map(([local, shown]) => [local, typedExpr(shown, of)]));
  const exprOf = (cells: Cells | undefined, object: string): Json => {
    const local = cells?.get(object);
    return (local && exprs.get(local)) ?? null;
  };
  return {
    name: kind,
    type: typeText({ kind: 'Map', of }),
    exprIn: (world) => ({
      '#map': objects.map((object) => [object, exprOf(world.get(kind), object)]),
    }),
  };
}

/** A name for a parameter that no kind has. */
function nameBeside(kinds: ItfWorld, kind: string): string {
  let name = `initial_${kind}`;
  while (kinds.has(name)) name += '_';
  return name;
}

/** The fields of cells that change, also inside of the context. */
function changingPart(changes: readonly Change[]): (local: Local) => Json {
  const fields = fieldsIn(changes);
  const contexts = changes.map(([before, after]) => [before['context'], after['context']]);
  const isWhole = contexts.flat().some((context) => !isObject(context));
  const inside = isWhole ? [] : fieldsIn(contexts as unknown as readonly Change[]);
  return (local) => {
    const shown = picked(local, fields);
    const { context } = shown;
    return isObject(context) ? { ...shown, context: picked(context, inside) } : shown;
  };
}

function fieldsIn(changes: readonly Change[]): readonly string[] {
  const fields = unique(changes.flat().flatMap((value) => Object.keys(value)));
  return fields.filter((field) =>
    changes.some(([before, after]) => textOf(before[field]) !== textOf(after[field])),
  );
}

function textOf(value: Json | undefined): string {
  return value === undefined ? '' : canonical(value);
}

function picked(value: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(
    fields.flatMap((field) => (value[field] === undefined ? [] : [[field, value[field]]])),
  );
}

function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !isList(value);
}
