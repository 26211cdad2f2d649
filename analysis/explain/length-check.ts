/**
 * Whether the story is a shortest one. The certificate in its file is not trusted, because the story may
 * have been edited since, or be explained on another variant. A new search decides.
 */
import { certify } from '../../checker/search/certify.ts';
import type { Violation } from '../../checker/claims/monitor.ts';
import type { Claim } from '../../checker/specification/property.ts';
import type { ViolatedTrace } from '../../checker/stories/trace-format.ts';
import { counted } from '../../checker/text/tables.ts';
import type { Shortest } from './document.ts';
import type { SteppedStory } from '../stories/worlds-by-step.ts';

export function checkedLength(
  { system, start, steps }: SteppedStory,
  claims: readonly Claim[],
  { violation, maxStates }: { readonly violation: Violation; readonly maxStates: number },
): Shortest {
  const found = certify(system, claims, { start, steps, violation }, { maxStates });
  const { certificate, replaced, states } = found;
  if (replaced) return { kind: 'shorter', steps: found.steps.length, states };
  return { ...certificate, states };
}

/** After the number of steps: "shortest, proven". */
export function shortestText(found: Shortest, stored: ViolatedTrace['certificate']): string {
  if (found.kind === 'shortest') return 'shortest, proven';
  if (found.kind === 'shorter') return `not the shortest: ${found.steps} are enough`;
  const said = stored.kind === 'shortest' ? '; its file says shortest' : '';
  return `not known to be shortest (within ${counted(found.states, 'state')} none has fewer than ${found.steps}${said})`;
}
