/**
 * For a stored story that no longer fails, finds a run nearby that does, for `replay --rebase` and
 * `regress`. Writes nothing.
 */
import { whyUnconfirmed } from '../../checker/stories/confirm.ts';
import { printable } from '../../checker/text/printable.ts';
import { rebaseStory, type Edit, type RebaseOptions } from '../../checker/stories/rebase.ts';
import type { Replay } from '../../checker/stories/replay-verdict.ts';
import { runSteps } from '../../checker/stories/strict-replay.ts';
import type { Trace, ViolatedTrace } from '../../checker/stories/trace-format.ts';
import type { CheckedInstance } from '../specification/instance.ts';
import { counted } from '../../checker/text/tables.ts';

export type Rebased =
  | {
      readonly kind: 'rebased';
      /** The story as it would be stored. */
      readonly trace: ViolatedTrace;
      readonly edits: readonly Edit[];
      /** How a second run differs; only after an error of ours. */
      readonly differs: string | undefined;
    }
  | { readonly kind: 'none'; readonly edits: number; readonly ending: 'complete' | 'bound' };

/** Whether the story no longer violates its property: it is fixed, or does not take place. */
export function isOutdated({ kind }: Replay): boolean {
  return kind === 'held' || kind === 'stale';
}

export function rebaseTrace(
  instance: CheckedInstance,
  stored: ViolatedTrace,
  options: RebaseOptions,
): Rebased {
  const { system, claims, protocol } = instance;
  const found = rebaseStory(system, claims, stored, options);
  if (found.kind === 'none') {
    return { kind: 'none', edits: found.edits, ending: found.ending };
  }
  const { start, steps, violation, edits } = found;
  const { start: _, ...rest } = stored;
  const { lastWorld } = runSteps(system, claims, found, {
    stopAt: ({ property }) => property === stored.property,
  });
  return {
    kind: 'rebased',
    trace: {
      ...rest,
      ...(start === undefined ? {} : { start }),
      certificate: { kind: 'none' },
      finding: violation.finding,
      lastWorld,
      provenance: { found: 'written' },
      steps: steps.map((step) => ({ ...step, params: { ...step.params } })) as Trace['steps'],
    },
    edits,
    differs: whyUnconfirmed(protocol, claims, found),
  };
}

/** "rebased: with 2 edits the story violates the same again", or how far the search went. */
export function rebasedText(rebased: Rebased): string {
  if (rebased.kind === 'rebased') {
    const { edits, differs } = rebased;
    if (differs !== undefined)
      return `NOT CONFIRMED: run again, the rebased story differs: ${differs}`;
    return `rebased: with ${counted(edits.length, 'edit')} the story violates the same property again`;
  }
  if (rebased.ending === 'complete') {
    return `not rebased: no run within ${counted(rebased.edits, 'edit')} of it violates the property`;
  }
  return rebased.edits < 0
    ? 'not rebased: the bound was met before one edit had been tried'
    : `not rebased: no run within ${counted(rebased.edits, 'edit')} of it violates the property; then the bound was met`;
}

/** One line for each edit, in order. */
export function editLines(edits: readonly Edit[]): readonly string[] {
  return edits.map((edit) => {
    const step = stepText(edit.step);
    if (edit.kind === 'inserted') return `  + ${String(edit.now).padStart(3)}  ${step}`;
    if (edit.kind === 'left out') return `  - ${String(edit.old).padStart(3)}  ${step}`;
    return `  ~ ${String(edit.now).padStart(3)}  ${step}, was ${stepText(edit.from)}`;
  });
}

function stepText({ at, action, params }: Edit['step']): string {
  const given = Object.entries(params).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return printable([at, action, ...given].join(' '));
}
