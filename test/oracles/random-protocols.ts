/**
 * Random small protocols, described as plain JSON: this file chooses them, described-protocol.ts gives them
 * their meaning.
 *
 *   A description chooses with small numbers, modulo the number of possible choices, so that every value
 *   to which fast-check shrinks it still describes a protocol. Guards, facts, claims and witnesses end in
 *   odds: an engine with one wrong number or word anywhere is likely to get another answer.
 *
 * To add a feature of XState: a field of `Branch`, `State` or `Machine`, how often it comes below, and
 * a line in described-protocol.ts. What a cell or a protocol may have besides: the same, at `Cell`
 * or `Description`.
 */
import * as fc from 'fast-check';
import type { ClaimKind } from '../../checker/specification/property.ts';

/** A number that chooses one of a few things. */
export type Choice = number;

export type EventName = (typeof EVENTS)[number];
export type Part = (typeof PARTS)[number];

/** True of about one in `outOf` of everything that can be asked about. */
export type Odds = { readonly salt: number; readonly outOf: number };

export type Read = {
  /** Or the cell that the event's own parameter says. */
  readonly cell: Choice | 'asGiven';
  readonly through: Part | { readonly view: Choice };
  /** What is read besides, depending on what this one showed. */
  readonly next?: Read | undefined;
};

export type Test =
  | { readonly is: 'counted'; readonly atLeast: number }
  | { readonly is: 'on' }
  /** Of the event with its facts, and the cell's count. */
  | ({ readonly is: 'given' } & Odds)
  | { readonly is: 'not'; readonly of: Test }
  | { readonly is: 'and' | 'or'; readonly of: readonly Test[] };

export type Change = { readonly set: 'count' | 'given' | 'flip' | 'seen' | 'extra' | 'facts' };

export type Sending = {
  readonly to: Choice;
  /** Or so many letters later than the event that is being taken, and nothing beyond the last: it ends. */
  readonly event: EventName | number;
  /** The parameter: the one that came, one less, what the cell has counted, or this number. */
  readonly with: 'same' | 'less' | 'count' | number;
  readonly when: 'always' | 'positive' | 'on';
};

export type Action =
  | Change
  | { readonly send: readonly Sending[] }
  /** The next event of the alphabet, at once; there is none after the last, so that it ends. */
  | { readonly raise: true }
  | { readonly ignore: true };

export type Branch = {
  readonly guard?: Test | undefined;
  readonly target?: Choice | undefined;
  readonly reenter?: boolean | undefined;
  readonly actions: readonly Action[];
};

export type State = {
  readonly on: { readonly [event in EventName]?: readonly Branch[] | undefined };
  /** Not of the first state, which is where cells start. */
  readonly entry?: readonly Action[] | undefined;
  readonly exit?: readonly Action[] | undefined;
  /** To the next state, at once, where there is one and this is not the first. */
  readonly always?: Branch | undefined;
  readonly within?: readonly State[] | undefined;
  /** The last state inside is final; from there it goes on to the first state of all. */
  readonly ends?: boolean | undefined;
};

export type Relay = {
  readonly event: EventName;
  readonly to: Choice;
  /** Sends two, if that does not become too many. */
  readonly twice: boolean;
  /** Does not take it when there is nothing left. */
  readonly guarded: boolean;
};

export type Machine = {
  /** States beside each other, each with states inside. */
  readonly parallel: boolean;
  readonly states: readonly State[];
  readonly limit: number;
  /** Counts go round at the limit; others stay there. */
  readonly rounds: boolean;
  /** Takes, and ignores, the events from this letter on that its states do not take. */
  readonly tolerates: number;
  /** Hands an event on with one less, as long as there is something: a cascade of that length. */
  readonly relay?: Relay | undefined;
};

export type Offer = {
  readonly event: EventName;
  readonly p: number;
  /** While the cell has counted so far, and not as far as this. */
  readonly from: number;
  readonly below: number;
  /** In states whose text is one of these. */
  readonly where: Odds;
};

export type Cell = {
  readonly machine: Choice;
  readonly count: number;
  readonly on: boolean;
  readonly start: Choice;
  readonly offers: readonly Offer[];
  readonly observes: { readonly [event in EventName]?: readonly Read[] | undefined };
  /** Cells before it in which nothing ever happens: an engine that packs cells into bits must distinguish far ones. */
  readonly idle: number;
};

type Asked = Odds & { readonly reads: readonly Read[] };

/**
 * Violated by what a state of the walk is the first to show, counted from the last of these; or by
 * some of all that may be shown.
 */
