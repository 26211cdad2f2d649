/**
 * Random checking: fast-check drives walks over the model.
 *
 *   `generate` walks, with numbers drawn from fast-check's; the value is the story, named step by
 *   step, and what it violates. `shrink` leaves steps out and replays by name. So fast-check's seed
 *   and path lead to the same story again, as long as the model is the same; what outlives a
 *   change of the model is the story itself (stories/trace-format.ts).
 */
import { Arbitrary, check, property, Stream, Value, type Random } from 'fast-check';
import { createMonitor, type Violation } from '../claims/monitor.ts';
import type { Counts } from '../engine/asked-twice.ts';
import type { Claim, Witness } from '../specification/property.ts';
import type { Story as Told } from '../specification/protocol.ts';
import { createReplayer, deliveriesOf, stepsOf } from '../stories/lenient-replay.ts';
import { sizesFor, without } from '../stories/shrink.ts';
import type { System } from '../engine/system.ts';
import { createWalker, type WalkOptions, type Walker } from './walk.ts';

export type RandomOptions = WalkOptions & {
  readonly runs: number;
  /** A 32-bit integer. */
  readonly seed: number;
  /** Goes straight to the run, and the shrunk story, that fast-check named so. */
  readonly path?: string;
  /** Told every 256 runs; returning false ends the search. */
  readonly onProgress?: (progress: { readonly runs: number; readonly steps: number }) => boolean;
  /** Milliseconds, from any origin; without it no times are told. */
  readonly clock?: () => number;
};

export type RandomFound = Told & {
  readonly violation: Violation;
  /** Steps of the walk before it was shrunk. */
  readonly walked: number;
  /** fast-check's name for the story. */
  readonly path: string;
};

export type RandomResult = {
  readonly runs: number;
  /** Steps executed by all walks; shrinking is not counted. */
  readonly steps: number;
  readonly seed: number;
  readonly found: RandomFound | undefined;
  /** Properties with a claim that looked ahead, and met its bound: held as far as is known. */
  readonly undecided: readonly string[];
  readonly reached: readonly Witness[];
  readonly unreached: readonly Witness[];
  /** Runs that ended because nothing was enabled. */
  readonly stuck: number;
  readonly interrupted: boolean;
  /** Answers that claims gave, and how many were asked for again: see engine/asked-twice.ts. */
  readonly claimsAsked: Counts;
  readonly walkMs?: number;
  readonly shrinkMs?: number;
  /** The rest: fast-check's own. */
  readonly outsideMs?: number;
};

/** What one run came to. A walk that violated nothing keeps no steps. */
export type Story =
  | { readonly kind: 'held' }
  | (Told & {
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

const held: Story = { kind: 'held' };

/** fast-check asks for a class here. */
class Walks extends Arbitrary<Story> {
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

  override generate(random: Random): Value<Story> {
    // Drawn even when interrupted, so that a run's numbers depend on nothing before it.
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

  override canShrinkWithoutContext(_value: unknown): _value is Story {
    return false;
  }

  override shrink(story: Story): Stream<Value<Story>> {
    return story.kind === 'held' ? Stream.nil() : new Stream(this.#shorter(story));
  }

  *#shorter(story: Story & { kind: 'violated' }): IterableIterator<Value<Story>> {
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

  #story(): Story {
    const violation = this.#walker.violation();
    if (violation === undefined) return held;
    const walked = this.#walker.length();
    const start = this.#walker.start();
    const steps = stepsOf(this.#system, [...this.#walker.trace.subarray(0, walked)]);
    return { kind: 'violated', start, steps, violation, walked };
  }
}
