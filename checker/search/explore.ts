/**
 * Breadth-first search: visits every world that a protocol can reach, until the space closes or a bound
 * is reached, and reports which. The first counterexample to a property is a shortest one.
 */
import type { Step, Story } from '../specification/protocol.ts';
import { NO_DEADLOCK } from '../claims/deadlock.ts';
import { violationOf } from '../claims/unspecified-event.ts';
import { isStuck } from '../engine/enabled.ts';
import type { AnswerCounts } from '../engine/asked-twice.ts';
import { stepFor } from '../engine/steps.ts';
import { createMonitor, type Violation } from '../claims/monitor.ts';
import type { Claim, Witness } from '../specification/property.ts';
import { createRows, MOST_WORLDS, type Rows } from '../storage/packed-worlds.ts';
import type { System } from '../engine/system.ts';

export type SearchBounds = {
  /** Bound on the stored states; the search stops when it is reached, and reports it. At most `MOST_WORLDS`. */
  readonly maxStates?: number;
  /** Bound on the steps from a start; states at this depth are checked but not expanded. */
  readonly maxDepth?: number;
};

export type ExploreOptions = SearchBounds & {
  readonly claims?: readonly Claim[];
  readonly witnesses?: readonly Witness[];
  /** Which violation ends the search. By default any. `false` records the first of each property. */
  readonly stopAt?: ((violation: Violation) => boolean) | false;
  /**
   * Whether this delivery (by its number in the system) may be taken. A state in which a delivery is
   * possible is not terminal, also if this function refuses it.
   */
  readonly allow?: (delivery: number) => boolean;
  readonly parents?: boolean;
  /** Called about every 4,096 expanded states; the result false stops the search as interrupted. */
  readonly onProgress?: (progress: Progress) => boolean;
};

export type Progress = {
  readonly states: number;
  readonly expanded: number;
  readonly depth: number;
  readonly transitions: number;
};

export type Ending = 'closed' | 'violated' | 'states' | 'depth' | 'interrupted';

export type Found = Story & { readonly violation: Violation };

export type Exploration = {
  readonly ending: Ending;
  /** Number of distinct states stored. */
  readonly states: number;
  /** Number of enabled steps, summed over the expanded states. */
  readonly transitions: number;
  /** Number of steps from a start to the state farthest from it. */
  readonly depth: number;
  /** The first violation of each property, each with a shortest story. */
  readonly found: readonly Found[];
  /** Properties with a claim that looked ahead, and met its bound: held as far as is known. */
  readonly undecided: readonly string[];
  /** Witnesses that no state reached. */
  readonly unreached: readonly Witness[];
  readonly bytes: { readonly rows: number; readonly table: number; readonly parents: number };
  /** Number of terminal states, in which no step but faults is enabled. */
  readonly stuck: number;
  /** Number of answers of claims, and how many were computed again: see engine/asked-twice.ts. */
  readonly claimsAsked: AnswerCounts;
};

const PROGRESS_EVERY = 4096;
const none: readonly Violation[] = [];

