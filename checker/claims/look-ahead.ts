/** Claims that run on from a state, and how far. */
import type { Finding } from '../specification/property.ts';

/** States of one search for rest, and steps of one run of a removal, unless a claim says otherwise. */
export const MAX_AHEAD = 20_000;

/** What such a claim comes to: a finding, nothing where it holds, or no answer within the bound. */
export type Ahead = Finding | 'undecided' | undefined;
