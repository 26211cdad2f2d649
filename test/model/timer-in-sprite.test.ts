// A transition out of `pending` that no request should have: the requester then sleeps for ever. Written as
// a timer, it must be found in the same way as an event.

import { expect, test } from '@jest/globals';
import { createMachine, type AnyStateMachine } from 'xstate';
import { createSystem } from '../../checker/engine/system.ts';
import { explore } from '../../checker/search/explore.ts';
import { claimsOf } from '../../checker/specification/property.ts';
import { boot } from '../../model/boot.ts';
import { sprite } from '../../model/kernel.ts';
import { exitRacesRequest } from '../../model/scenarios/processes.ts';
import { requesterIsWoken } from '../../properties/requester-is-woken.property.ts';

const { machine } = sprite.source;
const states = machine.config.states ?? {};
const { pending } = states;

test('the requester is woken if its wait has no other end', () => {
  expect(searched(machine).ending).toBe('closed');
});

test('the requester sleeps on if an event ends the wait', () => {
  const on = { ...pending?.on, processExits: { target: 'idle' } };
  expect(searched(machineWith({ ...pending, on })).ending).toBe('violated');
});

test('the requester sleeps on if a timer ends the wait', () => {
  const { ending, found } = searched(machineWith({ ...pending, after: { 1000: 'idle' } }));
  expect(ending).toBe('violated');
  expect(found[0]?.violation.property).toBe('requester-is-woken');
  expect(found[0]?.steps).toContainEqual({
    at: 'source p',
    action: 'xstate.after.1000.source.pending',
    params: {},
  });
});

/** The source's machine with another state `pending`. */
function machineWith(changed: object): AnyStateMachine {
  const config = { ...machine.config, states: { ...states, pending: changed } };
  return createMachine(config as never).provide(machine.implementations as never);
}

function searched(source: AnyStateMachine) {
  const kernel = { ...sprite, source: { ...sprite.source, machine: source } };
  const system = createSystem(boot(kernel, exitRacesRequest));
  return explore(system, {
    claims: claimsOf([requesterIsWoken], exitRacesRequest),
    stopAt: ({ property }) => property === 'requester-is-woken',
  });
}
