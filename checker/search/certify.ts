/**
 * Whether a counterexample is the shortest: a breadth-first search to one step less.
 *
 *   If it finds nothing, the story is shortest, proven. If it finds a shorter one, that one replaces the
 *   story and is shortest itself, because the search is breadth first. If the budget ends it, the
 *   searched levels give a lower bound.
 */
import { NO_DEADLOCK } from '../claims/deadlock.ts';
import { explore, type Exploration } from './explore.ts';
import type { Violation } from '../claims/monitor.ts';
import type { Claim } from '../specification/property.ts';
import type { Story } from '../specification/protocol.ts';
import type { System } from '../engine/system.ts';

const DEFAULT_MAX_STATES = 2_000_000;

export type Certificate =
  | { readonly kind: 'shortest' }
  /** No story of fewer steps than `steps` violates the property. */
  | { readonly kind: 'lowerBound'; readonly steps: number };

export type Certified = Story & {
  readonly violation: Violation;
  readonly certificate: Certificate;
  /** The search found a shorter story than the one it was given. */
  readonly replaced: boolean;
  /** Number of distinct states searched. */
  readonly states: number;
};

export type CertifyOptions = {
  readonly maxStates?: number;
  /** The result false ends the search as if the budget were reached. */
  readonly onProgress?: (progress: { readonly states: number; readonly depth: number }) => boolean;
};

export function certify(
  system: System,
  claims: readonly Claim[],
  story: Story & { readonly violation: Violation },
  { maxStates = DEFAULT_MAX_STATES, onProgress }: CertifyOptions = {},
): Certified {
  const { steps, violation } = story;
  const { property } = violation;
  if (steps.length === 0) {
    return { ...given(), certificate: { kind: 'shortest' }, replaced: false, states: 1 };
  }
  const own = claims.filter((claim) => claim.property === property);
  // A state at the depth bound is not expanded, so it is not known whether it is terminal.
  const needsExpansion = property === NO_DEADLOCK || own.some(({ kind }) => kind === 'whenStuck');
  const search = explore(system, {
    claims: own,
    maxDepth: needsExpansion ? steps.length : steps.length - 1,
    maxStates,
    stopAt: (found) => found.property === property,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  const shorter = search.found.find((found) => found.violation.property === property);
  const { states } = search;
  const certificate = certificateOf(search, shorter !== undefined);
  if (shorter !== undefined && shorter.steps.length < steps.length) {
    return { ...shorter, certificate, replaced: true, states };
  }
  return { ...given(), certificate, replaced: false, states };

  function given(): Story & { readonly violation: Violation } {
    const { start } = story;
    return { ...(start === undefined ? {} : { start }), steps, violation };
  }
}

/** Where claims met the bound of what they look ahead, any state before may be a violation. */
function certificateOf(search: Exploration, isFound: boolean): Certificate {
  if (search.undecided.length > 0) return { kind: 'lowerBound', steps: 0 };
  if (isFound || isComplete(search)) return { kind: 'shortest' };
  return { kind: 'lowerBound', steps: lowerBound(search) };
}

function isComplete({ ending }: Exploration): boolean {
  return ending === 'closed' || ending === 'depth';
}

/** The claims were evaluated in every state below the level at which the search stopped, and in the first state. */
function lowerBound({ depth }: Exploration): number {
  return Math.max(1, depth);
}
