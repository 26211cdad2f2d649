#!/bin/sh
# Quint 0.33.1, its reader of the Informal Trace Format (Apalache ADR-015). Fields whose names begin with
# two underscores are dropped from every record, however deep, and not only from states, where such names
# are tools' own: so two states that differ in such a field alone are read as the same state, without a
# word. The format allows the names: only "#" is kept from fields.
#
# Expected: both fields of the record; seen: `count` alone.
# Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @informalsystems/quint@0.33.1
cat > it.cjs <<'JS'
const { ofItf } = require('@informalsystems/quint/dist/src/itf.js');
const state = (index, old) => ({
  '#meta': { index },
  file: { count: { '#bigint': '1' }, __old: { '#bigint': old } },
});
const [first, second] = ofItf({ vars: ['file'], states: [state(0, '0'), state(1, '7')] }).map((read) =>
  JSON.stringify(read, (key, value) =>
    key === 'id' ? undefined : typeof value === 'bigint' ? String(value) : value,
  ),
);
console.log('count', first.includes('"count"'), '__old', first.includes('"__old"'));
console.log('the two states are', first === second ? 'the same' : 'different');
JS
seen=$(node it.cjs)
echo "$seen"
test "$seen" = 'count true __old false
the two states are the same'
