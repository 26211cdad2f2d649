/**
 * XState's own actions, with advice for those that act on other actors.
 *
 *   These act within the machine and are supported: `assign`, `raise` without a delay, `enqueueActions`.
 *   `log` changes no state and is left out. Every other action would act outside the cells.
 */
export const advice: { readonly [type: string]: string } = {
  'xstate.log': 'log',
  'xstate.raise':
    'raise with a delay, which is lost here: write the delay under `after` of a state',
  'xstate.cancel':
    'cancel, which has nothing to cancel here: a timer under `after` stops when its state is left',
  'xstate.sendTo':
    'sendTo (or sendParent, forwardTo), which reaches no actor here: an action that returns { to: cell, event } reaches a cell',
  'xstate.spawnChild': 'spawnChild, which starts no actor here: make the actor a cell of its own',
  'xstate.stopChild':
    'stopChild, which stops no actor here: make the actor a cell and send it an event to stop',
  'xstate.emit':
    'emit, which has no listener here: an action that returns { to: cell, event } reaches a cell',
};
