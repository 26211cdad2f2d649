// docs/reference/what-a-specification-can-contain.md, "Names and fields": each row, tried.

import { describe, expect, test } from '@jest/globals';
import { createMonitor } from '../../checker/claims/monitor.ts';
import { createSystem } from '../../checker/engine/system.ts';
import { explore } from '../../checker/search/explore.ts';
import type { Property } from '../../checker/specification/property.ts';
import type { Cell } from '../../checker/specification/protocol.ts';
import type { Specification } from '../../checker/specification/specification.ts';
import { specificationProblems } from '../../checker/specification/specification-problems.ts';
import { scenarios } from '../../model/scenarios/all.ts';
import { kernels } from '../../model/kernels/all.ts';
import { kernelProblems } from '../../model/input/kernel-problems.ts';
import { scenarioProblems } from '../../model/input/scenario-problems.ts';
import { sprite } from '../../model/kernel.ts';
import { properties } from '../../properties/all.ts';
import { tableIn } from '../support/doc-tables.ts';
import { machineOf } from '../support/actor-twin.ts';
import { toy } from '../support/toy-protocol.ts';

describe('the table of the page', () => {
  const rows = tableIn(
    'docs/reference/what-a-specification-can-contain.md',
    'Names and fields',
  ).map(([name, how]) => [name, how] as const);

  test('has a row for each case', () => {
    expect(rows.map(([name, how]) => `${name}: ${how}`).toSorted()).toEqual(
      Object.keys(cases)
        .map((name) => `${name}: refused`)
        .toSorted(),
    );
  });

  test.each(rows)('%s', (name) => cases[name as keyof typeof cases]());
});

