/**
 * A host that is down does nothing and has nothing.
 *
 *   always:         a host is down  =>  each cell that it holds contains nothing, as if no process had ever
 *                   started there
 *   on every step:  the host that takes it is not down; coming up again is no step of the host itself
 *
 * Every field of every cell is read. Excepted: `excusedSteps`, what the model keeps
 * in a cell of that host for another one.
 */
import type { Claim, Finding, StepClaim } from '../checker/specification/property.ts';
import type { Look } from '../checker/specification/protocol.ts';
import { nameText, SERVER } from '../model/vocabulary/holder.ts';
import { cell, type Host } from '../model/vocabulary/ids.ts';
import { holders } from '../model/vocabulary/kinds.ts';
import { actorOf } from '../model/timing/place.ts';
import {
  callToHome,
  callToTarget,
  cellsIn,
  fieldText,
  fieldsHeldIn,
  hostsNamedIn,
  mortalHosts,
  type AnyCell,
  type Exception,
} from './dead-hosts.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const excusedSteps: readonly Exception[] = [
  {
    kind: 'eviction',
    field: 'left',
    why: 'how often the owner may still return is a budget of the scenario',
    kernel: 'none',
  },
  callToTarget,
  callToHome,
  {
    kind: 'release',
    field: 'source',
    states: ['answered'],
    why: 'the server has given up the call-back: it takes note of that in a section of its own',
    kernel: 'fsio/fsioStream.c StreamMigCallback',
  },
];

export const deadHostsDoNothing: SpriteProperty = {
  id: 'dead-hosts-do-nothing',
  statement: 'A host that is down takes no step, and nothing that it holds is left.',
  kind: 'always',
  quiescence: 'none needed: a crash takes everything in one section',
  sources: {
    paper: '§3 (failures)',
    kernel: 'recov/recovery.c; what a workstation has in memory is gone when it crashes',
  },
  catches: [
    'P-migration-kept',
    'P-dead-host-answers',
    'P-dead-home-serves',
    'P-cache-outlives-host',
  ],
  claims: (scenario) => {
    const hosts = mortalHosts(scenario);
    if (hosts.length === 0) return [];
    return cellsIn(scenario).flatMap((each) => claimsOf(each, hosts));
  },
  claimsOnStep: (scenario) => (mortalHosts(scenario).length === 0 ? [] : [noneOfTheDead]),
  witness: {
    statement: 'a host is down that the server still has in its books with a use of a file',
    reached: (scenario) => (look) =>
      mortalHosts(scenario).some(
        (host) =>
          look(cell.host(host)).value === 'down' &&
          scenario.files.some((file) => look(cell.entry(file, host)).value === 'listed'),
      ),
  },
};

/** Of a cell that may be on any host, what it says of where it is; of one that is on one, everything. */
function claimsOf(each: AnyCell, hosts: readonly Host[]): readonly Claim['test'][] {
  const holder = holders[each.kind];
  if (typeof holder === 'object') return [placed(each, holder.field, hosts)];
  // That it is down is what a host is then; a call-back is the server's, once its client is dead.
  const isHeld = holder === 'host' && each.kind !== 'host' && each.kind !== 'recall';
  return isHeld && each.host !== undefined && hosts.includes(each.host)
    ? [holding(each, each.host)]
    : [];
}

function placed(each: AnyCell, field: string, hosts: readonly Host[]): Claim['test'] {
  const named = hostsNamedIn(each, hosts, excusedSteps);
  return (look) => {
    const [, host] = look(each.name, named).find(([where]) => where === field) ?? [];
    return host === undefined ? undefined : leftOn(look, each, field, host);
  };
}

function holding(each: AnyCell, host: Host): Claim['test'] {
  const held = fieldsHeldIn(each, excusedSteps);
  return (look) => {
    const [field] = look(each.name, held);
    return field === undefined ? undefined : leftOn(look, each, field, host);
  };
}

function leftOn(look: Look, { name }: AnyCell, field: string, host: Host): Finding | undefined {
  if (look(cell.host(host)).value !== 'down') return undefined;
  return {
    subject: nameText(name),
    expected: `nothing: ${host} is down`,
    found: fieldText(look(name), field),
  };
}

/** The step of a host that is down. */
const noneOfTheDead: StepClaim = (before, { cell: name, event }) => {
  const local = before(name);
  const host = actorOf({ cell: name, event, before: local, after: local });
  if (host === SERVER || event.type === 'reboots') return undefined;
  if (before(cell.host(host)).value !== 'down') return undefined;
  return { subject: nameText(name), expected: `no step: ${host} is down`, found: event.type };
};
