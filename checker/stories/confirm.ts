/**
 * Every counterexample is run a second time before it is reported, by XState alone and without stored
 * answers: so a counterexample cannot be an artifact of a stored answer.
 */
import type { Violation } from '../claims/monitor.ts';
import type { Claim } from '../specification/property.ts';
import type { Protocol, Story } from '../specification/protocol.ts';
import { runSteps } from './strict-replay.ts';
import { createSystem } from '../engine/system.ts';

/** Undefined if the story violates the property at its last step again; if not, one line with the reason. */
export function whyUnconfirmed(
  protocol: Protocol,
  claims: readonly Claim[],
  story: Story & { readonly violation: Violation },
): string | undefined {
  const { steps, violation } = story;
  const system = createSystem(protocol, { remember: false });
  const { seen, stale } = runSteps(system, claims, story, {
    stopAt: ({ property }) => property === violation.property,
  });
  if (stale !== undefined) return `step ${stale.step}: ${stale.why}`;
  if (seen === undefined) return `${violation.property} held`;
  if (seen.step !== steps.length) return `${violation.property} was violated after ${seen.step}`;
  const [first, second] = [violation.finding, seen.violation.finding].map((finding) =>
    JSON.stringify([finding.subject, finding.expected, finding.found]),
  );
  return first === second ? undefined : `found ${first}, then ${second}`;
}
