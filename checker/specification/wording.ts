/**
 * The words in which stories of a protocol are told. A specification gives those that it has better
 * ones for; checker/wording/plain-wording.ts has the others.
 */
import type { Json } from '../text/json.ts';
import type { Cell, Local, Step } from './protocol.ts';

/** What a cell held before a story, before a step and after it. */
export type CellChange = { readonly initial: Local; readonly from: Local; readonly to: Local };

/** One delivery: which cell took which event, and what it held before and after. */
export type Delivered = {
  readonly cell: string;
  readonly event: { readonly type: string; readonly [parameter: string]: Json };
  readonly before: Local;
  readonly after: Local;
};

export type Wording = {
  /**
   * The column in which a story shows a change of this cell: where it lives. Undefined for what no
   * column shows: ghosts, budgets.
   */
  readonly column: (cell: string, before: Local, after: Local) => string | undefined;
  /** The column of whoever takes a step. */
  readonly actor: (action: Delivered) => string;
  /** The order of columns. */
  readonly compareColumns: (a: string, b: string) => number;
  /** Every column that a story may have. */
  readonly columns: (cells: readonly Cell[]) => readonly string[];
  /** A column, where there is room for more than its name. */
  readonly columnTitle: (column: string) => string;
  /** What goes on in steps of this cell: consecutive steps of one activity are told as one. */
  readonly activity: (cell: string) => string;
  /** Whether a step begins something new, although the step before was of the same activity. */
  readonly begins: (step: Step, acting: Local, before: Step | undefined) => boolean;
  /** A step in a sentence without an end: "p opens f". */
  readonly sentence: (step: Step, acting: Local) => string;
  /** What a step changed in a cell; undefined where nothing changed that people want to see. */
  readonly change: (cell: string, held: CellChange) => string | undefined;
  /**
   * All that a cell holds, where its column is known: "stream p0: open, offset 1". Undefined where
   * nothing is there that people want to see. `initial` is what it held where stories begin.
   */
  readonly holds: (cell: string, local: Local, initial: Local) => string | undefined;
  /** What a cell is in: "client a is waiting". */
  readonly state: (cell: string, local: Local) => string;
  /**
   * The message in flight that a cell holds: "OPEN request"; undefined where it holds none. The step
   * that takes a message changes its cell. Without words of its own, every state is a message.
   */
  readonly message: (cell: string, local: Local) => string | undefined;
  /** A cell's name, where its column is known. */
  readonly shortName: (cell: string) => string;
  /** A value inside a finding. */
  readonly value: (value: Json) => string;
  /** What an observer saw of a step. */
  readonly observation: (seen: Json) => string;
};
