// The header of each machine is whole and says what the machine is: its fields, its states, the events
// that observe; and each row of three or more alternatives has a sentence above it.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import type { AnyStateMachine } from 'xstate';

type Part = { readonly machine: AnyStateMachine; readonly observes: object };

const folder = fileURLToPath(new URL('../../model/machines/', import.meta.url));
const FIELDS = ['Paper', 'Kernel', 'Observes', 'Left out'];
const ALTERNATIVES = 3;
const files = readdirSync(folder).filter((name) => name.endsWith('.machine.ts'));

test('there are machines', () => expect(files.length).toBeGreaterThan(20));

describe.each(files)('%s', (name) => {
  const text = readFileSync(`${folder}${name}`, 'utf8');
  const header = text.slice(0, text.indexOf('*/'));

  test('has every field, in order, with "nothing" or "none" in an empty one', () => {
    const found = [...header.matchAll(/^ \* (Paper|Kernel|Observes|Left out) +\S/gm)];
    expect(found.map(([, field]) => field)).toEqual(FIELDS);
  });

  test('lists the states of its machines', async () => {
    const states = (await partsOf(name)).flatMap(({ machine }) =>
      Object.keys(machine.config.states ?? {}),
    );
    expect(statesIn(header).toSorted()).toEqual([...new Set(states)].toSorted());
  });

  test('names the events that observe', async () => {
    const observing = (await partsOf(name)).flatMap(({ observes }) => Object.keys(observes));
    expect(observesIn(header).toSorted()).toEqual([...new Set(observing)].toSorted());
  });

  test('has a sentence above each of several alternatives', () => {
    expect(alternativesWithout(text.split('\n'))).toEqual([]);
  });
});

async function partsOf(name: string): Promise<readonly Part[]> {
  const module = (await import(`${folder}${name}`)) as { readonly [exported: string]: unknown };
  return Object.entries(module).flatMap(([exported, value]) =>
    exported.endsWith('Part') ? [value as Part] : [],
  );
}

/** The first word of each line below "States:". */
function statesIn(header: string): readonly string[] {
  const [, section = ''] = header.split(/^ \* {3}States:$/m);
  const [lines = ''] = section.split(/^ \*$/m);
  return [...lines.matchAll(/^ \* {5}(\w+) {2,}\S/gm)].map(([, state = '']) => state);
}

function observesIn(header: string): readonly string[] {
  const [, section = ''] = header.split(/^ \* Observes/m);
  const [lines = ''] = section.split(/^ \* Left out/m);
  return [...lines.matchAll(/`(\w+)`/g)].map(([, event = '']) => event);
}

/** Lines of alternatives with nothing said above them, counted from one. */
function alternativesWithout(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line, index) => {
    const [, indent, event] = /^( +)(\w+): \[$/.exec(line) ?? [];
    if (indent === undefined) return [];
    const end = lines.findIndex((each, at) => at > index && each.startsWith(`${indent}]`));
    const starts = [...lines.keys()].filter(
      (at) => at > index && at < end && lines[at]?.startsWith(`${indent}  {`) === true,
    );
    if (starts.length < ALTERNATIVES) return [];
    return starts
      .filter((at) => lines[at - 1]?.trim().startsWith('//') !== true)
      .map((at) => `${at + 1}: an alternative for ${event} has no sentence`);
  });
}
