// docs/reference/what-a-specification-can-contain.md, "Names and fields": each row, tried.

import { describe, expect, test } from '@jest/globals';
import { createMonitor } from '../../checker/claims/monitor.ts';
import { createSystem } from '../../checker/engine/system.ts';
import { compareProtocols } from '../../checker/library/compare-protocols.ts';
import { exploreProtocol } from '../../checker/library/explore-protocol.ts';
import { instanceOf } from '../../checker/library/instance.ts';
import { certifyStory, replayStory, shrinkStory } from '../../checker/library/stories.ts';
import { walkProtocol } from '../../checker/library/walk-protocol.ts';
import { explore } from '../../checker/search/explore.ts';
import type { Property } from '../../checker/specification/property.ts';
import type { Cell } from '../../checker/specification/protocol.ts';
import { ModelFault } from '../../checker/specification/specification-error.ts';
import type { Specification } from '../../checker/specification/specification.ts';
import { specificationProblems } from '../../checker/specification/specification-problems.ts';
import { scenarios } from '../../model/scenarios/all.ts';
import { kernels } from '../../model/kernels/all.ts';
import { kernelProblems } from '../../model/input/kernel-problems.ts';
import { scenarioProblems } from '../../model/input/scenario-problems.ts';
import { sprite } from '../../model/kernel.ts';
import { properties } from '../../properties/all.ts';
import spriteSpecification from '../../sprite/specification.ts';
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
  'an unknown field of a protocol, a cell or `initial`': () => {
    says(
      { observe: {} },
      /^cell left has the unknown field "observe" \(did you mean "observes"\?\); the fields are name, machine, initial, offers, observes$/,
    );
    says(
      { initial: { value: 'open', context: { coins: 1 }, histroy: {} } },
      /^initial of cell left has the unknown field "histroy" \(did you mean "history"\?\)/,
    );
    expect(() => createSystem({ ...toy({ coins: 1 }), fault: new Set() } as never)).toThrow(
      /^protocol toy has the unknown field "fault" \(did you mean "faults"\?\); the fields are name, cells, faults, seldom, starts, deadlock$/,
    );
  },
  'a part of a protocol that is missing, or of another type': () => {
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
    expect(() => createSystem({ ...toy({ coins: 1 }), seldom: ['lose'] } as never)).toThrow(
      /^seldom of protocol toy must be a Set of event types, and is a list$/,
    );
    expect(() => createSystem({ ...toy({ coins: 1 }), cells: undefined } as never)).toThrow(
      /^cells of protocol toy must be a list of cells, and is undefined$/,
    );
  },
  'two cells of one name': () => {
    says(
      { name: 'post' },
      /^protocol toy: cell 1 and 3 all have the name "post": a name must belong to one cell$/,
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
  'an effect for a cell that does not exist': () => {
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
      /^new in state \{\} of machine m, event go, sends "postt" the event carry: no cell has that name \(did you mean "post"\?\)$/,
    );
  },
  'an unknown field of a specification, a variant, a property, a claim or a witness': () => {
    expect(specificationProblems({ ...good, scenario: [] })).toEqual([
      'specification lease has the unknown field "scenario" (did you mean "scenarios"?); the fields are name, version, title, variants, scenarios, properties, boot, noun, boundsOf, variantProblems, scenarioProblems, wording, observer, choices, activities, accounts, waits, differences, walkthroughs, coverings, files, timing, cost, sized',
    ]);
    problemOf(
      { variants: [{ ...variant, caughtby: [] }] },
      /^variant right has the unknown field "caughtby" \(did you mean "caughtBy"\?\)/,
    );
    problemOf(
      { properties: [{ ...property, claim: property.claims }] },
      /^property safe has the unknown field "claim" \(did you mean "claims"\?\)/,
    );
    problemOf(
      { properties: [{ ...property, witness: { ...property.witness, reach: 1 } }] },
      /^witness of property safe has the unknown field "reach"/,
    );
    monitors(
      { property: 'safe', kind: 'always', test: () => undefined, tests: 1 },
      /^claim 1, of safe, has the unknown field "tests" \(did you mean "test"\?\)/,
    );
  },
  'a part of a specification that is missing, or of another type': () => {
    expect(specificationProblems(undefined)).toEqual([
      'a specification must be an object, and is undefined',
    ]);
    problemOf({ version: 1 }, /^version of specification lease must be a string, and is 1$/);
    problemOf({ name: 'my lease' }, /^name of specification my lease must be one word/);
    problemOf(
      { boot: undefined },
      /^boot of specification lease must be a function, and is undefined$/,
    );
    problemOf({ variants: [] }, /^variants of specification lease must have at least one$/);
    problemOf(
      { variants: [{ id: 'right' }] },
      /^value of variant right must be the first argument of boot, and is missing$/,
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
      /^variant 1 and 2 all have the name "right": a name must belong to one variant$/,
    );
    problemOf(
      { scenarios: [{ name: 'two' }, { name: 'one' }, { name: 'two' }] },
      /^scenario 1 and 3 all have the name "two"/,
    );
    problemOf({ properties: [property, property] }, /^property 1 and 2 all have the name "safe"/);
  },
  '`caughtBy`, `scenario`, `composedOf`, `catches` with a name that does not exist': () => {
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
  'a `kind` or a `size` that does not exist': () => {
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
  'of Sprite, in a scenario: a field, a call, a mode or a name that does not exist': () => {
    const [scenario] = scenarios;
    expect(scenarioProblems({ ...scenario, delayedWrite: true })).toEqual([
      `scenario ${scenario?.name}: there is no field "delayedWrite" (did you mean "delayedWrites"?)`,
    ]);
  },
  'of Sprite, in a kernel: a part or a module that does not exist': () => {
    expect(kernelProblems({ ...sprite, straem: sprite.stream })).toEqual([
      'a kernel has no part "straem" (did you mean "stream"?)',
    ]);
  },
  'an unknown field of a start, of its cells, or of `deadlock`': () => {
    const held = { value: 'open', context: { coins: 1 } };
    toyWith(
      { starts: [{ name: 'a', cells: { left: held }, oops: 1 }] },
      /^start 1 of protocol toy has the unknown field "oops"; the fields are name, cells$/,
    );
    toyWith(
      { starts: [{ name: 'a', cell: { left: held } }] },
      /^start 1 of protocol toy has the unknown field "cell" \(did you mean "cells"\?\)/,
    );
    toyWith({ starts: [{ name: 'a' }] }, /^cells of start 1 of protocol toy must be an object/);
    toyWith({ starts: {} }, /^starts of protocol toy must be a list, and is an object$/);
    toyWith(
      { starts: [{ name: 'a', cells: { left: { ...held, spend: [] } } }] },
      /^cells\.left of start 1 of protocol toy has the unknown field "spend" \(did you mean "spent"\?\)/,
    );
    toyWith(
      { starts: [{ name: 'a', cells: { left: { value: 'open' } } }] },
      /^cells\.left of start 1 of protocol toy must be an object with value and context/,
    );
    toyWith(
      { deadlock: { ignored: 'coins are lost', allowedWhem: () => true } },
      /^deadlock of protocol toy has the unknown field "allowedWhem" \(did you mean "allowedWhen"\?\)/,
    );
    toyWith(
      { deadlock: { ignored: 'coins are lost', because: 'they are' } },
      /^deadlock of protocol toy has a field "because", which is read with allowedWhen only/,
    );
    toyWith({ deadlock: null }, /^deadlock of protocol toy must be an object .* and is null$/);
  },
  'a name in `history` or `spent` that is no history state or timer of the machine': () => {
    const held = { value: 'open', context: { coins: 1 } };
    says(
      { initial: { ...held, history: { 'purse.hist': ['purse.open'] } } },
      /^history of initial of cell left names "purse\.hist", which is no history state of machine purse; there is none$/,
    );
    says(
      { initial: { ...held, spent: ['xstate.after.5.purse.open'] } },
      /^spent of initial of cell left names "xstate\.after\.5\.purse\.open", which is no timer of machine purse; there is none$/,
    );
    const machine = machineOf({
      id: 'm',
      initial: 'a',
      states: {
        a: { after: { 10: { guard: () => false, target: 'b' } } },
        b: {},
        h: { type: 'history' },
      },
    });
    const at = { value: 'a', context: {} };
    const cell = { machine, observes: {}, offers: () => [] };
    const good = { ...at, spent: ['xstate.after.10.m.a'], history: { 'm.h': ['m.b'] } };
    const { cells, ...others } = toy({ coins: 1 });
    const added = { ...cell, name: 'new', initial: good } as Cell;
    expect(() => createSystem({ ...others, cells: [...cells, added] })).not.toThrow();
    says(
      { ...cell, initial: { ...at, spent: ['xstate.after.11.m.a'] } },
      /which is no timer of machine m \(did you mean "xstate\.after\.10\.m\.a"\?\)/,
    );
    says(
      { ...cell, initial: { ...at, history: { 'm.g': ['m.b'] } } },
      /^history of initial of cell left names "m\.g", which is no history state of machine m \(did you mean "m\.h"\?\)/,
    );
    says(
      { ...cell, initial: { ...at, history: { 'm.h': ['m.c'] } } },
      /^history of initial of cell left names "m\.c", which is no state of machine m/,
    );
    says(
      { ...cell, initial: { ...at, history: { 'm.h': 'm.b' } } },
      /^history of initial of cell left must be an object with a list/,
    );
    says(
      { ...cell, initial: { ...at, spent: {} } },
      /^spent of initial of cell left must be a list/,
    );
  },
  'an unknown field, or a value of another type, in an optional part of a specification': () => {
    problemOf(
      { wording: { sentense: () => '' } },
      /^wording of specification lease has the unknown field "sentense" \(did you mean "sentence"\?\)/,
    );
    problemOf(
      { wording: { sentence: 1 } },
      /^sentence of wording of specification lease must be a function, and is 1$/,
    );
    problemOf(
      { choices: { chosen: 5, kindOf: () => '' } },
      /^chosen of choices of specification lease must be a Set of event types, and is 5$/,
    );
    problemOf(
      { choices: { chosen: new Set() } },
      /^kindOf of choices of specification lease must be a function, and is undefined$/,
    );
    problemOf(
      { choices: { chosen: new Set(), kindOf: () => '', choosen: 1 } },
      /^choices of specification lease has the unknown field "choosen"/,
    );
    problemOf(
      { activities: ['service'] },
      /^activities of specification lease must be a Set of kinds of cells, and is a list$/,
    );
    problemOf(
      { activities: new Set([1]) },
      /^each of activities of specification lease must be a string, and is 1$/,
    );
    const walk = { name: 'w', title: 'walks', scenario: 'two', stages: [() => true] };
    expect(specificationProblems({ ...good, walkthroughs: [walk] })).toEqual([]);
    problemOf(
      { walkthroughs: [{ ...walk, nam: 1 }] },
      /^walkthrough w has the unknown field "nam" \(did you mean "name"\?\)/,
    );
    problemOf({ walkthroughs: {} }, /^walkthroughs of specification lease must be a list/);
    problemOf(
      { walkthroughs: [{ ...walk, stages: [1] }] },
      /^stages of walkthrough w must be a list of functions/,
    );
    problemOf(
      { walkthroughs: [{ ...walk, scenario: 'tow' }] },
      /^scenario of walkthrough w names "tow", and no scenario is called so \(did you mean "two"\?\)$/,
    );
    const table = {
      id: 't',
      what: 'cases',
      page: 'p.md',
      situations: [],
      impossible: () => undefined,
    };
    expect(specificationProblems({ ...good, coverings: [table] })).toEqual([]);
    problemOf({ coverings: {} }, /^coverings of specification lease must be a list/);
    problemOf({ coverings: [{ ...table, pages: 1 }] }, /^covering 1 has the unknown field "pages"/);
    problemOf({ coverings: [{ ...table, onStep: 1 }] }, /^onStep of covering 1 must be a function/);
    problemOf({ coverings: [table, table] }, /^covering 1 and 2 all have the name "t"/);
    problemOf({ walkthroughs: [walk, walk] }, /^walkthrough 1 and 2 all have the name "w"/);
    problemOf(
      { files: { property: () => '', variants: '', propety: 1 } },
      /^files of specification lease has the unknown field "propety"/,
    );
    problemOf(
      { variants: [{ ...variant, culprit: { at: 'left', action: 'pay', acton: 1 } }] },
      /^culprit of variant right has the unknown field "acton" \(did you mean "action"\?\)/,
    );
    problemOf(
      { variants: [{ ...variant, culprit: { at: 'left' } }] },
      /^action of culprit of variant right must be a string, and is undefined$/,
    );
    const sized = {
      sizes: ['coins'],
      problem: () => undefined,
      scenario: () => ({ name: 'sized' }),
      last: new Set(['pay']),
      cost: () => ({ elapsedMs: 0, document: {}, lines: [] }),
    };
    expect(specificationProblems({ ...good, sized })).toEqual([]);
    problemOf(
      { sized: { ...sized, size: ['coins'] } },
      /^sized of specification lease has the unknown field "size" \(did you mean "sizes"\?\)/,
    );
    problemOf(
      { sized: { ...sized, sizes: 'coins' } },
      /^sizes of sized of specification lease must be a list of names/,
    );
    problemOf(
      { sized: { ...sized, last: ['pay'] } },
      /^last of sized of specification lease must be a Set of event types/,
    );
    problemOf({ noun: 1 }, /^noun of specification lease must be a string, and is 1$/);
    for (const field of calledFields) {
      problemOf(
        { [field]: {} },
        new RegExp(`^${field} of specification lease must be a function, and is an object$`),
      );
    }
  },
  'an unknown option of a function of the library': () => {
    const protocol = toy({ coins: 1 });
    const story = { property: 'safe', steps: [] };
    const lookAway = { observed: () => [], isInput: () => true, atRest: () => null };
    const asked: { readonly [name: string]: (options: object) => unknown } = {
      exploreProtocol: (options) => exploreProtocol(protocol, options),
      walkProtocol: (options) => walkProtocol(protocol, options),
      replayStory: (options) => replayStory(protocol, story, options),
      shrinkStory: (options) => shrinkStory(protocol, story, { claims: [], ...options }),
      certifyStory: (options) => certifyStory(protocol, story, { claims: [], ...options }),
      compareProtocols: (options) =>
        compareProtocols(protocol, protocol, { observer: lookAway, ...options }),
      instanceOf: (options) => instanceOf(good, options),
    };
    const misspelled: { readonly [name: string]: readonly [string, string] } = {
      exploreProtocol: ['maxState', 'maxStates'],
      walkProtocol: ['claim', 'claims'],
      replayStory: ['claim', 'claims'],
      shrinkStory: ['maxReplay', 'maxReplays'],
      certifyStory: ['maxState', 'maxStates'],
      compareProtocols: ['maxState', 'maxStates'],
      instanceOf: ['scenaro', 'scenario'],
    };
    for (const [name, [given, meant]] of Object.entries(misspelled)) {
      const run = (): unknown => asked[name]?.({ [given]: 1 });
      expect(run).toThrow(ModelFault);
      expect(run).toThrow(
        `the last argument of ${name} has the unknown field "${given}" (did you mean "${meant}"?)`,
      );
    }
    expect(() => exploreProtocol(protocol, [] as never)).toThrow(
      /^the last argument of exploreProtocol must be an object with options, and is a list$/,
    );
  },
  'of Sprite: a field of a part, or a state in `offers`, that does not exist': () => {
    const { stream, ...others } = sprite;
    const offers = stream.offers as { readonly [state: string]: unknown };
    const [state] = Object.keys(stream.machine.root.states) as [string];
    expect(kernelProblems({ ...others, stream: { ...stream, observs: {}, ofers: {} } })).toEqual([
      'part stream of the kernel has the unknown field "observs" (did you mean "observes"?); the fields are machine, observes, offers',
      'part stream of the kernel has the unknown field "ofers" (did you mean "offers"?); the fields are machine, observes, offers',
    ]);
    const added = { ...stream, offers: { ...offers, [`${state}x`]: () => [] } };
    expect(kernelProblems({ ...others, stream: added })).toEqual([
      `part stream of the kernel: offers has "${state}x" (did you mean "${state}"?), which is no state of its machine`,
    ]);
    for (const { kernel } of kernels) expect(kernelProblems(kernel)).toEqual([]);
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

test("a correct specification has no problem, nor has Sprite's", () => {
  expect(specificationProblems(good)).toEqual([]);
  const variants = kernels.map(({ kernel, scenario, ...others }) => ({
    ...others,
    value: kernel,
    ...(scenario === '' ? {} : { scenario }),
  }));
  const all = { ...good, name: 'sprite', variants, scenarios, properties };
  expect(specificationProblems(all)).toEqual([]);
  expect(specificationProblems(spriteSpecification)).toEqual([]);
});

/** What the verbs call. */
const calledFields = [
  'boundsOf',
  'variantProblems',
  'scenarioProblems',
  'observer',
  'accounts',
  'waits',
  'differences',
  'timing',
  'cost',
];

/** Refused with this in the left purse's cell. */
function says(edited: object, said: RegExp): void {
  const { cells, ...others } = toy({ coins: 1 });
  const [left, ...rest] = cells;
  expect(() =>
    createSystem({ ...others, cells: [{ ...left, ...edited } as Cell, ...rest] }),
  ).toThrow(said);
}

function toyWith(edited: object, said: RegExp): void {
  expect(() => createSystem({ ...toy({ coins: 1 }), ...edited })).toThrow(said);
}

function problemOf(edited: object, said: RegExp): void {
  const [problem] = specificationProblems({ ...good, ...edited });
  expect(problem).toMatch(said);
}

function monitors(claim: object, said: RegExp): void {
  expect(() => createMonitor(createSystem(toy({ coins: 1 })), [claim as never], [])).toThrow(said);
}
