/** A story that violates a property, as plain data; never reported before it was run a second time. */
import type { Violation } from '../claims/monitor.ts';
import type { Claim, Finding } from '../specification/property.ts';
import type { Protocol, Step } from '../specification/protocol.ts';
import { whyUnconfirmed } from '../stories/confirm.ts';

/** What of a story can be shrunk, certified and replayed: its steps, and what they violate. */
export type Story = { readonly property: string; readonly steps: readonly Step[] };

export type FoundStory = Story & {
  /** What was expected after the last step, and what was found. */
  readonly finding: Finding;
};

/** Runs it by XState alone, with nothing remembered. Throws where that ends otherwise. */
export function confirmed(
  protocol: Protocol,
  claims: readonly Claim[],
  { steps, violation }: { readonly steps: readonly Step[]; readonly violation: Violation },
): FoundStory {
  const { property, finding } = violation;
  const differs = whyUnconfirmed(protocol, claims, { steps, violation });
  if (differs === undefined) return { property, steps, finding };
  throw new Error(
    `${protocol.name}: two runs of one story differ: ${differs}; ` +
      'look for a guard, an action, an observation or a claim that is not pure',
  );
}
