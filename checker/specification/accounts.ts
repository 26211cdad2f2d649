/** The counts of a specification and their owners, so that `explain` can find the step at fault. */
import type { Look } from './protocol.ts';

/** An owner of a number of the counted things: "descriptor 0 of q", and the cell that says so. */
export type Owner = { readonly who: string; readonly cell: string; readonly uses: number };

/** One count, with functions for its value and its owners. It is right if it equals the uses of its owners. */
export type Account = {
  /** The object counted, as findings name it. */
  readonly subject: string;
  /** What is counted: "references". */
  readonly counted: string;
  /** The column of the count. */
  readonly host: string;
  /** The cell that contains the count. */
  readonly cell: string;
  readonly count: (look: Look) => number;
  readonly owners: (look: Look) => readonly Owner[];
};
