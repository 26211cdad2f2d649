#!/bin/sh
# XState 5.33.3. A named delay under `after` for which nobody provides a value is taken as no delay at
# all: the transition happens when the state is entered, without a warning. So a misspelt delay is a
# timeout of nothing, and not an error.
#
# Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund xstate@5.33.3
cat > it.mjs <<'JS'
import { createActor, createMachine } from 'xstate';
const machine = createMachine({
  initial: 'waiting',
  states: { waiting: { after: { LONG_TIME: 'late' } }, late: {} },
});
const actor = createActor(machine).start();
console.log(actor.getSnapshot().value);
JS
seen=$(node it.mjs 2>&1)
echo "$seen"
test "$seen" = late
