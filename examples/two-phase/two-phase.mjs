// @ts-check
/**
 * Two-phase commit, after Gray and Lamport's TwoPhase: resource managers prepare and say so; the
 * transaction manager commits when all have, or aborts before. Messages are never removed, so a message may
 * be received again: that is a step here, as it is in TwoPhase.
 *
 *   A second, simpler specification, transaction commit, states what the protocol must do: a manager
 *   commits or aborts as soon as it may, and there are no messages. Each step here is a step there, or
 *   changes nothing there.
 *
 *   The message that manager r is prepared, and whether it was received, are one cell of r. The decision of
 *   the transaction manager is also its message. It sends the message once, to all.
 */
import { setup } from 'xstate';
import { cell, defineSpecification, effect, refinement } from 'sprite-check/checker';

/** @typedef {import('sprite-check/checker').Look} Look */
/** @typedef {'undecided' | 'committed' | 'aborted'} Decision */
/** @template {object} Facts @typedef {import('sprite-check/checker').Observed<Facts>} Observed */
/** @typedef {{ type: 'prepare' } | { type: 'chooseToAbort' } | { type: 'receiveDecision' } & Observed<{ decision: Decision }>} ManagerEvent */
/** @typedef {{ type: 'send' } | { type: 'receive' } & Observed<{ decision: Decision }>} PreparedEvent */
/** @typedef {{ type: 'commit' } & Observed<{ allArePrepared: boolean }> | { type: 'abort' }} TransactionEvent */
/** @typedef {{ type: 'prepare' } | { type: 'commit' } & Observed<{ mayCommit: boolean }> | { type: 'abort' } & Observed<{ mayAbort: boolean }>} AbstractEvent */

const managerMachine = setup({
  types: /** @type {{ context: { message: string }, events: ManagerEvent }} */ ({}),
  guards: {
    isCommit: ({ event }) => event.type === 'receiveDecision' && event.decision === 'committed',
    isAbort: ({ event }) => event.type === 'receiveDecision' && event.decision === 'aborted',
  },
  actions: { sayPrepared: ({ context }) => effect(context.message, { type: 'send' }) },
}).createMachine({
  context: { message: '' },
  initial: 'working',
  on: {
    receiveDecision: [
      { guard: 'isCommit', target: '.committed' },
      { guard: 'isAbort', target: '.aborted' },
    ],
  },
  states: {
    working: {
      on: {
        prepare: { target: 'prepared', actions: 'sayPrepared' },
        chooseToAbort: 'aborted',
      },
    },
    prepared: {},
    committed: {},
    aborted: {},
  },
});

const preparedMachine = setup({
  types: /** @type {{ context: {}, events: PreparedEvent }} */ ({}),
  guards: {
    isUndecided: ({ event }) => event.type === 'receive' && event.decision === 'undecided',
  },
}).createMachine({
  initial: 'unsent',
  states: {
    unsent: { on: { send: 'sent' } },
    sent: { on: { receive: { guard: 'isUndecided', target: 'received' } } },
    received: { on: { receive: { guard: 'isUndecided', target: 'received' } } },
  },
});

const transactionMachine = setup({
  types: /** @type {{ context: {}, events: TransactionEvent }} */ ({}),
  guards: { allArePrepared: ({ event }) => event.type === 'commit' && event.allArePrepared },
}).createMachine({
  initial: 'undecided',
  states: {
    undecided: {
      on: { commit: { guard: 'allArePrepared', target: 'committed' }, abort: 'aborted' },
    },
    committed: {},
    aborted: {},
  },
});

const hasty = transactionMachine.provide({ guards: { allArePrepared: () => true } });

/** A manager of transaction commit, Gray and Lamport's TCommit: it decides as soon as it may. */
const abstractMachine = setup({
  types: /** @type {{ context: {}, events: AbstractEvent }} */ ({}),
  guards: {
    mayCommit: ({ event }) => event.type === 'commit' && event.mayCommit,
    mayAbort: ({ event }) => event.type === 'abort' && event.mayAbort,
  },
}).createMachine({
  initial: 'working',
  states: {
    working: { on: { prepare: 'prepared', abort: { guard: 'mayAbort', target: 'aborted' } } },
    prepared: {
      on: {
        commit: { guard: 'mayCommit', target: 'committed' },
        abort: { guard: 'mayAbort', target: 'aborted' },
      },
    },
    committed: {},
    aborted: {},
  },
});

