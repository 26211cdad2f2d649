/**
 * Types of events: their observed parameters, their given parameters, and superfluous ones.
 *
 *   Observed parameters are marked in the type of the event and not in the cell, because an effect is
 *   written in another machine: there only the events of the receiver are known, never the cell.
 */
import type { AnyStateMachine, ContextFrom, EventFrom, StateFrom, StateSchemaFrom } from 'xstate';
import type { Cell } from './protocol.ts';

declare const observed: unique symbol;

/**
 * Parameters of an event that are read from other cells when it is delivered: `observes` gives them, an
 * offer or an effect does not. It is only a type and does not exist at run time.
 *
 * @example
 * ```ts
 * import type { Given, Observed } from 'sprite-check/checker';
 *
 * type ServerEvent =
 *   | { type: 'request'; client: string }
 *   | ({ type: 'expire'; client: string } & Observed<{ now: number }>);
 * // The parameters that a sender must give.
 * const sent: Given<ServerEvent> = { type: 'expire', client: 'client a' };
 * ```
 */
export type Observed<Facts extends object> = Facts & { readonly [observed]?: Facts };

/** The observed parameters of an event. */
export type FactsOf<E> = E extends { readonly [observed]?: infer Facts }
  ? typeof observed extends keyof E
    ? Exclude<Facts, undefined>
    : never
  : never;

/** An event as it is offered or sent: without observed parameters. */
export type Given<E> = E extends unknown
  ? typeof observed extends keyof E
    ? {
        [
          Name in keyof E as Name extends keyof FactsOf<E> | typeof observed ? never : Name
        ]: E[Name];
      }
    : E
  : never;

/** The local state of a cell of this machine. */
export type Held<Machine extends AnyStateMachine> = {
  readonly value: StateFrom<Machine>['value'];
  readonly context: ContextFrom<Machine>;
};

/** The names of a machine's states; for a state within a state, with a dot between. */
export type StateOf<Machine extends AnyStateMachine> = [
  StatePath<StateSchemaFrom<Machine>>,
] extends [never]
  ? string
  : StatePath<StateSchemaFrom<Machine>>;

export type GivenTo<Machine> = Given<EventFrom<Machine>>;

export type OfferedByState<Machine extends AnyStateMachine> = {
  readonly [State in StateOf<Machine>]?: GivenTo<Machine>;
};

export type FactsByType<E> = { readonly [Type in ObservedType<E>]: FactsOf<Member<E, Type>> };

export type ObservedType<E> = E extends { readonly type: infer Type extends string }
  ? typeof observed extends keyof E
    ? Type
    : never
  : never;

/** The event type of a machine that does not declare its events. */
export type UntypedObserves<E> = E extends { readonly type: infer Type }
  ? string extends Type
    ? Cell['observes']
    : { readonly [type: string]: never }
  : never;

/** The member of a union of events that has this type. */
export type Member<E, Type> = E extends { readonly type: infer Own }
  ? Type extends Own
    ? E
    : never
  : never;

export type Exactly<Offer, E> = Offer &
  ([Excess<Offer, E>] extends [never]
    ? unknown
    : { readonly 'this event has no parameter': Excess<Offer, E> });

/** The parameters of an event that its type does not have; parameters of type `never` do not count. */
type Excess<Offer, E> = Offer extends { readonly type: infer Type }
  ? Exclude<Present<Offer>, keyof Member<E, Type>>
  : never;

type Present<Offer> = {
  [Name in keyof Offer]-?: Offer[Name] extends undefined ? never : Name;
}[keyof Offer];

export type ExactFacts<Found, Facts> = Found &
  ([Facts] extends [never]
    ? { readonly 'no event of this type observes anything': never }
    : [Exclude<keyof Found, keyof Facts>] extends [never]
      ? unknown
      : { readonly 'this event observes no': Exclude<keyof Found, keyof Facts> });

type StatePath<Schema> =
  IsAny<Schema> extends true
    ? string
    : Schema extends { readonly states: infer States }
      ? {
          [Name in keyof States & string]: Name | `${Name}.${StatePath<States[Name]>}`;
        }[keyof States & string]
      : never;

type IsAny<T> = 0 extends 1 & T ? true : false;
