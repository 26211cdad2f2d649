// Scenarios as users might write them: every list may be empty or short. Each is explored on the repaired
// kernel, violates nothing, and can be printed; or it is refused, in lines that name the place.

import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { explore } from '../../checker/search/explore.ts';
import { enabledIn } from '../../checker/engine/enabled.ts';
import { hashWorld } from '../../checker/engine/world-hash.ts';
import { stepOf } from '../../checker/specification/protocol.ts';
import { TRACE_FORMAT, TRACE_VERSION, type Trace } from '../../checker/stories/trace-format.ts';
import { storyDocument } from '../../analysis/export/story-document.ts';
import {
  instanceWith,
  originOf,
  propertiesFor,
  type CheckedInstance,
} from '../../analysis/specification/instance.ts';
import { scenarioProblems } from '../../model/input/scenario-problems.ts';
import { sprite } from '../../model/kernel.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import type { Call } from '../../model/vocabulary/calls.ts';
import { loadedSprite } from '../../testing/sprite.ts';

const SEED = 1989;
const RUNS = 150;
const MAX_STATES = 300;
const LONGEST = 40;
const SLOW = 120_000;

const HOSTS = ['A', 'B'];
const FILES = ['f', 'g'];
const UNBORN = 'q';

const some = <T>(these: readonly T[]): fc.Arbitrary<T[]> =>
  fc.subarray([...these], { maxLength: 2 });
const few = fc.nat({ max: 2 });
const file = fc.constantFrom(...FILES);
const descriptor = fc.nat({ max: 1 });
const page = fc.constant(0);

const call: fc.Arbitrary<Call> = fc.oneof(
  fc.record({
    call: fc.constant('open' as const),
    file,
    mode: fc.constantFrom('read' as const, 'write' as const),
    descriptor,
  }),
  fc.record({
    call: fc.constantFrom('close' as const, 'read' as const, 'write' as const),
    descriptor,
  }),
  fc.record({ call: fc.constantFrom('stat' as const, 'unlink' as const), file }),
  fc.record({
    call: fc.constantFrom('fork' as const, 'wait' as const),
    child: fc.constant(UNBORN),
  }),
  fc.record({ call: fc.constantFrom('holdSignals' as const, 'exit' as const) }),
  fc.record({ call: fc.constantFrom('writePage' as const, 'readPage' as const), page }),
  fc.record({ call: fc.constant('remoteExec' as const), to: fc.constantFrom(...HOSTS) }),
);

const program = fc.oneof(
  fc.record({ script: fc.array(call, { maxLength: 4 }) }),
  fc.record({
    anyCalls: fc.record(
      { open: few, close: few, write: few, stat: few, unlink: few, fork: few, exit: few },
      { requiredKeys: [] },
    ),
  }),
);

const process = fc.record(
  {
    name: fc.constantFrom('p', UNBORN, 'r'),
    home: fc.constantFrom(...HOSTS, null),
    program,
    migrations: fc.record({ to: some(HOSTS), times: few }),
  },
  { requiredKeys: ['name', 'home', 'program'] },
);

const faults = fc.record(
  {
    crashes: fc.record({ of: some(HOSTS), times: few }),
    reboots: fc.boolean(),
    lostReplies: few,
    aborts: fc.boolean(),
  },
  { requiredKeys: [] },
);

const scenario = fc.record(
  {
    name: fc.constant('own'),
    title: fc.constantFrom('', 'a title'),
    hosts: fc.oneof(
      { weight: 4, arbitrary: fc.shuffledSubarray(HOSTS, { minLength: 2 }) },
      { weight: 1, arbitrary: some(HOSTS) },
    ),
    files: fc.oneof(
      { weight: 4, arbitrary: fc.constant(FILES) },
      { weight: 1, arbitrary: some(FILES) },
    ),
    descriptors: few,
    pages: few,
    processes: fc.uniqueArray(process, { maxLength: 2, selector: ({ name }) => name }),
    delayedWrites: fc.boolean(),
    faults,
    evictions: fc.record({ of: some(HOSTS), times: few }),
    refusing: some(HOSTS),
    fullTwins: fc.boolean(),
  },
  {
    requiredKeys: ['name', 'title', 'hosts', 'files', 'descriptors', 'processes'],
    noNullPrototype: true,
  },
) as fc.Arbitrary<unknown>;

const empty = { name: 'own', title: '', hosts: [], files: [], descriptors: 0, processes: [] };

test(
  'a scenario with short and empty lists is explored and printed, or refused with the place',
  () => {
    let explored = 0;
    let refused = 0;
    fc.assert(
      fc.property(scenario, (given) => {
        const problems = scenarioProblems(given);
        for (const problem of problems) expect(problem).toMatch(/^scenario own: [^\n]+$/);
        if (problems.length > 0) {
          refused++;
          return;
        }
        explored++;
        const own = given as Scenario;
        const asked = propertiesFor(loadedSprite, own);
        const instance = instanceWith(loadedSprite, sprite, { scenario: own, asked });
        const { system, claims, witnesses } = instance;
        const search = explore(system, { claims, witnesses, maxStates: MAX_STATES });
        expect(search.found.map(({ violation }) => violation)).toEqual([]);
        printAll(instance, own);
      }),
      {
        seed: SEED,
        numRuns: RUNS,
        examples: [[empty], [{ ...empty, hosts: HOSTS, files: FILES }]],
      },
    );
    // Both kinds are drawn, or the test would be green for want of trying.
    expect(explored).toBeGreaterThan(RUNS / 4);
    expect(refused).toBeGreaterThan(RUNS / 10);
  },
  SLOW,
);

/** One walk to the end, and all that the specification says of it. */
function printAll(instance: CheckedInstance, own: Scenario): void {
  const { system } = instance;
  const row = system.initial();
  const look = system.look(row);
  const steps: Trace['steps'] = [];
  for (let taken = 0; taken < LONGEST; taken++) {
    for (const account of loadedSprite.accounts?.(own) ?? []) {
      const owned = account.owners(look).reduce((sum, { uses }) => sum + uses, 0);
      expect([account.subject, account.count(look)]).toEqual([account.subject, owned]);
    }
    const waits = loadedSprite.waits?.(own);
    waits?.activities.forEach((each) => waits.waitsFor(look, each));
    loadedSprite.observer?.(own).atRest(look);
    const delivery = enabledIn(system, row).at(-1);
    if (delivery === undefined) break;
    system.perform(row, delivery);
    const { name = '' } = system.protocol.cells[system.cellOf(delivery)] ?? {};
    steps.push(stepOf(name, system.eventOf(delivery)) as Trace['steps'][number]);
  }
  const { scenario: of, ...origin } = originOf(instance, 'sprite');
  const trace: Trace = {
    format: TRACE_FORMAT,
    version: TRACE_VERSION,
    ...origin,
    scenario: { name: of.name, bounds: { ...of.bounds } as Trace['scenario']['bounds'] },
    verdict: 'held',
    lastWorld: hashWorld(system, row),
    provenance: { found: 'written' },
    steps,
  };
  storyDocument(instance, trace);
}
