/** Weaker sources: a reply that does not come means something, instead of being asked for again. */
import type { AnyStateMachine } from 'xstate';
import type { sourceEffects } from '../machines/source.effects.ts';
import { sourceConfig, sourceSetup, sourceStates } from '../machines/source.machine.ts';

const over = ['wakeRequester', 'finish'] as const;

/** A lost reply to INIT is a refusal; the shell, if there is one, is forgotten. */
export const silenceIsRefusal = ending('asking', ['refuseExec', 'tellEvictor', ...over]);

/** A lost reply to ENTIRE is a failure, and the target is told. */
export const silenceIsFailure = ending('transferring', [
  'takeBack',
  'killProcess',
  'destroyTarget',
  'tellEvictorOfFailure',
  ...over,
]);

/** A lost reply to RESUME is the target's death. */
export const silenceIsDeath = ending('resuming', ['exitHere', 'destroyTarget', ...over]);

function ending(
  state: 'asking' | 'transferring' | 'resuming',
  actions: readonly (keyof typeof sourceEffects | 'finish')[],
): AnyStateMachine {
  const { on } = sourceStates[state];
  const replyTaken = [{ guard: 'silent', target: 'idle', actions }, ...on.replyTaken];
  return sourceSetup.createMachine({
    ...sourceConfig,
    states: { ...sourceStates, [state]: { on: { ...on, replyTaken } } },
  });
}