export default defineSpecification({
  name: 'two-phase',
  version: '1',
  title: 'two-phase commit, as a refinement of transaction commit',
  variants: [
    { id: 'two-phase', title: 'commits when all are prepared', value: transactionMachine },
    {
      id: 'hasty',
      title: 'commits without asking whether all are prepared',
      value: hasty,
      caughtBy: ['consistent', 'refines-commit'],
      scenario: 'three',
    },
  ],
  scenarios: [
    { name: 'three', size: 'small', managers: numbered(3) },
    { name: 'seven', size: 'general', managers: numbered(7) },
  ],
  properties: [
    {
      id: 'consistent',
      statement: 'No manager has aborted where another has committed.',
      kind: 'always',
      catches: ['hasty'],
      claims: ({ managers }) => [
        (look) => {
          const ended = (/** @type {string} */ state) =>
            managers.filter((name) => look(name).value === state);
          const [committed, aborted] = [ended('committed'), ended('aborted')];
          if (committed.length === 0 || aborted.length === 0) return undefined;
          return {
            subject: 'transaction',
            expected: 'one decision',
            found: `${committed.join(', ')} committed, ${aborted.join(', ')} aborted`,
          };
        },
      ],
      witness: {
        statement: 'every manager has committed',
        reached:
          ({ managers }) =>
          (look) =>
            managers.every((name) => look(name).value === 'committed'),
      },
    },
    {
      id: 'refines-commit',
      statement: 'Every step is one of transaction commit, or nothing that it can see.',
      kind: 'onEveryStep',
      catches: ['hasty'],
      claimsAtStart: ({ managers }) => [commitRefinement(managers).atStart],
      claimsOnStep: ({ managers }) => [commitRefinement(managers).onStep],
      witness: {
        statement: 'a manager has aborted while another is prepared',
        reached:
          ({ managers }) =>
          (look) =>
            ['aborted', 'prepared'].every((state) =>
              managers.some((name) => look(name).value === state),
            ),
      },
    },
  ],
  boot: (transaction, { name, managers }) => ({
    name,
    faults: new Set(),
    cells: [
      ...managers.map((manager) =>
        cell(managerMachine, {
          name: manager,
          context: { message: `prepared ${manager}` },
          offers: () => [
            { type: 'prepare' },
            { type: 'chooseToAbort' },
            { type: 'receiveDecision' },
          ],
          observes: { receiveDecision: decided },
        }),
      ),
      ...managers.map((manager) =>
        cell(preparedMachine, {
          name: `prepared ${manager}`,
          offers: () => [{ type: 'receive' }],
          observes: { receive: decided },
        }),
      ),
      cell(transaction, {
        name: 'transaction manager',
        offers: { undecided: [{ type: 'commit' }, { type: 'abort' }] },
        observes: {
          commit: (look) => ({
            allArePrepared: managers.every((each) => look(`prepared ${each}`).value === 'received'),
          }),
        },
      }),
    ],
  }),
});

/** @type {(managers: readonly string[]) => import('sprite-check/checker').Refinement} */
function commitRefinement(managers) {
  return refinement({
    property: 'refines-commit',
    abstract: transactionCommit(managers),
    map: (look) =>
      Object.fromEntries(managers.map((name) => [name, { value: look(name).value, context: {} }])),
  });
}

/** @type {(managers: readonly string[]) => import('sprite-check/checker').Protocol} */
function transactionCommit(managers) {
  return {
    name: 'transaction commit',
    faults: new Set(),
    deadlock: { ignored: 'it ends when every manager has decided' },
    cells: managers.map((manager) =>
      cell(abstractMachine, {
        name: manager,
        offers: () => [{ type: 'prepare' }, { type: 'commit' }, { type: 'abort' }],
        observes: {
          commit: (look) => ({
            mayCommit: managers.every((name) =>
              ['prepared', 'committed'].includes(/** @type {string} */ (look(name).value)),
            ),
          }),
          abort: (look) => ({
            mayAbort: managers.every((name) => look(name).value !== 'committed'),
          }),
        },
      }),
    ),
  };
}

/** @type {(look: Look) => { decision: Decision }} */
function decided(look) {
  return { decision: /** @type {Decision} */ (look('transaction manager').value) };
}

/** @type {(count: number) => readonly string[]} */
function numbered(count) {
  return Array.from({ length: count }, (_, index) => `rm ${index + 1}`);
}
