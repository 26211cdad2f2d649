/**
 * A protocol of three cells to test the checker on: two purses send each other coins by post.
 *
 *   Paying takes a coin out of a purse and gives it to the post, which carries one at a time and
 *   delivers it. A lossy post may also lose it. A hasty purse pays without asking whether the post
 *   is free, and the post does not say what it does with a second coin.
 */
import { assertEvent, assign, setup } from 'xstate';
import { initialLocal } from '../../checker/engine/xstate.ts';
import type { Claim, Witness } from '../../checker/specification/property.ts';
import type { Cell, Effect, Protocol } from '../../checker/specification/protocol.ts';

export type Toy = {
  /** Coins in the right purse; the left one starts empty. */
  readonly coins: number;
  readonly lossy?: boolean;
  readonly hasty?: boolean;
  /** The post delivers nothing. */
  readonly idle?: boolean;
  /** A purse may also drop a coin. */
  readonly torn?: boolean;
  /** Whether that nothing can happen any more is a mistake; by default it is not. */
  readonly mustGoOn?: boolean;
};

type Purse = { readonly coins: number };
type PurseEvent =
  | { readonly type: 'pay'; readonly to: string; readonly postIsFree: boolean }
  | { readonly type: 'receive' }
  | { readonly type: 'drop' };
type Post = { readonly to: string };
type PostEvent =
  | { readonly type: 'carry'; readonly to: string }
  | { readonly type: 'deliver' }
  | { readonly type: 'lose' };

const purseMachine = setup({
  types: { context: {} as Purse, events: {} as PurseEvent },
  guards: {
    postIsFree: ({ event }) => event.type === 'pay' && event.postIsFree,
  },
  actions: {
    takeOut: assign(({ context }) => ({ coins: context.coins - 1 })),
    putIn: assign(({ context }) => ({ coins: context.coins + 1 })),
    post: ({ event }): Effect => {
      assertEvent(event, 'pay');
      return { to: 'post', event: { type: 'carry', to: event.to } };
    },
  },
}).createMachine({
  id: 'purse',
  context: { coins: 0 },
  initial: 'open',
  states: {
    open: {
      on: {
        pay: { guard: 'postIsFree', actions: ['takeOut', 'post'] },
        receive: { actions: 'putIn' },
        drop: { actions: 'takeOut' },
      },
    },
  },
});

const postMachine = setup({
  types: { context: {} as Post, events: {} as PostEvent },
  actions: {
    address: assign(({ event }) => ({ to: event.type === 'carry' ? event.to : '' })),
    forget: assign({ to: '' }),
    handOver: ({ context }): Effect => ({ to: context.to, event: { type: 'receive' } }),
  },
}).createMachine({
  id: 'post',
  context: { to: '' },
  initial: 'free',
  states: {
    free: { on: { carry: { target: 'carrying', actions: 'address' } } },
    carrying: {
      on: {
        deliver: { target: 'free', actions: ['handOver', 'forget'] },
        lose: { target: 'free', actions: 'forget' },
      },
    },
  },
});

const hastyPurse = purseMachine.provide({ guards: { postIsFree: () => true } });

export function toy(size: Toy): Protocol {
  return {
    name: 'toy',
    ...(size.mustGoOn === true ? {} : { deadlock: { ignored: 'coins can be lost, all of them' } }),
    cells: [purse('left', 'right', 0, size), purse('right', 'left', size.coins, size), post(size)],
    faults: new Set(['lose', 'drop']),
  };
}

/** Broken by a lossy post, at once. */
export function coinsAreConserved({ coins }: Toy): Claim {
  return {
    property: 'coins-are-conserved',
    kind: 'always',
    test: (look) => {
      const left = (look('left').context as Purse).coins;
      const right = (look('right').context as Purse).coins;
      const carried = look('post').value === 'carrying' ? 1 : 0;
      const found = left + right + carried;
      return found === coins
        ? undefined
        : { subject: 'coins', expected: String(coins), found: String(found) };
    },
  };
}

/** Broken by `limit` faults at least, of a torn purse or a lossy post. */
export function fewerAreMissing(limit: number, { coins }: Toy): Claim {
  const counted = coinsAreConserved({ coins });
  return {
    property: 'fewer-are-missing',
    kind: 'always',
    test: (look) => {
      const finding = counted.test(look);
      return finding !== undefined && coins - Number(finding.found) >= limit ? finding : undefined;
    },
  };
}

/** Broken by 2 * `limit` steps at least. */
export function leftHoldsFewerThan(limit: number): Claim {
  return {
    property: 'left-holds-fewer',
    kind: 'always',
    test: (look) => {
      const { coins } = look('left').context as Purse;
      return coins < limit
        ? undefined
        : { subject: 'left', expected: `fewer than ${limit}`, found: String(coins) };
    },
  };
}

/** Broken where every coin is lost: 2 * coins steps, after which nothing can happen. */
export const somethingCanHappen: Claim = {
  property: 'something-can-happen',
  kind: 'whenStuck',
  test: (look) => ({
    subject: 'post',
    expected: 'a step',
    found: JSON.stringify(look('post').value),
  }),
};

export function leftReached(coins: number): Witness {
  return {
    property: 'left-holds-fewer',
    statement: `the left purse holds ${coins}`,
    reached: (look) => (look('left').context as Purse).coins >= coins,
  };
}

function purse(name: string, other: string, coins: number, { hasty, torn }: Toy): Cell {
  const machine = hasty === true ? hastyPurse : purseMachine;
  const pay = { type: 'pay', to: other };
  const whileFull = torn === true ? [pay, { type: 'drop' }] : [pay];
  return {
    name,
    machine,
    initial: initialLocal(machine, { coins }),
    offers: ({ context }) => ((context as Purse).coins > 0 ? whileFull : []),
    observes: { pay: (look) => ({ postIsFree: look('post').value === 'free' }) },
  };
}

function post({ lossy, idle }: Toy): Cell {
  const whileCarrying = [
    ...(idle === true ? [] : [{ type: 'deliver' }]),
    ...(lossy === true ? [{ type: 'lose' }] : []),
  ];
  return {
    name: 'post',
    machine: postMachine,
    initial: initialLocal(postMachine, { to: '' }),
    offers: ({ value }) => (value === 'free' ? [] : whileCarrying),
    observes: {},
  };
}