// oxlint-disable-next-line max-lines-per-function -- one loop: its functions share the row and the counts
export function explore(system: System, options: ExploreOptions = {}): Exploration {
  const { claims = [], witnesses = [], maxDepth = Infinity, allow } = options;
  const maxStates = Math.min(options.maxStates ?? Infinity, MOST_WORLDS);
  const stopAt = options.stopAt ?? (() => true);
  const rows = createRows(system.width, {
    parents: options.parents ?? true,
    localsOf: system.localsOf,
  });
  const monitor = createMonitor(system, claims, witnesses);
  const { watchesSteps } = monitor;
  const row = system.initial();
  /** The first start of each initial state. */
  const starts: (string | undefined)[] = [];

  const found = new Map<string, Found>();
  let transitions = 0;
  let stuck = 0;
  let depth = 0;
  let levelEnd = 0;
  let ending: Ending = 'closed';
  let head = 0;
  /** Whether some state was at the depth bound and not expanded. */
  let cut = false;

  for (const start of system.starts) begin(start);
  levelEnd = rows.count();
  for (; ending === 'closed'; head++) {
    if (head === rows.count()) rows.flush();
    if (head === rows.count()) break;
    if (head === levelEnd) {
      rows.flush();
      levelEnd = rows.count();
      depth++;
    }
    rows.load(head, row);
    const { cells, count, before } = rows.changedSinceParent();
    const violations = monitor.checkChanged(row, cells, count, before);
    if (violations.length > 0 && record(violations, head)) {
      ending = 'violated';
      break;
    }
    if (depth >= maxDepth) {
      cut = true;
      continue;
    }
    const goesOn = expand(head);
    if (!goesOn) {
      stuck++;
      if (record(whenStuck(), head)) ending = 'violated';
    }
    if (ending === 'closed' && rows.count() >= maxStates) ending = 'states';
    if (head % PROGRESS_EVERY === 0 && options.onProgress?.(progress()) === false) {
      if (ending === 'closed') ending = 'interrupted';
    }
  }
  if (ending === 'violated' && watchesSteps) checkRestOfLevel();
  rows.flush();
  if (ending === 'closed' && cut) ending = 'depth';

  return {
    ending,
    states: rows.count(),
    transitions,
    depth,
    found: [...found.values()],
    undecided: monitor.undecided(),
    unreached: monitor.unreached(),
    bytes: rows.bytes(),
    stuck,
    claimsAsked: monitor.statistics().asked,
  };

  function begin(start: string | undefined): void {
    row.set(system.initial(start));
    const index = rows.numberOf(row);
    if (index < starts.length) return;
    starts.push(start);
    if (record(monitor.checkStart(row), index)) ending = 'violated';
  }

  /** Whether a step that is not a fault is enabled there. */
  function expand(index: number): boolean {
    let goesOn = false;
    if (watchesSteps) monitor.stepsFrom(row);
    for (let cell = 0; cell < system.width; cell++) {
      const offered = system.offers(cell, row[cell] as number);
      for (let each = 0; each < offered.length; each++) {
        const delivery = offered[each] as number;
        if (allow?.(delivery) === false) {
          goesOn ||= !system.isFault(delivery) && system.isEnabled(row, delivery);
          continue;
        }
        if (!system.perform(row, delivery)) continue;
        transitions++;
        goesOn ||= !system.isFault(delivery);
        const hole = system.unspecified();
        let violations = none;
        if (hole === undefined) {
          rows.offer(index, row, system.changes.cells, system.changes.count);
          if (watchesSteps) violations = monitor.checkStep(row, delivery);
        } else violations = [violationOf(hole)];
        system.undo(row);
        if (violations.length > 0 && record(violations, index, delivery)) ending = 'violated';
      }
    }
    return goesOn;
  }

  /** Only the first deadlock is recorded: each would be another finding. */
  function whenStuck(): readonly Violation[] {
    const violations = monitor.checkStuck(row);
    return found.has(NO_DEADLOCK) ? violations : [...violations, ...monitor.checkDeadlock(row)];
  }

  /**
   * A violating step has ended the search within a level. A property that also has claims about states
   * may be violated in another state of that level, with a story that is one step shorter.
   */
  function checkRestOfLevel(): void {
    const byStep = [...found].flatMap(([property, { steps }]) =>
      steps.length > depth ? [property] : [],
    );
    const own = new Set(
      claims.flatMap(({ property, kind }) =>
        kind !== 'onEveryStep' && byStep.includes(property) ? [property] : [],
      ),
    );
    if (own.size === 0) return;
    for (let index = head; index < levelEnd; index++) {
      rows.load(index, row);
      const violations = monitor.checkAll(row, isStuck(system, row));
      record(
        violations.filter(({ property }) => own.has(property)),
        index,
      );
    }
  }

  /** For a property with a known violation only a shorter story counts; the story of a step is one longer. */
  function record(violations: readonly Violation[], index: number, last?: number): boolean {
    const length = last === undefined ? depth : depth + 1;
    for (const violation of violations) {
      const known = found.get(violation.property);
      if (known !== undefined && known.steps.length <= length) continue;
      const { start, steps } = storyTo(system, rows, index, starts);
      found.set(violation.property, {
        violation,
        ...(start === undefined ? {} : { start }),
        steps: last === undefined ? steps : [...steps, stepFor(system, last)],
      });
    }
    return stopAt !== false && violations.some(stopAt);
  }

  function progress(): Progress {
    return { states: rows.count(), expanded: head, depth, transitions };
  }
}

/** The steps from a start to a stored state, computed from the parent links. */
function storyTo(
  system: System,
  rows: Rows,
  index: number,
  starts: readonly (string | undefined)[],
): Story {
  rows.flush();
  const path: number[] = [];
  for (let at = index; at >= 0; at = rows.parentOf(at)) path.push(at);
  path.reverse();
  const row = new Int32Array(system.width);
  const target = new Int32Array(system.width);
  const steps: Step[] = [];
  for (let each = 1; each < path.length; each++) {
    rows.load(path[each - 1] as number, row);
    rows.load(path[each] as number, target);
    steps.push(stepFor(system, deliveryBetween(system, row, target)));
  }
  rows.load(index, row);
  return { start: starts[path[0] ?? 0], steps };
}

function deliveryBetween(system: System, from: Int32Array, to: Int32Array): number {
  for (let cell = 0; cell < system.width; cell++) {
    for (const delivery of system.offers(cell, from[cell] as number)) {
      if (!system.perform(from, delivery)) continue;
      // A cascade that stops at an unspecified event may look like the step that is sought.
      const isWhole = system.unspecified() === undefined;
      const leads = isWhole && from.every((id, index) => id === to[index]);
      system.undo(from);
      if (leads) return delivery;
    }
  }
  throw new Error('a stored state has a parent that does not lead to it');
}
