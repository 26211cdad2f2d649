/**
 * A specification: all that is needed to check one protocol, as one value.
 *
 *   Variants are the designs: the first is the one that should hold, the others are proposals, other
 *   systems, or known faults. Scenarios are the configurations in which they are checked. `boot` puts
 *   one variant into one scenario. Properties say what must hold there. Everything else is optional:
 *   what is not given is left out of what the verbs print, and they say so.
 *
 * Sprite is one specification (sprite/specification.ts), the examples are others.
 */
import type { Json } from '../text/json.ts';
import type { Account } from './accounts.ts';
import type { Covering } from './covering.ts';
import type { Observer } from './observer.ts';
import type { Property } from './property.ts';
import type { Look, Protocol, Step } from './protocol.ts';
import type { Cost, Sized, Telling, Timing } from './timing.ts';
import type { Waits } from './waiting.ts';
import type { Wording } from './wording.ts';

/** What every scenario has; a specification adds what it needs. */
export type ScenarioBase = {
  /** As people type it, and as traces name it. */
  readonly name: string;
  readonly title?: string;
  /** Small ones close (the default); general ones may not; large ones are only sampled. */
  readonly size?: 'small' | 'general' | 'large';
};

/** A step by kind of cell (the first word of its name) and action. */
export type Culprit = { readonly at: string; readonly action: string };

/** A design, or a design with a fault. */
export type Variant<Value> = {
  /** As people type it, and as traces name it. */
  readonly id: string;
  /** What is different, in one sentence. */
  readonly title?: string;
  readonly value: Value;
  /** Where it comes from: a paper, a bug report. */
  readonly record?: string;
  /** Other words for it, by which people look for it: "close-reopen". */
  readonly terms?: readonly string[];
  /** Of a known fault: the properties that are expected to catch it. */
  readonly caughtBy?: readonly string[];
  /** Of a known fault: the small scenario in which it shows, by name. */
  readonly scenario?: string;
  /** Of a fault that miscounts: the step at fault. */
  readonly culprit?: Culprit;
  /** Of a variant that has several faults at once: the variants that have one each. */
  readonly composedOf?: readonly string[];
};

/**
 * A story in which nothing goes wrong: stage by stage, each time a shortest way on. A stage is over
 * with the first step after which it is true: it is asked of the state then, and of that step. So
 * stages can say what takes place, in which order, and not only what is so in the end. Where a stage
 * begins it is asked without a step, and is over at once if it is true of the state alone.
 */
export type Walkthrough = {
  /** Of its file. */
  readonly name: string;
  /** What happens, in one sentence. */
  readonly title: string;
  readonly scenario: string;
  readonly stages: readonly ((look: Look, step: Step | undefined) => boolean)[];
};

/** Which steps the world outside chooses; all others the protocol takes of itself. */
export type Choices = {
  /** By event type. */
  readonly chosen: ReadonlySet<string>;
  /** What kind of choice a chosen step is: "program call". Faults have a kind already. */
  readonly kindOf: (step: { readonly at: string; readonly action: string }) => string;
};

export type Specification<Value = unknown, Scenario extends ScenarioBase = ScenarioBase> = {
  /** One word, as traces name it. */
  readonly name: string;
  /** Traces name it, too. Raise it when an older story would mean something else. */
  readonly version: string;
  readonly title?: string;
  readonly variants: readonly Variant<Value>[];
  readonly scenarios: readonly Scenario[];
  readonly properties: readonly Property<Scenario>[];
  /** One design in one configuration, ready to be checked. Pure. */
  readonly boot: (value: Value, scenario: Scenario) => Protocol;

  /** What people call a variant; "variant" without. */
  readonly noun?: string;
  /** What a trace says of a scenario beside its name, so that a story of another one is refused. */
  readonly boundsOf?: (scenario: Scenario) => { readonly [bound: string]: number };
  /** What is wrong with a variant's value, or a scenario, that was read from a file, a line each. */
  readonly variantProblems?: (value: unknown) => readonly string[];
  readonly scenarioProblems?: (value: unknown) => readonly string[];
  /** The words of its stories; plain ones without. */
  readonly wording?: Partial<Wording>;
  /** What is seen from outside, so that `diff` compares no more; every step without. */
  readonly observer?: (scenario: Scenario) => Observer;
  readonly choices?: Choices;
  /** Kinds of cells in which something goes on: in their initial state they are at rest. */
  readonly activities?: ReadonlySet<string>;
  readonly accounts?: (scenario: Scenario) => readonly Account[];
  readonly waits?: (scenario: Scenario) => Waits;
  /** In what a design differs from the first variant, a phrase each: "guard isLast of stream". */
  readonly differences?: (value: Value) => readonly string[];
  readonly walkthroughs?: readonly Walkthrough[];
  /** Tables of situations, so that it is known which of them the small scenarios reach. */
  readonly coverings?: readonly Covering<Scenario>[];
  /** Where properties and variants are stated, for reports; relative to where its stories are stored. */
  readonly files?: { readonly property: (id: string) => string; readonly variants: string };
  /** When steps happen; one step a millisecond without. */
  readonly timing?: (tellings: readonly Telling[]) => Timing;
  /** What a run costs. */
  readonly cost?: (tellings: readonly Telling[], sentences: readonly string[]) => Cost;
  /** What runs cost that are made for their size. */
  readonly sized?: Sized<Scenario>;
};

/**
 * The specification as it is given, with the types of what it says: what a specification file has as
 * its default export. A variant's value and a scenario are what `boot` is called with.
 *
 * @example
 * ```ts
 * import { setup } from 'xstate';
 * import { cell, defineSpecification } from 'sprite-check/checker';
 *
 * const lampMachine = setup({}).createMachine({
 *   initial: 'off',
 *   states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } },
 * });
 *
 * export default defineSpecification({
 *   name: 'lamp',
 *   version: '1',
 *   variants: [{ id: 'plain', value: { start: 'off' } }],
 *   scenarios: [{ name: 'two', lamps: ['left', 'right'] }],
 *   properties: [],
 *   boot: ({ start }, { name, lamps }) => ({
 *     name,
 *     cells: lamps.map((lamp) =>
 *       cell(lampMachine, { name: lamp, initial: start, offers: () => [{ type: 'press' }] }),
 *     ),
 *     faults: new Set(),
 *   }),
 * });
 * ```
 */
export function defineSpecification<const Value, Scenario extends ScenarioBase>(
  specification: Specification<Value, Scenario>,
): Specification<Value, Scenario> {
  return specification;
}

/** Any specification: who works with one looks at nothing that only its author knows. */
// oxlint-disable-next-line typescript/no-explicit-any -- a scenario goes back into what it came from
export type AnySpecification = Specification<any, any>;

/** Scenarios that do not say are small. */
export function sizeOf({ size }: Pick<ScenarioBase, 'size'>): 'small' | 'general' | 'large' {
  return size ?? 'small';
}

/** As a trace states it. */
export type Bounds = { readonly [bound: string]: Json };
