/**
 * A specification: everything that is needed to check one protocol, as one value.
 *
 *   Variants are the designs: the first should satisfy the properties; the others are proposals, other
 *   systems, or known faults. Scenarios are the configurations in which they are checked. `boot` makes a
 *   protocol of one variant in one scenario. Properties say what must hold there. Everything else is
 *   optional: the verbs leave out the output that needs it, and say so.
 *
 * Sprite is one specification (sprite/specification.ts), the examples are others.
 */
import type { Json } from '../text/json.ts';
import type { Account } from './accounts.ts';
import type { Covering } from './covering.ts';
import type { Observer } from './observer.ts';
import type { Property } from './property.ts';
import type { Look, Protocol, Step } from './protocol.ts';
import type { Cost, Sized, Cascade, Timing } from './timing.ts';
import type { Waits } from './waiting.ts';
import type { Wording } from './wording.ts';

/** The fields of every scenario; a specification adds its own. */
export type ScenarioBase = {
  /** Its name on the command line and in traces. */
  readonly name: string;
  readonly title?: string;
  /** Small ones (the default) are searched completely; general ones may be too large; large ones are only sampled. */
  readonly size?: 'small' | 'general' | 'large';
};

/** A step, by kind of cell (the first word of its name) and action. */
export type Culprit = { readonly at: string; readonly action: string };

/** A design, or a design with a fault. */
export type Variant<Value> = {
  /** Its name on the command line and in traces. */
  readonly id: string;
  /** The difference from the first variant, in one sentence. */
  readonly title?: string;
  readonly value: Value;
  /** Its source: a paper, a bug report. */
  readonly record?: string;
  /** Other words for it, by which people look for it: "close-reopen". */
  readonly terms?: readonly string[];
  /** Of a known fault: the properties that are expected to catch it. */
  readonly caughtBy?: readonly string[];
  /** For a known fault: the small scenario in which it shows, by name. */
  readonly scenario?: string;
  /** For a fault that miscounts: the step at fault. */
  readonly culprit?: Culprit;
  /** For a variant with several faults: the variants that have one of them each. */
  readonly composedOf?: readonly string[];
};

/**
 * A run that violates nothing, made of stages, each with a shortest continuation. A stage ends with the
 * first step after which its condition is true: the condition reads the state after the step, and the
 * step. So stages can require events in an order, and not only a final state. At its beginning a stage is
 * evaluated without a step, and ends at once if its condition is true of the state alone.
 */
export type Walkthrough = {
  /** The name of its file. */
  readonly name: string;
  /** What happens, in one sentence. */
  readonly title: string;
  readonly scenario: string;
  readonly stages: readonly ((look: Look, step: Step | undefined) => boolean)[];
};

/** The steps that the environment chooses; all others are steps of the protocol. */
export type Choices = {
  /** Event types. */
  readonly chosen: ReadonlySet<string>;
  /** The kind of a chosen step: "program call". Faults have a kind already. */
  readonly kindOf: (step: { readonly at: string; readonly action: string }) => string;
};

export type Specification<Value = unknown, Scenario extends ScenarioBase = ScenarioBase> = {
  /** One word, also in traces. */
  readonly name: string;
  /** It is in traces, too. Raise it when an older trace would have another meaning. */
  readonly version: string;
  readonly title?: string;
  readonly variants: readonly Variant<Value>[];
  readonly scenarios: readonly Scenario[];
  readonly properties: readonly Property<Scenario>[];
  /** Makes the protocol of one variant in one scenario. Pure. */
  readonly boot: (value: Value, scenario: Scenario) => Protocol;

  /** The noun for a variant; default "variant". */
  readonly noun?: string;
  /** Text about a scenario in a trace, beside its name, so that a trace of another scenario is refused. */
  readonly boundsOf?: (scenario: Scenario) => { readonly [bound: string]: number };
  /** The problems of a variant's value, or of a scenario, that was read from a file, a line each. */
  readonly variantProblems?: (value: unknown) => readonly string[];
  readonly scenarioProblems?: (value: unknown) => readonly string[];
  /** The words for steps and states; default the names of things. */
  readonly wording?: Partial<Wording>;
  /** The observations that `diff` compares; default every step. */
  readonly observer?: (scenario: Scenario) => Observer;
  readonly choices?: Choices;
  /** Kinds of cells with activities: in their initial state they are at rest. */
  readonly activities?: ReadonlySet<string>;
  readonly accounts?: (scenario: Scenario) => readonly Account[];
  readonly waits?: (scenario: Scenario) => Waits;
  /** The differences of a variant from the first one, a phrase each: "guard isLast of stream". */
  readonly differences?: (value: Value) => readonly string[];
  readonly walkthroughs?: readonly Walkthrough[];
  /** Tables of situations, so that it is known which of them the small scenarios reach. */
  readonly coverings?: readonly Covering<Scenario>[];
  /** Where properties and variants are stated, for reports; relative to where its stories are stored. */
  readonly files?: { readonly property: (id: string) => string; readonly variants: string };
  /** When steps happen; one step a millisecond without. */
  readonly timing?: (deliveries: readonly Cascade[]) => Timing;
  /** What a run costs. */
  readonly cost?: (deliveries: readonly Cascade[], sentences: readonly string[]) => Cost;
  /** What runs cost that are made for their size. */
  readonly sized?: Sized<Scenario>;
};

/**
 * Returns the specification unchanged, with its types checked; a specification file has the result as its
 * default export. `boot` is called with a variant's value and a scenario.
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

/** Any specification: code that works with it does not read the author's own fields. */
// oxlint-disable-next-line typescript/no-explicit-any -- a scenario is only passed back to its own specification
export type AnySpecification = Specification<any, any>;

/** The default size is small. */
export function sizeOf({ size }: Pick<ScenarioBase, 'size'>): 'small' | 'general' | 'large' {
  return size ?? 'small';
}

/** The text about a scenario in a trace. */
export type Bounds = { readonly [bound: string]: Json };
