#!/bin/sh
# XState 5.33.3. Regions of a parallel state whose `always` become enabled by one event act in the order
# in which they were entered in a living actor, and in the order of the table in one that was restored
# from its own persisted snapshot. A checker, a test or a server that restores sees another order of actions.
#
# Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund xstate@5.33.3
cat > it.mjs <<'JS'
import { assign, createActor, createMachine } from 'xstate';
const say = (word) => assign({ said: ({ context }) => context.said + word });
const region = (word) => ({
  initial: 'idle',
  states: {
    idle: { on: { [word]: 'ready' } },
    ready: { always: { guard: ({ context }) => context.isOpen, target: 'done', actions: say(word) } },
    done: {},
  },
});
const machine = createMachine({
  type: 'parallel',
  context: { said: '', isOpen: false },
  states: { a: region('a'), b: region('b') },
  on: { open: { actions: assign({ isOpen: true }) } },
});
const living = createActor(machine).start();
living.send({ type: 'b' });
living.send({ type: 'a' });
const restored = createActor(machine, { snapshot: living.getPersistedSnapshot() }).start();
for (const actor of [living, restored]) actor.send({ type: 'open' });
console.log(living.getSnapshot().context.said, restored.getSnapshot().context.said);
JS
seen=$(node it.mjs)
echo "$seen"
test "$seen" = 'ba ab'
