/**
 * The words for the steps and states of a protocol. A specification gives its own;
 * checker/wording/plain-wording.ts has the defaults.
 */
import type { Json } from '../text/json.ts';
import type { Cell, Local, Step } from './protocol.ts';

/** The local states of a cell: initial, before a step and after it. */
export type CellChange = { readonly initial: Local; readonly from: Local; readonly to: Local };

/** One delivery: the cell, the event, and the local states before and after. */
export type Delivered = {
  readonly cell: string;
  readonly event: { readonly type: string; readonly [parameter: string]: Json };
  readonly before: Local;
  readonly after: Local;
};

export type Wording = {
  /**
   * The column that shows changes of this cell, such as its host. Undefined for a cell that no column
   * shows: ghosts, budgets.
   */
  readonly column: (cell: string, before: Local, after: Local) => string | undefined;
  /** The column of the cell that takes a step. */
  readonly actor: (action: Delivered) => string;
  /** The order of columns. */
  readonly compareColumns: (a: string, b: string) => number;
  /** All columns that a story may have. */
  readonly columns: (cells: readonly Cell[]) => readonly string[];
  /** A longer title of a column, if there is room. */
  readonly columnTitle: (column: string) => string;
  /** The activity of this cell's steps: consecutive steps of one activity are printed as one line. */
  readonly activity: (cell: string) => string;
  /** Whether a step begins a new line, although the step before had the same activity. */
  readonly begins: (step: Step, acting: Local, before: Step | undefined) => boolean;
  /** A step as a sentence without a period: "p opens f". */
  readonly sentence: (step: Step, acting: Local) => string;
  /** The changes of a cell in a step; undefined if no visible field changed. */
  readonly change: (cell: string, held: CellChange) => string | undefined;
  /**
   * The contents of a cell, if its column is known: "stream p0: open, offset 1". Undefined if it has no
   * visible contents. `initial` is its initial local state.
   */
  readonly holds: (cell: string, local: Local, initial: Local) => string | undefined;
  /** The state of a cell: "client a is waiting". */
  readonly state: (cell: string, local: Local) => string;
  /**
   * The message in flight in a cell: "OPEN request"; undefined if there is none. The step that takes a
   * message changes its cell. Without words of its own, every state is a message.
   */
  readonly message: (cell: string, local: Local) => string | undefined;
  /** A cell's name, if its column is known. */
  readonly shortName: (cell: string) => string;
  /** A cell's name, if no column is known. */
  readonly longName: (cell: string) => string;
  /** A value inside a finding. */
  readonly value: (value: Json) => string;
  /** An observation of a step. */
  readonly observation: (seen: Json) => string;
};
