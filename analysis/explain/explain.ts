/** Why a story fails: all results about it, as one document. */
import { NO_DEADLOCK } from '../../checker/claims/deadlock.ts';
import { fewestFaults } from '../../checker/search/fewest-faults.ts';
import { pointOfNoReturn, type NoReturn } from '../../checker/search/point-of-no-return.ts';
import type { SeenViolation } from '../../checker/stories/strict-replay.ts';
import type { ViolatedTrace } from '../../checker/stories/trace-format.ts';
import type { CheckedInstance } from '../specification/instance.ts';
import { variantNamed } from '../specification/lookup.ts';
import { steppedStory, type SteppedStory } from '../stories/worlds-by-step.ts';
import { truthOf } from './claims-by-step.ts';
import { partedFrom } from './divergence.ts';
import type { Explanation } from './document.ts';
import { ledgerOf } from './ledger.ts';
import { checkedLength } from './length-check.ts';
import { mattersOf } from './story-needs.ts';
import { waitingAt } from './wait-cycle.ts';

export type ExplainOptions = {
  readonly file: string;
  /** The variant on which the story is explained. */
  readonly variant: string;
  /** Bound on the states of each search. */
  readonly maxStates: number;
  /** Whether to search for the fewest faults as well. */
  readonly fewestFaults: boolean;
};

/**
 * Explains a trace whose violation `seen` was found on this instance. Parts that the specification does not
 * define (counts, waiting) are left out.
 */
export function explanationOf(
  instance: CheckedInstance,
  trace: ViolatedTrace,
  {
    seen: { step, violation },
    asked,
  }: { readonly seen: SeenViolation; readonly asked: ExplainOptions },
): Omit<Explanation, 'exitCode'> {
  const { spec, system, claims, scenario } = instance;
  const { file, variant, maxStates } = asked;
  const { property, start } = trace;
  const { finding } = violation;
  const steps = trace.steps.slice(0, step);
  const story = steppedStory(instance, { start, steps });
  const { value } = variantNamed(spec, variant);
  const parting = partedFrom(story, { spec, scenario, variant: { id: variant, value } });
  const partedAt = parting?.steps.map((each) => each.step) ?? [];
  const accounts = spec.accounts?.(scenario);
  const waits = spec.waits?.(scenario);
  const isStuck = property === NO_DEADLOCK || claims.some(({ kind }) => kind === 'whenStuck');
  const waiting =
    waits === undefined
      ? undefined
      : waitingAt(story, waits, { subject: finding.subject, isStuck });
  return {
    file,
    variant,
    scenario: scenario.name,
    property,
    finding,
    story: story.texts,
    shortest: checkedLength(story, claims, { violation, maxStates }),
    ...(parting === undefined ? {} : { parting }),
    ...(accounts === undefined ? {} : { ledger: ledgerOf(story, { accounts, finding, partedAt }) }),
    ...(waiting === undefined ? {} : { waiting }),
    truth: truthOf(story, claims),
    noReturn: noReturnOf(
      story,
      pointOfNoReturn(system, claims, { start, steps, property }, { maxStates }),
    ),
    matters: mattersOf(story, claims, { property, maxStates }),
    ...(asked.fewestFaults
      ? { fewestFaults: fewestFaultsOf(fewestFaults(system, claims, property, { maxStates })) }
      : {}),
  };
}

function fewestFaultsOf(found: ReturnType<typeof fewestFaults>): Explanation['fewestFaults'] {
  if (found.kind !== 'found') return found;
  const { violation, steps, ...rest } = found;
  return { ...rest, finding: violation.finding, steps: steps as ViolatedTrace['steps'] };
}

function noReturnOf(
  { spec, system, worlds }: SteppedStory,
  found: NoReturn,
): Explanation['noReturn'] {
  if (found.kind !== 'at' || found.escape === undefined) return found;
  const { kind, step, states, escape } = found;
  const [first] = escape.steps;
  if (first === undefined) return { kind, step, states };
  const cell = system.indexOf(first.at);
  const acting = system.local(cell, worlds[step - 1]?.[cell] ?? 0);
  const otherwise = {
    first: spec.words.sentence(first, acting),
    steps: escape.steps.length,
    ends: escape.ends,
  };
  return { kind, step, states, otherwise };
}