const cases = {
  'a field that nobody reads, of a protocol, a cell or `initial`': () => {
    says(
      { observe: {} },
      /^cell left has the field "observe", which nobody reads \(did you mean "observes"\?\); the fields are name, machine, initial, offers, observes$/,
    );
    says(
      { initial: { value: 'open', context: { coins: 1 }, histroy: {} } },
      /^initial of cell left has the field "histroy", which nobody reads \(did you mean "history"\?\)/,
    );
    expect(() => createSystem({ ...toy({ coins: 1 }), fault: new Set() } as never)).toThrow(
      /^protocol toy has the field "fault", which nobody reads \(did you mean "faults"\?\); the fields are name, cells, faults, seldom, starts, deadlock$/,
    );
  },
  'a part of a protocol that is missing, or something else than it must be': () => {
    says(
      { offers: undefined },
      /^offers of cell left must be a function of what the cell holds, and is undefined$/,
    );
    says(
      { observes: { pay: {} } },
      /^observes\.pay of cell left must be a function, and is an object$/,
    );
    says(
      { machine: {} },
      /^machine of cell left must be what createMachine gives, and is an object$/,
    );
    says(
      { initial: 'open' },
      /^initial of cell left must be an object with value and context, and is "open"$/,
    );
    says({ name: 7 }, /^name of cell 1 of protocol toy must be a string, and is 7$/);
    expect(() => createSystem({ ...toy({ coins: 1 }), faults: ['lose'] } as never)).toThrow(
      /^faults of protocol toy must be a Set of event types, and is a list$/,
    );
    expect(() => createSystem({ ...toy({ coins: 1 }), cells: undefined } as never)).toThrow(
      /^cells of protocol toy must be a list of cells, and is undefined$/,
    );
  },
  'two cells of one name': () => {
    says(
      { name: 'post' },
      /^protocol toy: cell 1 and 3 are all called "post": a name is one cell's$/,
    );
  },
  'an event in `offers` that no state of the machine lists': () => {
    const { cells, ...others } = toy({ coins: 1 });
    const offers = () => [{ type: 'pya' }];
    const system = createSystem({ ...others, cells: cells.map((cell) => ({ ...cell, offers })) });
    expect(() => explore(system)).toThrow(
      /^left in state open of machine purse offers "pya": no state of machine purse lists this event \(did you mean "pay"\?\); correct it$/,
    );
  },
  'a key of `observes` that no state of the machine lists': () => {
    says(
      { observes: { pya: () => ({}) } },
      /^observes\.pya of cell left: no state of machine purse lists this event \(did you mean "pay"\?\), so it is never asked; correct it or leave it out$/,
    );
  },
  'a name in `faults` or `seldom` that no cell takes': () => {
    expect(() => createSystem({ ...toy({ coins: 1 }), faults: new Set(['loose']) })).toThrow(
      /^faults of protocol toy has "loose", which no cell takes \(did you mean "lose"\?\); correct it or leave it out$/,
    );
    expect(() => createSystem({ ...toy({ coins: 1 }), seldom: new Set(['loose']) })).toThrow(
      /^seldom of protocol toy has "loose"/,
    );
  },
  'an effect for a cell that there is not': () => {
    const machine = machineOf(
      { id: 'm', on: { go: { actions: 'say' } } },
      { actions: { say: () => ({ to: 'postt', event: { type: 'carry' } }) } },
    );
    const { cells, ...others } = toy({ coins: 1 });
    const cell: Cell = {
      name: 'new',
      machine,
      initial: { value: {}, context: {} },
      offers: () => [{ type: 'go' }],
      observes: {},
    };
    expect(() => explore(createSystem({ ...others, cells: [...cells, cell] }))).toThrow(
      /^new in state \{\} of machine m, event go, tells "postt" the event carry: no cell is called so \(did you mean "post"\?\)$/,
    );
  },
  'a field that nobody reads, of a specification, a variant, a property, a claim or a witness':
    () => {
      expect(specificationProblems({ ...good, scenario: [] })).toEqual([
        'specification lease has the field "scenario", which nobody reads (did you mean "scenarios"?); the fields are name, version, title, variants, scenarios, properties, boot, noun, boundsOf, variantProblems, scenarioProblems, wording, observer, choices, activities, accounts, waits, differences, walkthroughs, files, timing, cost',
      ]);
      problemOf(
        { variants: [{ ...variant, caughtby: [] }] },
        /^variant right has the field "caughtby", which nobody reads \(did you mean "caughtBy"\?\)/,
      );
      problemOf(
        { properties: [{ ...property, claim: property.claims }] },
        /^property safe has the field "claim", which nobody reads \(did you mean "claims"\?\)/,
      );
      problemOf(
        { properties: [{ ...property, witness: { ...property.witness, reach: 1 } }] },
        /^witness of property safe has the field "reach"/,
      );
      monitors(
        { property: 'safe', kind: 'always', test: () => undefined, tests: 1 },
        /^claim 1, of safe, has the field "tests", which nobody reads \(did you mean "test"\?\)/,
      );
    },
  'a part of a specification that is missing, or something else than it must be': () => {
    expect(specificationProblems(undefined)).toEqual([
      'a specification must be an object, and is undefined',
    ]);
    problemOf({ version: 1 }, /^version of specification lease must be a string, and is 1$/);
    problemOf({ name: 'my lease' }, /^name of specification my lease must be one word/);
    problemOf(
      { boot: undefined },
      /^boot of specification lease must be a function, and is undefined$/,
    );
    problemOf({ variants: [] }, /^variants of specification lease must have one at least$/);
    problemOf(
      { variants: [{ id: 'right' }] },
      /^value of variant right must be what boot takes, and is not there$/,
    );
    problemOf(
      { scenarios: [{ title: 'no name' }] },
      /^name of scenario 1 must be a string, and is undefined$/,
    );
    problemOf(
      { properties: {} },
      /^properties of specification lease must be a list, and is an object$/,
    );
    problemOf(
      { properties: [{ ...property, claims: [] }] },
      /^claims of property safe must be a function, and is a list$/,
    );
    problemOf(
      { properties: [{ ...property, witness: undefined }] },
      /^witness of property safe must be an object with statement and reached, and is undefined$/,
    );
    problemOf(
      { properties: [{ ...property, sources: { paper: 2 } }] },
      /^sources of property safe must be an object with a place by name of source, and is an object$/,
    );
  },
  'two variants, scenarios or properties of one name': () => {
    problemOf(
      { variants: [variant, variant] },
      /^variant 1 and 2 are all called "right": a name is one variant's$/,
    );
    problemOf(
      { scenarios: [{ name: 'two' }, { name: 'one' }, { name: 'two' }] },
      /^scenario 1 and 3 are all called "two"/,
    );
    problemOf({ properties: [property, property] }, /^property 1 and 2 are all called "safe"/);
  },
  '`caughtBy`, `scenario`, `composedOf`, `catches` that name nothing': () => {
    problemOf(
      { variants: [{ ...variant, caughtBy: ['save'] }] },
      /^caughtBy of variant right names "save", and no property is called so \(did you mean "safe"\?\)$/,
    );
    problemOf(
      { variants: [{ ...variant, scenario: 'tow' }] },
      /^scenario of variant right names "tow", and no scenario is called so \(did you mean "two"\?\)$/,
    );
    problemOf(
      { variants: [{ ...variant, composedOf: ['rihgt'] }] },
      /^composedOf of variant right names "rihgt", and no variant is called so \(did you mean "right"\?\)$/,
    );
    problemOf(
      { properties: [{ ...property, catches: ['rihgt'] }] },
      /^catches of property safe names "rihgt", and no variant is called so/,
    );
  },
  'a `kind` or a `size` that there is not': () => {
    problemOf(
      { properties: [{ ...property, kind: 'alwyas' }] },
      /^kind of property safe must be one of always, atRest, whenStuck, byRemoval, comesToRest, atStart, onEveryStep, and is "alwyas" \(did you mean "always"\?\)$/,
    );
    problemOf(
      { scenarios: [{ name: 'two', size: 'huge' }] },
      /^size of scenario two must be one of small, general, large, and is "huge"$/,
    );
    monitors(
      { property: 'safe', kind: 'allways', test: () => undefined },
      /^kind of claim 1, of safe, must be one of .* \(did you mean "always"\?\)$/,
    );
    monitors(
      { property: 'safe', kind: 'byRemoval', test: () => undefined },
      /^claim 1, of safe, has the kind byRemoval and says in no field "removal" what is removed$/,
    );
  },
  'of Sprite: a field, a call, a mode or a name of a scenario that there is not': () => {
    const [scenario] = scenarios;
    expect(scenarioProblems({ ...scenario, delayedWrite: true })).toEqual([
      `scenario ${scenario?.name}: there is no field "delayedWrite" (did you mean "delayedWrites"?)`,
    ]);
  },
  'of Sprite: a part or a module of a kernel that there is not': () => {
    expect(kernelProblems({ ...sprite, straem: sprite.stream })).toEqual([
      'a kernel has no part "straem" (did you mean "stream"?)',
    ]);
  },
} satisfies { readonly [name: string]: () => void };