export type Claim = Asked & {
  readonly like?: Choice | undefined;
  readonly property: Choice;
  readonly kind: ClaimKind;
};

export type Description = {
  readonly machines: readonly Machine[];
  readonly cells: readonly Cell[];
  readonly views: readonly ({ readonly of: Part; readonly as: Choice } & Odds)[];
  readonly claims: readonly Claim[];
  readonly walk: readonly Choice[];
  readonly witnesses: readonly Asked[];
  readonly faults: readonly EventName[];
};

export const EVENTS = ['a', 'b', 'c', 'd', 'e'] as const;
export const PARTS = ['value', 'count', 'on', 'seen', 'extra', 'keys', 'whole'] as const;

// Descriptions.

const small = fc.nat(7);
const eventName = fc.constantFrom(...EVENTS);
const salt = fc.nat(0xffff);

function oddsOf(...outOf: readonly number[]): fc.Arbitrary<Odds> {
  return record({ salt, outOf: fc.constantFrom(...outOf) });
}

const part = fc.constantFrom(...PARTS);
const read: fc.Arbitrary<Read> = fc.letrec<{ read: Read }>((tie) => ({
  read: record({
    cell: often(6, small, fc.constant('asGiven' as const)),
    through: often(2, part, record({ view: small })),
    next: maybe(45, tie('read')),
  }),
})).read;

const { test } = fc.letrec<{ test: Test }>((tie) => ({
  test: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    record({ is: fc.constant('counted' as const), atLeast: fc.integer({ min: 1, max: 3 }) }),
    record({ is: fc.constant('on' as const) }),
    oddsOf(2, 2, 3).map((odds) => ({ is: 'given' as const, ...odds })),
    record({ is: fc.constant('not' as const), of: tie('test') }),
    record({
      is: fc.constantFrom('and' as const, 'or' as const),
      of: fc.array(tie('test'), { minLength: 1, maxLength: 2 }),
    }),
  ),
}));

const sending: fc.Arbitrary<Sending> = record({
  to: small,
  event: often(12, fc.integer({ min: 1, max: 3 }), eventName),
  with: fc.oneof(fc.constantFrom('same', 'less', 'count'), fc.nat(2)),
  when: fc.constantFrom('always', 'always', 'positive', 'on'),
});

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: record({ set: fc.constantFrom('count', 'count', 'flip', 'given') }) },
  { weight: 2, arbitrary: record({ set: fc.constantFrom('facts', 'facts', 'seen', 'extra') }) },
  { weight: 5, arbitrary: record({ send: fc.array(sending, { minLength: 1, maxLength: 3 }) }) },
  { weight: 1, arbitrary: record({ ignore: fc.constant(true as const) }) },
  { weight: 1, arbitrary: record({ raise: fc.constant(true as const) }) },
);

const actions = fc.array(action, { minLength: 1, maxLength: 3 });

const branch: fc.Arbitrary<Branch> = record({
  guard: maybe(40, test),
  target: often(2, small, fc.constant(undefined)),
  reenter: maybe(12, fc.boolean()),
  actions,
});

function stateOf(within: fc.Arbitrary<readonly State[] | undefined>): fc.Arbitrary<State> {
  return record({
    on: byEvent(70, fc.array(branch, { minLength: 1, maxLength: 2 })),
    entry: maybe(15, actions),
    exit: maybe(12, actions),
    always: maybe(10, record({ guard: test, target: small, actions })),
    within,
    ends: maybe(25, fc.constant(true)),
  });
}

const leaf = stateOf(fc.constant(undefined));
const inside = fc.array(leaf, { minLength: 2, maxLength: 2 });

const machine: fc.Arbitrary<Machine> = fc.oneof(
  {
    weight: 6,
    arbitrary: machineOf(
      false,
      fc.array(stateOf(maybe(20, inside)), { minLength: 2, maxLength: 3 }),
    ),
  },
  {
    weight: 1,
    arbitrary: machineOf(true, fc.array(stateOf(inside), { minLength: 2, maxLength: 2 })),
  },
);

function machineOf(
  parallel: boolean,
  states: fc.Arbitrary<readonly State[]>,
): fc.Arbitrary<Machine> {
  return record({
    parallel: fc.constant(parallel),
    states,
    limit: fc.integer({ min: 2, max: 4 }),
    rounds: often(2, fc.constant(false), fc.constant(true)),
    tolerates: often(8, fc.nat(2), fc.constant(EVENTS.length)),
    relay: maybe(
      30,
      record({
        event: fc.constantFrom('a', 'b'),
        to: small,
        twice: fc.boolean(),
        guarded: fc.boolean(),
      }),
    ),
  });
}

