/**
 * Paxos for one value: acceptors promise a ballot, and report what they have accepted before. A proposer
 * with the promises of a majority proposes the newest value that these accepted or, if there is none, any.
 *
 * Specification  Paxos (tlaplus/Examples, PaxosHowToWinATuringAward); Lamport 1998
 *
 * Messages can be read for ever: each cell keeps those that it has sent.
 */
import { and, assign, setup } from 'xstate';
import { initialLocal } from '../../checker/engine/xstate.ts';
import type { Claim } from '../../checker/specification/property.ts';
import type { Cell, Look, Protocol } from '../../checker/specification/protocol.ts';

type Accepted = { readonly ballot: number; readonly value: string };
type Promise = { readonly ballot: number; readonly accepted: Accepted | null };
type Acceptor = {
  /** The highest that it has promised or accepted. */
  readonly highest: number;
  readonly accepted: Accepted | null;
  readonly promises: readonly Promise[];
  /** By ballot: a set, whatever the order in which it came about. */
  readonly acceptances: readonly Accepted[];
};
type AcceptorEvent =
  | { readonly type: 'promise'; readonly ballot: number; readonly isAsked: boolean }
  | { readonly type: 'accept'; readonly ballot: number; readonly value: string | null };

const acceptorMachine = setup({
  types: { context: {} as Acceptor, events: {} as AcceptorEvent },
  guards: {
    isAsked: ({ event }) => event.type === 'promise' && event.isAsked,
    isNewer: ({ context, event }) => event.ballot > context.highest,
    isProposed: ({ event }) => event.type === 'accept' && event.value !== null,
    isNotOlder: ({ context, event }) => event.ballot >= context.highest,
  },
  actions: {
    promise: assign(({ context: { promises, accepted }, event: { ballot } }) => ({
      highest: ballot,
      promises: [...promises, { ballot, accepted }],
    })),
    accept: assign(({ context, event }) => {
      if (event.type !== 'accept' || event.value === null) return {};
      const accepted = { ballot: event.ballot, value: event.value };
      const others = context.acceptances.filter(({ ballot }) => ballot !== accepted.ballot);
      const acceptances = [...others, accepted];
      return { highest: event.ballot, accepted, acceptances };
    }),
  },
}).createMachine({
  id: 'acceptor',
  context: { highest: -1, accepted: null, promises: [], acceptances: [] },
  initial: 'up',
  states: {
    up: {
      on: {
        promise: { guard: and(['isAsked', 'isNewer']), actions: 'promise' },
        accept: { guard: and(['isProposed', 'isNotOlder']), actions: 'accept' },
      },
    },
  },
});

type Ballot = { readonly value: string | null };
type BallotEvent =
  | { readonly type: 'ask' }
  | {
      readonly type: 'propose';
      readonly value: string;
      /** Of each acceptor that has promised this ballot. */
      readonly promises: readonly Promise[];
      readonly majority: number;
    };

const ballotMachine = setup({
  types: { context: {} as Ballot, events: {} as BallotEvent },
  guards: {
    isSafe: ({ event }) =>
      event.type === 'propose' &&
      someOf(event.promises, event.majority).some((quorum) => allows(quorum, event.value)),
  },
  actions: {
    propose: assign(({ event }) => (event.type === 'propose' ? { value: event.value } : {})),
  },
}).createMachine({
  id: 'ballot',
  context: { value: null },
  initial: 'unused',
  states: {
    unused: { on: { ask: { target: 'asked' } } },
    asked: { on: { propose: { guard: 'isSafe', target: 'proposed', actions: 'propose' } } },
    proposed: {},
  },
});

export type Size = {
  readonly acceptors: number;
  readonly ballots: number;
  readonly values: readonly string[];
};

export function paxos({ acceptors, ballots, values }: Size): Protocol {
  const names = Array.from({ length: acceptors }, (_, index) => `acceptor ${index}`);
  const numbers = Array.from({ length: ballots }, (_, ballot) => ballot);
  const majority = Math.floor(acceptors / 2) + 1;
  const steps = numbers.flatMap((ballot) => [
    { type: 'promise', ballot },
    { type: 'accept', ballot },
  ]);
  return {
    name: 'Paxos',
    cells: [
      ...numbers.map((ballot): Cell => ({
        name: ballotOf(ballot),
        machine: ballotMachine,
        initial: initialLocal(ballotMachine, { value: null }),
        offers: () => [{ type: 'ask' }, ...values.map((value) => ({ type: 'propose', value }))],
        observes: {
          propose: (look) => ({
            majority,
            promises: names.flatMap((name) =>
              (look(name).context as Acceptor).promises.filter((each) => each.ballot === ballot),
            ),
          }),
        },
      })),
      ...names.map((name): Cell => ({
        name,
        machine: acceptorMachine,
        initial: initialLocal(acceptorMachine, acceptorMachine.config.context as Acceptor),
        offers: () => steps,
        observes: {
          promise: (look, { ballot }) => ({
            isAsked: look(ballotOf(ballot as number)).value !== 'unused',
          }),
          accept: (look, { ballot }) => ({
            value: (look(ballotOf(ballot as number)).context as Ballot).value,
          }),
        },
      })),
    ],
    deadlock: { ignored: 'the published specification may stop, too' },
    faults: new Set(),
  };
}

/** No two values are accepted by majorities. */
export function oneIsChosen({ acceptors, ballots }: Size): Claim {
  return {
    property: 'one-is-chosen',
    kind: 'always',
    test: (look) => {
      const chosen = new Set(
        Array.from({ length: ballots }, (_, ballot) => chosenIn(look, ballot, acceptors)).flat(),
      );
      return chosen.size < 2
        ? undefined
        : { subject: 'acceptors', expected: 'one value', found: [...chosen].join() };
    },
  };
}

function chosenIn(look: Look, ballot: number, acceptors: number): readonly string[] {
  const accepted = Array.from({ length: acceptors }, (_, index) =>
    (look(`acceptor ${index}`).context as Acceptor).acceptances.filter(
      (each) => each.ballot === ballot,
    ),
  ).flat();
  return 2 * accepted.length > acceptors ? accepted.slice(0, 1).map(({ value }) => value) : [];
}

/** What the newest acceptance among these says, or anything where there is none. */
function allows(promises: readonly Promise[], value: string): boolean {
  const before = promises.flatMap(({ accepted }) => accepted ?? []);
  const newest = Math.max(...before.map(({ ballot }) => ballot));
  return (
    before.length === 0 || before.some((each) => each.ballot === newest && each.value === value)
  );
}

/** Every choice of so many of these. */
function someOf<T>(of: readonly T[], count: number): readonly (readonly T[])[] {
  if (count === 0) return [[]];
  return of.flatMap((first, at) =>
    someOf(of.slice(at + 1), count - 1).map((rest) => [first, ...rest]),
  );
}

function ballotOf(ballot: number): string {
  return `ballot ${ballot}`;
}
