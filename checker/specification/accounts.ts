/** What a specification may say of counts, so that `explain` can say who is at fault. */
import type { Look } from './protocol.ts';

/** One who owns a number of what is counted: "descriptor 0 of q", and the cell that says so. */
export type Owner = { readonly who: string; readonly cell: string; readonly uses: number };

/** One count, and how to find what it is and whose. It is right where it equals the uses of its owners. */
export type Account = {
  /** The object counted, as findings name it. */
  readonly subject: string;
  /** What is counted: "references". */
  readonly counted: string;
  /** The column that keeps the count. */
  readonly host: string;
  /** The cell that holds the count. */
  readonly cell: string;
  readonly count: (look: Look) => number;
  readonly owners: (look: Look) => readonly Owner[];
};
