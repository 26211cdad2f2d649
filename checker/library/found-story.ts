/** A counterexample as plain data; it is reported only after it was run a second time. */
import type { Violation } from '../claims/monitor.ts';
import type { Claim, Finding } from '../specification/property.ts';
import type { Protocol, Story } from '../specification/protocol.ts';
import { whyUnconfirmed } from '../stories/confirm.ts';

/** A story and the property that it violates; it can be shrunk and certified. */
export type StoryOfProperty = Story & { readonly property: string };

export type FoundStory = StoryOfProperty & {
  /** What was expected after the last step, and what was found. */
  readonly finding: Finding;
};

/** Runs the story by XState alone, without stored answers. Throws if it ends differently. */
export function confirmed(
  protocol: Protocol,
  claims: readonly Claim[],
  story: Story & { readonly violation: Violation },
): FoundStory {
  const { start, steps } = story;
  const differs = whyUnconfirmed(protocol, claims, story);
  if (differs === undefined) {
    return { ...(start === undefined ? {} : { start }), steps, ...story.violation };
  }
  throw new Error(
    `${protocol.name}: two runs of one story differ: ${differs}; ` +
      'look for a guard, an action, an observation or a claim that is not pure',
  );
}
