/**
 * MiniMig as a specification: one protocol in many sizes. A scenario is named after its hosts, files,
 * processes, descriptors of each process, and streams.
 */
import { defineSpecification, type Property } from 'sprite-check/checker';
import { invariants } from './invariants.ts';
import { minimig, namesOf, type Size } from './minimig.ts';
import { processMachine } from './process.machine.ts';

type Scenario = Size & { readonly name: string; readonly size: 'small' | 'general' | 'large' };

const statements = {
  references: 'References of a stream, by place, are the descriptors that name it there.',
  counts: "A file's counts, by host and mode, are the streams with a reference on that host.",
  caching: 'A file is cachable exactly when it is not write-shared.',
  copies:
    'A copy exists only of a cachable file on a host that is up; a dirty one is the only one.',
};

export default defineSpecification({
  name: 'minimig',
  version: '1',
  title: 'process migration in small: shared streams, counts, cache consistency and crashes',
  variants: [
    { id: 'minimig', value: processMachine },
    {
      id: 'keeps-transit',
      title: 'references in a message are never given up',
      value: processMachine.provide({ actions: { releaseInTransit: () => undefined } }),
      caughtBy: ['references'],
      scenario: '2-1-2-1-2',
    },
  ],
  scenarios: [
    sized('small', 2, 1, 2, 1, 2),
    sized('small', 2, 1, 2, 2, 2),
    sized('general', 2, 2, 2, 1, 2),
    sized('general', 2, 1, 2, 2, 3),
    sized('general', 2, 1, 3, 1, 2),
    sized('large', 3, 1, 2, 2, 2),
    sized('large', 2, 1, 3, 1, 3),
    sized('large', 2, 2, 2, 2, 3),
  ],
  properties: Object.entries(statements).map(([id, statement]) => invariant(id, statement)),
  boot: (machine, scenario) => ({ ...minimig(scenario, machine), name: scenario.name }),
});

function sized(
  size: Scenario['size'],
  ...[hosts, files, processes, slots, streams]: [number, number, number, number, number]
): Scenario & Size {
  const name = [hosts, files, processes, slots, streams].join('-');
  return { name, size, hosts, files, processes, slots, streams };
}

function invariant(id: string, statement: string): Property<Scenario> {
  return {
    id,
    statement,
    kind: 'always',
    claims: (scenario) =>
      invariants(scenario)
        .filter(({ property }) => property === id)
        .map(({ test }) => test),
    witness: {
      statement: 'a process with an open stream is on its way to another host',
      reached: (scenario) => {
        const { processes, streams } = namesOf(scenario);
        return (look) =>
          processes.some((process) => look(process).value === 'encapsulated') &&
          streams.some((stream) => look(stream).value === 'open');
      },
    },
  };
}
