/**
 * The actions that XState brings, and what to do instead of those that act on other actors.
 *
 *   Told in the machine itself, and honoured: `assign`, `raise` without a delay, `enqueueActions`.
 *   `log` says something to nobody, and is left out. Everything else would do something outside.
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
    'stopChild, which stops no actor here: make the actor a cell and tell it to stop',
  'xstate.emit':
    'emit, which nobody hears here: an action that returns { to: cell, event } reaches a cell',
};
