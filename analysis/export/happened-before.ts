/**
 * The dependencies between the steps of a story.
 *
 *   One host takes a step. The step reads the cells that its deliveries go to and those that they observe,
 *   and changes some of them. Its cause is, for each cell that it reads or changes, the last step before
 *   it that changed this cell. Ghosts and budgets cause nothing: no host knows of them. Between two hosts a
 *   cause is a message if the step takes what it finds in the cell. Otherwise the step only sees something:
 *   a host is down, a lock is free.
 *
 *   So happened-before is the least order in which the steps of each host are in a row and causes come
 *   first. All that a step finds is due to steps before it in this order. The converse does not hold: a
 *   step that changes a cell after another step has read it is not an effect of the other step.
 */
import type { Local } from '../../checker/specification/protocol.ts';
import type { Wording } from '../../checker/specification/wording.ts';

/** A cell after a step that changed it. */
type Changed = {
  readonly cell: string;
  /** Undefined for ghosts and budgets. */
  readonly host: string | undefined;
  readonly to: Local;
};

export type Cause = {
  /** The number of the step. */
  readonly step: number;
  readonly host: string;
  readonly cells: readonly string[];
  /** The states of these cells after it: "service p: arrived". */
  readonly label: string;
  /** The messages in these cells that this step takes; undefined if it takes none. */
  readonly message: string | undefined;
};

export type Clock = { readonly [host: string]: number };

export type HappenedBefore = {
  /** The causes of the next step of the story, and its vector clock. */
  readonly next: (step: Taken) => { readonly causes: readonly Cause[]; readonly clock: Clock };
};

type Taken = {
  readonly host: string;
  readonly sees: ReadonlySet<string>;
  readonly changes: readonly Changed[];
  /** A fault takes no message, whatever it changes. */
  readonly isFault: boolean;
};

export function createOrder({
  shortName,
  value,
  message,
}: Pick<Wording, 'shortName' | 'value' | 'message'>): HappenedBefore {
  const lastChange = new Map<string, { readonly step: number; readonly to: Local }>();
  const past: { readonly host: string; readonly clock: Clock }[] = [];
  const clocks = new Map<string, Clock>();
  return { next };

  function next({ host, sees, changes, isFault }: Taken): ReturnType<HappenedBefore['next']> {
    const changed = new Set(isFault ? [] : changes.map(({ cell }) => cell));
    const touched = new Set([...sees, ...changes.map(({ cell }) => cell)]);
    const cells = [...touched].filter((cell) => lastChange.has(cell)).toSorted();
    const numbers = new Set(cells.map((cell) => lastChange.get(cell)?.step ?? 0));
    const causes = [...numbers]
      .toSorted((a, b) => a - b)
      .map((step) =>
        causeOf(
          step,
          cells.filter((cell) => lastChange.get(cell)?.step === step),
          changed,
        ),
      );
    const known = [clocks.get(host), ...causes.map(({ step }) => past[step - 1]?.clock)];
    const joined = known.reduce<Clock>(join, {});
    const clock = { ...joined, [host]: (joined[host] ?? 0) + 1 };
    clocks.set(host, clock);
    past.push({ host, clock });
    for (const { cell, host: column, to } of changes) {
      if (column !== undefined) lastChange.set(cell, { step: past.length, to });
    }
    return { causes, clock };
  }

  function causeOf(step: number, cells: readonly string[], changed: ReadonlySet<string>): Cause {
    const left = cells.flatMap((cell) => {
      const to = lastChange.get(cell)?.to;
      return to === undefined ? [] : [{ cell, to }];
    });
    const states = left.map(({ cell, to }) => {
      const state = value(to.value);
      return state === '' ? shortName(cell) : `${shortName(cell)}: ${state}`;
    });
    const taken = left.flatMap(({ cell, to }) =>
      changed.has(cell) ? (message(cell, to) ?? []) : [],
    );
    return {
      step,
      host: past[step - 1]?.host ?? '',
      cells,
      label: states.join(', '),
      message: taken.length === 0 ? undefined : taken.join(', '),
    };
  }
}

function join(a: Clock, b: Clock | undefined): Clock {
  const entries = Object.entries(b ?? {}).map(([host, count]) => [
    host,
    Math.max(count, a[host] ?? 0),
  ]);
  return { ...a, ...(Object.fromEntries(entries) as Clock) };
}
