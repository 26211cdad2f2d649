// A way out of `pending` that nobody should have: the requester then sleeps on. Written as a timer it
// must be found as it is when written as an event.

import { expect, test } from '@jest/globals';
import type { AnyStateMachine } from 'xstate';
import { createSystem } from '../checker/engine/system.ts';
import { explore } from '../checker/search/explore.ts';
import { claimsOf } from '../checker/specification/property.ts';
import { boot } from '../model/boot.ts';
import { sprite } from '../model/kernel.ts';
import { sourceConfig, sourceSetup, sourceStates } from '../model/machines/source.machine.ts';
import { exitRacesRequest } from '../model/scenarios/processes.ts';
import { requesterIsWoken } from '../properties/requester-is-woken.property.ts';

const { pending } = sourceStates;

test('with no such way out, the requester is woken', () => {
  expect(searched(sprite.source).ending).toBe('closed');
});

test('by an event, the requester sleeps on', () => {
  const on = { ...pending.on, processExits: { target: 'idle' } };
  const states = { ...sourceStates, pending: { ...pending, on } };
  expect(searched(machineWith(states)).ending).toBe('violated');
});

test('by a timer, too', () => {
  const states = { ...sourceStates, pending: { ...pending, after: { 1000: 'idle' } } };
  const { ending, found } = searched(machineWith(states));
  expect(ending).toBe('violated');
  expect(found[0]?.violation.property).toBe('requester-is-woken');
  expect(found[0]?.steps).toContainEqual({
    at: 'source p',
    action: 'xstate.after.1000.source.pending',
    params: {},
  });
});

function machineWith(states: object): AnyStateMachine {
  return sourceSetup.createMachine({
    ...sourceConfig,
    states,
  } as never) as unknown as AnyStateMachine;
}

function searched(source: AnyStateMachine) {
  const system = createSystem(boot({ ...sprite, source }, exitRacesRequest));
  return explore(system, {
    claims: claimsOf([requesterIsWoken], exitRacesRequest),
    stopAt: ({ property }) => property === 'requester-is-woken',
  });
}
