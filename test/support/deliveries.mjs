// On a worker thread: which events reach which kind of cell in a scenario, in which states that
// kind is ever found, and what it holds that is not plain JSON. A kind is what a cell's name
// begins with.

import { explore } from '../../dist/checker/search/explore.js';
import { instanceIn } from '../../dist/analysis/specification/instance.js';
import { loadedSprite } from '../../dist/testing/sprite.js';

export function deliveries({ variant, scenario, maxStates }) {
  const { system } = instanceIn(loadedSprite, { variant, scenario, properties: [] });
  explore(system, { maxStates, stopAt: false, parents: true });
  const kinds = {};
  const kindOf = (cell) => {
    const [name] = system.protocol.cells[cell].name.split(' ');
    kinds[name] ??= { events: new Set(), states: new Set(), unplain: new Set() };
    return kinds[name];
  };
  for (let delivery = 0; delivery < system.statistics().deliveries; delivery++) {
    kindOf(system.cellOf(delivery)).events.add(system.eventOf(delivery).type);
  }
  for (let cell = 0; cell < system.width; cell++) {
    for (let id = 0; id < system.localsOf(cell); id++) {
      const local = system.local(cell, id);
      kindOf(cell).states.add(local.value);
      if (!isPlain(local))
        kindOf(cell).unplain.add(`${variant}, ${scenario}: ${JSON.stringify(local.value)}`);
    }
  }
  return Object.entries(kinds).map(([kind, { events, states, unplain }]) => ({
    kind,
    events: [...events],
    states: [...states],
    unplain: [...unplain],
  }));
}

/** Whether JSON gives it back as it is. */
function isPlain(value) {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isPlain);
  return (
    typeof value === 'object' &&
    Object.getPrototypeOf(value) === Object.prototype &&
    Object.values(value).every(isPlain)
  );
}