const property: Property<{ readonly name: string }> = {
  id: 'safe',
  statement: 'one holds the lease',
  kind: 'always',
  claims: () => [],
  witness: { statement: 'one does', reached: () => () => true },
};
const variant = { id: 'right', value: 1 };
const good: Specification = {
  name: 'lease',
  version: '1',
  variants: [variant],
  scenarios: [{ name: 'two' }],
  properties: [property],
  boot: () => toy({ coins: 1 }),
};

test('what is as it must be has no problem, and Sprite is', () => {
  expect(specificationProblems(good)).toEqual([]);
  const variants = kernels.map(({ kernel, scenario, ...others }) => ({
    ...others,
    value: kernel,
    ...(scenario === '' ? {} : { scenario }),
  }));
  const all = { ...good, name: 'sprite', variants, scenarios, properties };
  expect(specificationProblems(all)).toEqual([]);
});

/** Refused with this in the left purse's cell. */
function says(edited: object, said: RegExp): void {
  const { cells, ...others } = toy({ coins: 1 });
  const [left, ...rest] = cells;
  expect(() =>
    createSystem({ ...others, cells: [{ ...left, ...edited } as Cell, ...rest] }),
  ).toThrow(said);
}

function problemOf(edited: object, said: RegExp): void {
  const [problem] = specificationProblems({ ...good, ...edited });
  expect(problem).toMatch(said);
}

function monitors(claim: object, said: RegExp): void {
  expect(() => createMonitor(createSystem(toy({ coins: 1 })), [claim as never], [])).toThrow(said);
}
