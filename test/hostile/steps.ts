/** Traces that are well-formed and whose steps are not what any kernel means. */
import { createPrng, type Prng } from '../../checker/random/prng.ts';
import type { Trace } from '../../checker/stories/trace-format.ts';
import { boot } from '../../model/boot.ts';
import { sprite } from '../../model/kernel.ts';
import { scenarios } from '../../model/scenarios/all.ts';
import { names, pick, randomValue } from './spoil.ts';

type Step = Trace['steps'][number];

/** The cells of a scenario, and the events that their machines list: offered or not. */
const known = new Map(
  scenarios.map((scenario) => {
    const { cells } = boot(sprite, scenario);
    const events = cells.flatMap(({ machine }) => machine.events as readonly string[]);
    return [
      scenario.name,
      { cells: cells.map(({ name }) => name), events: [...new Set(events)] },
    ] as const;
  }),
);

export function withHostileSteps(seed: number, trace: Trace): Trace {
  const prng = createPrng(seed);
  const steps: Step[] = trace.steps.map((step) => ({ ...step }));
  for (let times = 1 + prng.below(3); times > 0; times--) {
    const at = prng.below(steps.length + 1);
    const kept = prng.below(2) === 0 ? [] : steps.splice(at, 1);
    steps.splice(at, 0, hostile(prng, trace, kept[0] ?? pick(prng, trace.steps)));
  }
  return { ...trace, steps };
}

/** An event for a cell that takes others, parameters of other types, names of no event. */
function hostile(prng: Prng, trace: Trace, step: Step | undefined): Step {
  const { cells = [], events = [] } = known.get(trace.scenario.name) ?? {};
  const { at, action, params } = step ?? { at: '', action: '', params: {} };
  return {
    at: prng.below(3) === 0 ? pick(prng, [...cells, 'thread', 'no cell', '__proto__']) : at || 'x',
    action: prng.below(2) === 0 ? pick(prng, [...events, ...usable]) : action || 'x',
    params: prng.below(3) === 0 ? params : spoilParams(prng, params),
  };
}

const usable = names.filter((name) => name !== '' && name.length <= 200);

function spoilParams(prng: Prng, params: Step['params']): Step['params'] {
  const entries = Object.entries(params).map(
    ([name, value]) => [name, prng.below(2) === 0 ? value : randomValue(prng)] as const,
  );
  const extra = ['to', 'process', 'mode', 'file', 'call', 'carried', ...usable];
  const more = Array.from(
    { length: prng.below(3) },
    () => [pick(prng, extra), randomValue(prng)] as const,
  );
  // What the schema refuses is for the other test.
  const kept = [...entries, ...more].filter(
    ([name]) => !/^(type|__proto__|constructor|prototype)$/.test(name),
  );
  return Object.fromEntries(kept);
}
