/**
 * Costs on Sun-3/75 workstations: measured numbers, with the unit in the name and the source beside each.
 *
 *   None of them is taken from the paper's formula for the time to migrate, because they are compared with
 *   that formula. The unexplained part of its four coefficients is separate, as residuals, and is the only
 *   thing that was fitted.
 *
 * Paper     §4.2
 */
import type { Prices, Term } from './charge.ts';

export type Parameter = { readonly value: number; readonly source: string };

const computer1988 =
  'Ousterhout, Cherenson, Douglis, Nelson, Welch: The Sprite Network Operating System, IEEE Computer, February 1988';
const practice1991 =
  'Douglis, Ousterhout: Transparent Process Migration, Software: Practice and Experience, August 1991';
const paper = 'the paper, section 4.2';

export const parameters = {
  rpcMs: { value: 2.8, source: `${computer1988}: an RPC without data` },
  messageMsPerKb: { value: 1.2, source: `${computer1988}: what each KB in an RPC adds` },
  writeKbPerSecond: {
    value: 585,
    source: `${computer1988}: dirty pages and dirty file data to the server, their RPCs included`,
  },
  pageInKbPerSecond: {
    value: 545,
    source: `${computer1988}: pages loaded on demand, their RPCs included`,
  },
  pageKb: { value: 8, source: `${paper}: the size of a page` },
  blockKb: { value: 4, source: `${paper}: the size of a file block` },
  stateKb: {
    value: 6.95,
    source: `${practice1991}: mean size of the state that one migration transfers`,
  },
} as const satisfies { readonly [name: string]: Parameter };

/** What the time to migrate grows by in the paper: with nothing, a dirty page, a block, a file. */
export const reportedMs = { fixed: 110, page: 14, block: 7, file: 14 } as const;

/**
 * Milliseconds for each unit of a term that the parameters above do not explain. Where inside a
 * migration the fixed one is spent is not known; it is charged as the state is sent.
 */
export const residualMs: { readonly [term in Term]?: number } = {
  migration: 93.26,
  page: 0.32,
  block: 0.16,
  descriptor: 2.8,
};

export type Values = { readonly [name in keyof typeof parameters]: number };

export const values: Values = {
  rpcMs: parameters.rpcMs.value,
  messageMsPerKb: parameters.messageMsPerKb.value,
  writeKbPerSecond: parameters.writeKbPerSecond.value,
  pageInKbPerSecond: parameters.pageInKbPerSecond.value,
  pageKb: parameters.pageKb.value,
  blockKb: parameters.blockKb.value,
  stateKb: parameters.stateKb.value,
};

export function pricesOf(measured: Values, residuals: Prices['residualMs']): Prices {
  const { messageMsPerKb, writeKbPerSecond, pageInKbPerSecond, ...sizes } = measured;
  const { pageKb, blockKb, stateKb, rpcMs } = sizes;
  return {
    rpcMs,
    dataMs: {
      pageOut: (1000 * pageKb) / writeKbPerSecond,
      pageIn: (1000 * pageKb) / pageInKbPerSecond,
      blockOut: (1000 * blockKb) / writeKbPerSecond,
      blockInMessage: blockKb * messageMsPerKb,
      stateInMessage: stateKb * messageMsPerKb,
    },
    residualMs: residuals,
  };
}

/** The prices that `cost` uses, and those that the independent measurements give alone. */
export const fullPrices = pricesOf(values, residualMs);
export const explainedPrices = pricesOf(values, {});