const offer: fc.Arbitrary<Offer> = record({
  event: often(1, fc.constantFrom('a', 'b'), eventName),
  p: often(3, fc.nat(3), fc.constantFrom(5, 14, 15, 16, 17)),
  from: often(4, fc.constant(0), fc.nat(3)),
  below: fc.integer({ min: 2, max: 4 }),
  where: oddsOf(1, 1, 1, 2),
});

const cell: fc.Arbitrary<Cell> = record({
  machine: small,
  count: often(3, fc.constant(0), fc.nat(3)),
  on: often(3, fc.constant(false), fc.constant(true)),
  start: often(2, fc.constant(0), small),
  offers: fc.uniqueArray(offer, {
    minLength: 1,
    maxLength: 4,
    selector: ({ event, p }) => `${event} ${p}`,
  }),
  observes: byEvent(50, fc.array(read, { minLength: 1, maxLength: 2 })),
  idle: often(5, fc.constant(0), fc.constantFrom(1, 14, 15, 31)),
});

function askedOf(...outOf: readonly number[]): fc.Arbitrary<Asked> {
  const reads = fc.array(read, { minLength: 1, maxLength: 4 });
  return fc.tuple(oddsOf(...outOf), reads).map(([odds, of]) => ({ ...odds, reads: of }));
}

const claim: fc.Arbitrary<Claim> = fc.oneof(
  { weight: 6, arbitrary: claimOf(['always', 'always', 'atRest'], fc.nat(3), 1) },
  { weight: 1, arbitrary: claimOf(['always', 'atRest'], fc.constant(undefined), 2, 5, 20, 50) },
  { weight: 2, arbitrary: claimOf(['whenStuck'], fc.constant(undefined), 1, 2, 3, 5) },
);

function claimOf(
  kinds: readonly ClaimKind[],
  like: fc.Arbitrary<Choice | undefined>,
  ...outOf: readonly number[]
): fc.Arbitrary<Claim> {
  return fc
    .tuple(askedOf(...outOf), like, fc.nat(40), fc.constantFrom(...kinds))
    .map(([asked, as, property, kind]) => ({ ...asked, like: as, property, kind }));
}

/** With another cell like one of these, sixteen places behind the last of them. */
function withTwin([cells, of]: readonly [readonly Cell[], Choice | undefined]): readonly Cell[] {
  const [twin] = of === undefined ? [] : cells.slice(of % cells.length);
  return twin === undefined ? cells : [...cells, { ...twin, idle: 15 }];
}

export const description: fc.Arbitrary<Description> = record({
  machines: fc.array(machine, { minLength: 1, maxLength: 3 }),
  cells: fc.tuple(fc.array(cell, { minLength: 2, maxLength: 4 }), maybe(40, small)).map(withTwin),
  views: fc.array(
    fc.tuple(part, small, oddsOf(1, 2, 2, 3, 50)).map(([of, as, odds]) => ({ of, as, ...odds })),
    { minLength: 1, maxLength: 3 },
  ),
  claims: fc.array(claim, { minLength: 8, maxLength: 30, size: 'max' }),
  walk: fc.array(fc.nat(0xffff), { minLength: 4, maxLength: 12, size: 'max' }),
  witnesses: fc.array(askedOf(5, 20, 100, 300), { maxLength: 3 }),
  faults: fc.uniqueArray(eventName, { maxLength: 2 }),
});

function record<T extends object>(model: {
  [Key in keyof T]: fc.Arbitrary<T[Key]>;
}): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true }).map(withoutNothing);
}

/** What is not there is not printed, either. */
function withoutNothing<T extends object>(whole: T): T {
  const there = Object.entries(whole).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as T;
}

/** This one so many times as often as the other. */
function often<A, B>(
  weight: number,
  usual: fc.Arbitrary<A>,
  seldom: fc.Arbitrary<B>,
): fc.Arbitrary<A | B> {
  return fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: seldom });
}

/** So many times in a hundred; else nothing. */
function maybe<T>(percent: number, some: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof(
    { weight: 100 - percent, arbitrary: fc.constant(undefined) },
    { weight: percent, arbitrary: some },
  );
}

function byEvent<T>(
  percent: number,
  each: fc.Arbitrary<T>,
): fc.Arbitrary<{ readonly [event in EventName]?: T | undefined }> {
  const some = maybe(percent, each);
  return record({ a: some, b: some, c: some, d: some, e: some });
}
