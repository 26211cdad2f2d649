/**
 * What a delivery is charged for: messages, data, and a unit of what a term counts. Symbols, not
 * milliseconds: prices come last, so that a run is the same at any price.
 */

/** What the cost of a run is split by. The first four have a coefficient in the paper. */
export const terms = [
  'migration',
  'page',
  'block',
  'descriptor',
  'consistency',
  'pageIn',
  'fileCall',
  'fileData',
  'homeCall',
] as const;

export type Term = (typeof terms)[number];

export const rpcs = [
  'INIT',
  'ENTIRE',
  'RESUME',
  'DESTROY',
  'MIGRATE',
  'RELEASE',
  'CONSIST',
  'CONSIST_REPLY',
  'OPEN',
  'CLOSE',
  'READ',
  'WRITE',
  'STAT',
  'UNLINK',
  'HOME_CALL',
] as const;

export type Rpc = (typeof rpcs)[number];

/** Data that move between hosts. */
export type LoadedData = 'pageOut' | 'pageIn' | 'blockOut' | 'blockInMessage' | 'stateInMessage';

export type Charge = {
  readonly term: Term;
  /** How many of what the term counts; each has a residual, and moves what is loaded. */
  readonly units?: number;
  /** Half an RPC each, spent on the host that sends it. */
  readonly request?: Rpc;
  readonly reply?: Rpc;
  readonly loaded?: LoadedData;
};

/** Everything that turns charges into milliseconds. */
export type Prices = {
  readonly rpcMs: number;
  readonly dataMs: { readonly [loaded in LoadedData]: number };
  readonly residualMs: { readonly [term in Term]?: number };
};

export type Priced = {
  readonly charge: Charge;
  readonly rpcMs: number;
  readonly dataMs: number;
  readonly residualMs: number;
};

export function priced(charge: Charge, prices: Prices): Priced {
  const { term, units = 0, request, reply, loaded } = charge;
  const messages = (request === undefined ? 0 : 1) + (reply === undefined ? 0 : 1);
  return {
    charge,
    rpcMs: (messages * prices.rpcMs) / 2,
    dataMs: loaded === undefined ? 0 : units * prices.dataMs[loaded],
    residualMs: units * (prices.residualMs[term] ?? 0),
  };
}

export function msOf({ rpcMs, dataMs, residualMs }: Priced): number {
  return rpcMs + dataMs + residualMs;
}
