/**
 * I18 and I1, for hosts that have crashed. A dead host is forgotten.
 *
 *   at rest on the host:  it is down  =>  no cell of another host names it in any field; and the server
 *                         keeps no more about it than if it had never been
 *   when stuck:           the same, without the exceptions that end when the crash is noticed
 *
 * Every field of every cell is read. Excepted: `UNTIL_NOTICED`, because each host
 * learns of a crash by itself, by a call that is not answered, later than the server; and `FOR_GOOD`.
 */
import type { Claim, Finding } from '../checker/specification/property.ts';
import type { Look } from '../checker/specification/protocol.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { nameText } from '../model/vocabulary/holder.ts';
import { cell, type Host } from '../model/vocabulary/ids.ts';
import { holders } from '../model/vocabulary/kinds.ts';
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

/** Not names of the host: what is counted about it and goes on. */
const FOR_GOOD: readonly Exception[] = [
  {
    kind: 'entry',
    field: 'stamp',
    why: 'the open time stamp goes on: a reply to an earlier open may still be on its way',
    kernel: 'fsconsist/fsconsistCache.c UpdateList (openTimeStamp)',
  },
];

/** Each host learns of a crash by itself, by a call that is not answered: the server may know before. */
const UNTIL_NOTICED: readonly Exception[] = [
  {
    kind: 'source',
    field: 'to',
    why: 'the source of a migration learns of the crash when its call is not answered',
    kernel: 'proc/procMigrate.c Proc_Migrate, Proc_MigrateTrap',
  },
  callToTarget,
  { ...callToTarget, field: 'home' },
  ...(['from', 'home'] as const).map((field) => ({
    kind: 'target' as const,
    field,
    states: [
      'accepted',
      'waiting',
      'unpacking',
      'moving',
      'unpacked',
      'resumed',
      'closing',
      'givingUp',
      'failed',
    ],
    why: 'what has arrived depends on the host that it comes from, until this host notices',
    kernel: 'proc/procRecovery.c (dependency records); proc/procMigrate.c Proc_DestroyMigratedProc',
  })),
  ...(['peer', 'home'] as const).map((field) => ({
    kind: 'process' as const,
    field,
    states: ['shell', 'arriving', 'arrived', 'running', 'doomed', 'frozen', 'migrated'],
    why: 'a control block depends on the other host until its own host notices the crash',
    kernel: 'proc/procRecovery.c (dependency records)',
  })),
  callToHome,
  {
    kind: 'service',
    field: 'source',
    states: ['arrived', 'holding', 'replied'],
    why: 'a target that has not noticed asks for a stream of its source, and is refused',
    kernel: 'fsio/fsioStream.c Fsio_StreamMigClient',
  },
  {
    kind: 'recall',
    field: 'is',
    states: ['unanswered'],
    why: 'a call-back that was out is given up when it is not answered, apart from the clean-up',
    kernel: 'fsconsist/fsconsistCache.c ClientCommand, Fsconsist_Kill',
  },
  {
    kind: 'consistency',
    field: 'waitingFor',
    why: 'the round waits for that call-back',
    kernel: 'fsconsist/fsconsistCache.c EndConsistency',
  },
];

export const excusedNames: readonly Exception[] = [...FOR_GOOD, ...UNTIL_NOTICED];

export const deadHostsAreForgotten: SpriteProperty = {
  id: 'dead-hosts-are-forgotten',
  statement: 'After the clean-up nothing that others hold names a host that is down.',
  kind: 'atRest',
  quiescence: 'the clean-up after the host is over',
  sources: {
    paper: '§3 (failures), §5 "Distributed bookkeeping is difficult"',
    kernel: 'fsutil/fsutilHandle.c Fsutil_RemoveClient; proc/procRecovery.c',
  },
  catches: [
    'R27',
    'R50',
    'A8',
    'A40',
    'accent',
    'sprite-1992',
    'P-record-kept',
    'P-points-nowhere',
    'P-leaves-again',
    'P-migration-kept',
    'P-call-kept',
    'P-stream-kept',
    'P-runs-unmarked',
    'P-kill-unseen',
    'P-dead-writer-kept',
    'P-dead-client-kept',
    'P-dead-home-serves',
    'P-one-clean-up',
    'P-one-file-cleaned',
  ],
  claims: (scenario) => claimsWith(scenario, excusedNames),
  claimsWhenStuck: (scenario) => claimsWith(scenario, FOR_GOOD),
  witness: {
    statement: 'a clean-up has begun, and the server has a use of the host in its books',
    reached: (scenario) => (look) =>
      mortalHosts(scenario).some(
        (host) =>
          look(cell.cleanup(host)).value === 'cleaning' &&
          scenario.files.some((file) => look(cell.entry(file, host)).value === 'listed'),
      ),
  },
};

export function claimsWith(
  scenario: Scenario,
  allowed: readonly Exception[],
): readonly Claim['test'][] {
  const hosts = mortalHosts(scenario);
  if (hosts.length === 0) return [];
  return cellsIn(scenario).flatMap((each) => [
    naming(each, hosts, allowed),
    ...(each.host !== undefined && hosts.includes(each.host) && isBook(each)
      ? [keeping(each, each.host, allowed)]
      : []),
  ]);
}

/** What the server keeps about a host, in a cell of its own for each. */
function isBook({ kind }: AnyCell): boolean {
  return holders[kind] === 'server' || kind === 'recall';
}

function naming(
  each: AnyCell,
  hosts: readonly Host[],
  allowed: readonly Exception[],
): Claim['test'] {
  const named = hostsNamedIn(each, hosts, allowed);
  return (look) => {
    const found = look(each.name, named).find(([, host]) => isForgettable(look, host));
    if (found === undefined) return undefined;
    const [field, host] = found;
    return finding(look, each, field, host);
  };
}

function keeping(each: AnyCell, host: Host, allowed: readonly Exception[]): Claim['test'] {
  const held = fieldsHeldIn(each, allowed);
  return (look) => {
    const [field] = look(each.name, held);
    if (field === undefined || !isForgettable(look, host)) return undefined;
    return finding(look, each, field, host);
  };
}

function isForgettable(look: Look, host: Host): boolean {
  return look(cell.host(host)).value === 'down' && look(cell.cleanup(host)).value === 'idle';
}

function finding(look: Look, { name }: AnyCell, field: string, host: Host): Finding {
  return {
    subject: nameText(name),
    expected: `nothing of ${host}, which is down and cleaned up after`,
    found: fieldText(look(name), field),
  };
}
