/**
 * Random checking: fast-check drives walks over the model.
 *   `generate` walks with numbers from fast-check; the value is the story, as named steps, and its
 *   violation. `shrink` leaves steps out and replays by name. So fast-check's seed and path lead to the
 *   same story again, as long as the model is the same. The stored story itself survives a change of
 *   the model (stories/trace-format.ts).
 */
import { Arbitrary, check, property, Stream, Value, type Random } from 'fast-check';
import { createMonitor, type Violation } from '../claims/monitor.ts';
import type { AnswerCounts } from '../engine/asked-twice.ts';
import type { Claim, Witness } from '../specification/property.ts';
import type { Story } from '../specification/protocol.ts';
import { createReplayer, deliveriesOf, stepsOf } from '../stories/lenient-replay.ts';
import { sizesFor, without } from '../stories/shrink.ts';
import type { System } from '../engine/system.ts';
import { createWalker, type WalkOptions, type Walker } from './walk.ts';

export type RandomOptions = WalkOptions & {
  readonly runs: number;
  /** A 32-bit integer. */
  readonly seed: number;
  /** fast-check's path: goes directly to that run and its shrunk story. */
  readonly path?: string;
  /** Called every `PROGRESS_EVERY` runs; the result false ends the search. */
  readonly onProgress?: (progress: { readonly runs: number; readonly steps: number }) => boolean;
  /** Milliseconds, from any origin; without a clock no times are reported. */
  readonly clock?: () => number;
};

export type RandomFound = Story & {
  readonly violation: Violation;
  /** Steps of the walk before it was shrunk. */
  readonly walked: number;
  /** fast-check's name for the story. */
  readonly path: string;
};

export type RandomResult = {
  readonly runs: number;
  /** Number of steps of all walks, without those of shrinking. */
  readonly steps: number;
  readonly seed: number;
  readonly found: RandomFound | undefined;
  /** Properties with a claim that looked ahead, and met its bound: held as far as is known. */
  readonly undecided: readonly string[];
  readonly reached: readonly Witness[];
  readonly unreached: readonly Witness[];
  /** Number of runs that ended in a terminal state. */
  readonly stuck: number;
  readonly interrupted: boolean;
  /** Number of answers of claims, and how many were computed again: see engine/asked-twice.ts. */
  readonly claimsAsked: AnswerCounts;
  readonly walkMs?: number;
  readonly shrinkMs?: number;
  /** The remaining time: fast-check's own. */
  readonly outsideMs?: number;
};

/** The result of one run. A walk that violated nothing has no steps here. */
export type WalkStory =
  | { readonly kind: 'held' }
  | (Story & {
      readonly kind: 'violated';
      readonly violation: Violation;
      readonly walked: number;
    });

const PROGRESS_EVERY = 8;

export function checkRandom(
  system: System,
  claims: readonly Claim[],
  witnesses: readonly Witness[],
  options: RandomOptions,
): RandomResult {
  const { runs, seed, path, clock } = options;
  const monitor = createMonitor(system, claims, witnesses);
  const walks = new Walks(system, claims, createWalker(system, monitor, options), options);
  const started = clock?.() ?? 0;
  const details = check(
    property(walks, ({ kind }) => kind === 'held'),
    { numRuns: runs, seed, ...(path === undefined ? {} : { path }) },
  );
  const spentMs = (clock?.() ?? 0) - started;
  const story = details.failed ? details.counterexample?.[0] : undefined;
  if (details.failed && story?.kind !== 'violated') {
    throw new Error('fast-check failed without a story', { cause: details.errorInstance });
  }
  const unreached = monitor.unreached();
  const { walkMs, shrinkMs } = walks;
  return {
    runs: walks.runs,
    steps: walks.steps,
    seed,
    found:
      story?.kind === 'violated'
        ? {
            violation: story.violation,
            ...(story.start === undefined ? {} : { start: story.start }),
            steps: story.steps,
            walked: story.walked,
            path: details.counterexamplePath ?? '',
          }
        : undefined,
    undecided: monitor.undecided(),
    reached: witnesses.filter((witness) => !unreached.includes(witness)),
    unreached,
    stuck: walks.stuck,
    interrupted: walks.interrupted,
    claimsAsked: monitor.statistics().asked,
    ...(clock && { walkMs, shrinkMs, outsideMs: spentMs - walkMs - shrinkMs }),
  };
}

const held: WalkStory = { kind: 'held' };

/** fast-check needs a class here. */
class Walks extends Arbitrary<WalkStory> {
  runs = 0;
  steps = 0;
  stuck = 0;
  interrupted = false;
  walkMs = 0;
  shrinkMs = 0;
  readonly #system: System;
  readonly #claims: readonly Claim[];
  readonly #walker: Walker;
  readonly #options: RandomOptions;
  readonly #clock: () => number;

  constructor(system: System, claims: readonly Claim[], walker: Walker, options: RandomOptions) {
    super();
    this.#system = system;
    this.#claims = claims;
    this.#walker = walker;
    this.#options = options;
    this.#clock = options.clock ?? (() => 0);
  }

  override generate(random: Random): Value<WalkStory> {
    // Drawn even after an interrupt, so that a run's numbers do not depend on earlier runs.
    const seed = random.nextInt();
    if (this.interrupted) return new Value(held, undefined);
    const started = this.#clock();
    const ending = this.#walker.walk(seed);
    this.walkMs += this.#clock() - started;
    this.runs++;
    this.steps += this.#walker.length();
    if (ending === 'stuck') this.stuck++;
    if (this.runs % PROGRESS_EVERY === 0) {
      this.interrupted =
        this.#options.onProgress?.({ runs: this.runs, steps: this.steps }) === false;
    }
    return new Value(this.#story(), undefined);
  }

  override canShrinkWithoutContext(_value: unknown): _value is WalkStory {
    return false;
  }

  override shrink(story: WalkStory): Stream<Value<WalkStory>> {
    return story.kind === 'held' ? Stream.nil() : new Stream(this.#shorter(story));
  }

  *#shorter(story: WalkStory & { kind: 'violated' }): IterableIterator<Value<WalkStory>> {
    const system = this.#system;
    const replayer = createReplayer(system, this.#claims, story.violation.property);
    const deliveries = deliveriesOf(system, story.steps) ?? [];
    for (const size of sizesFor(deliveries.length)) {
      for (let to = deliveries.length; to > 0; to -= size) {
        const started = this.#clock();
        const left = without(deliveries, Math.max(0, to - size), to);
        const found = replayer.attempt(left, story.start);
        this.shrinkMs += this.#clock() - started;
        if (found === undefined || found.deliveries.length >= deliveries.length) continue;
        const steps = stepsOf(system, found.deliveries);
        yield new Value({ ...story, steps, violation: found.violation }, undefined);
      }
    }
  }

  #story(): WalkStory {
    const violation = this.#walker.violation();
    if (violation === undefined) return held;
    const walked = this.#walker.length();
    const start = this.#walker.start();
    const steps = stepsOf(this.#system, [...this.#walker.trace.subarray(0, walked)]);
    return { kind: 'violated', start, steps, violation, walked };
  }
}
