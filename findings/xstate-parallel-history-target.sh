#!/bin/sh
# XState 5.33.3. A transition from within a parallel state to a history state of that same parallel
# state leaves it and never enters it again: the value still names its regions, but the node itself is
# not among those that are active, so its `exit` actions do not run when it is left later.
#
# Expected (SCXML): leaving and entering again; seen: `entry` of the parallel state runs once, not twice.
# Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund xstate@5.33.3
cat > it.mjs <<'JS'
import { createActor, createMachine } from 'xstate';
const said = [];
const machine = createMachine({
  initial: 'both',
  states: {
    both: {
      type: 'parallel',
      entry: () => said.push('enters'),
      exit: () => said.push('leaves'),
      on: { away: 'gone' },
      states: {
        one: { initial: 'on', states: { on: { on: { back: '#memory' } } } },
        two: {},
        memory: { id: 'memory', type: 'history' },
      },
    },
    gone: {},
  },
});
const actor = createActor(machine).start();
actor.send({ type: 'back' });
console.log(said.join(', '), JSON.stringify(actor.getSnapshot().value));
actor.send({ type: 'away' });
console.log(said.join(', '), JSON.stringify(actor.getSnapshot().value));
JS
seen=$(node it.mjs)
echo "$seen"
test "$seen" = 'enters, leaves {"both":{"one":"on","two":{}}}
enters, leaves "gone"'
