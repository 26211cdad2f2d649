/**
 * Which step of a story depends on which.
 *
 *   A step is taken by one host. It looks at the cells that its deliveries go to and at those that
 *   they observe, and it changes some of them. A step is caused by the last step before it that
 *   changed a cell which it looks at or changes; between two hosts that is a message. Ghosts and
 *   budgets carry nothing: no host knows of them.
 *
 *   So happened-before is the least order in which the steps of each host stand in a row and causes
 *   come first. What a step found, it found because of steps before it in this order. The converse
 *   is not said: a step that only comes after somebody looked at what it changes is not its effect.
 */
import type { Local } from '../../checker/specification/protocol.ts';
import type { Wording } from '../../checker/specification/wording.ts';

/** What a cell holds after a step that changed it. */
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
  /** What it left in these cells: "service p: arrived". */
  readonly label: string;
};

export type Clock = { readonly [host: string]: number };

export type Order = {
  /** The causes of the next step of the story, and the clock that it ticks. */
  readonly next: (
    host: string,
    sees: ReadonlySet<string>,
    changes: readonly Changed[],
  ) => { readonly causes: readonly Cause[]; readonly clock: Clock };
};

export function createOrder({ shortName, value }: Pick<Wording, 'shortName' | 'value'>): Order {
  const lastChange = new Map<string, { readonly step: number; readonly state: string }>();
  const past: { readonly host: string; readonly clock: Clock }[] = [];
  const clocks = new Map<string, Clock>();
  return { next };

  function next(
    host: string,
    sees: ReadonlySet<string>,
    changes: readonly Changed[],
  ): ReturnType<Order['next']> {
    const touched = new Set([...sees, ...changes.map(({ cell }) => cell)]);
    const cells = [...touched].filter((cell) => lastChange.has(cell)).toSorted();
    const numbers = new Set(cells.map((cell) => lastChange.get(cell)?.step ?? 0));
    const causes = [...numbers]
      .toSorted((a, b) => a - b)
      .map((step) =>
        causeOf(
          step,
          cells.filter((cell) => lastChange.get(cell)?.step === step),
        ),
      );
    const known = [clocks.get(host), ...causes.map(({ step }) => past[step - 1]?.clock)];
    const joined = known.reduce<Clock>(join, {});
    const clock = { ...joined, [host]: (joined[host] ?? 0) + 1 };
    clocks.set(host, clock);
    past.push({ host, clock });
    for (const { cell, host: column, to } of changes) {
      if (column !== undefined) lastChange.set(cell, { step: past.length, state: value(to.value) });
    }
    return { causes, clock };
  }

  function causeOf(step: number, cells: readonly string[]): Cause {
    const states = cells.map((cell) => {
      const state = lastChange.get(cell)?.state ?? '';
      return state === '' ? shortName(cell) : `${shortName(cell)}: ${state}`;
    });
    return { step, host: past[step - 1]?.host ?? '', cells, label: states.join(', ') };
  }
}

function join(a: Clock, b: Clock | undefined): Clock {
  const entries = Object.entries(b ?? {}).map(([host, count]) => [
    host,
    Math.max(count, a[host] ?? 0),
  ]);
  return { ...a, ...(Object.fromEntries(entries) as Clock) };
}
