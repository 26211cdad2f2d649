// On a worker thread: which events reach which kind of cell in a scenario, and in which states
// that kind is ever found. A kind is what a cell's name begins with.

import { explore } from '../../dist/checker/explore.js';
import { subjectOf } from '../../dist/cli/subject.js';

export default function deliveries({ kernel, scenario, maxStates }) {
  const { system } = subjectOf({ kernel, scenario, properties: [] });
  explore(system, { maxStates, stopAt: false, parents: true });
  const kinds = {};
  const kindOf = (cell) => {
    const [name] = system.protocol.cells[cell].name.split(' ');
    kinds[name] ??= { events: new Set(), states: new Set() };
    return kinds[name];
  };
  for (let delivery = 0; delivery < system.statistics().deliveries; delivery++) {
    kindOf(system.cellOf(delivery)).events.add(system.eventOf(delivery).type);
  }
  for (let cell = 0; cell < system.width; cell++) {
    for (let id = 0; id < system.localsOf(cell); id++) {
      kindOf(cell).states.add(system.local(cell, id).value);
    }
  }
  return Object.entries(kinds).map(([kind, { events, states }]) => ({
    kind,
    events: [...events],
    states: [...states],
  }));
}
