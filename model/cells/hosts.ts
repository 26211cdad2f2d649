/** Hosts, their evictions and their clean-up, and the faults that are left. */
import type { Kernel } from '../kernel.ts';
import { cleanupObserves, type CleanupContext } from '../machines/cleanup.machine.ts';
import { evictionContext } from '../machines/eviction.machine.ts';
import { faultsMachine, hostObserves, type HostContext } from '../machines/host.machine.ts';
import { visitorsContext, visitorsMachine } from '../machines/visitors.machine.ts';
import { evictionObserves, visitorsObserves } from '../observations/eviction.ts';
import { streamsOf } from '../scenarios/calls.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { cell, type Host } from '../vocabulary/ids.ts';
import { just, part, type Cell, type Offers } from './part.ts';

export function hostCells(kernel: Kernel, scenario: Scenario): readonly Cell[] {
  const { hosts, files, processes, faults, evictions } = scenario;
  const crashes = faults?.crashes;
  const evictionsOf = (host: Host): number =>
    evictions?.of.includes(host) === true ? evictions.times : 0;
  const streams = streamsOf(scenario);
  const names = processes.map(({ name }) => name);
  const hasPages = (scenario.pages ?? 0) > 0;
  const hostContext = (host: Host): HostContext => ({
    host,
    boot: 0,
    processes: names,
    streams,
    files,
    hasPages,
  });
  return [
    part('faults', faultsMachine, {
      crashes: crashes?.times ?? 0,
      losses: faults?.lostReplies ?? 0,
    }),
    ...hosts.flatMap((host) => {
      const cleanup: CleanupContext = { host, files, streams, index: 0 };
      return [
        part(cell.host(host), kernel.host, hostContext(host), {
          observes: hostObserves(host, files),
          offers:
            crashes?.of.includes(host) === true
              ? { up: just('crashes'), ...(faults?.reboots === true ? reboots : {}) }
              : {},
        }),
        part(cell.eviction(host), kernel.eviction, evictionContext(host, evictionsOf(host)), {
          observes: evictionObserves(host, names),
          offers: {
            idle: (held) =>
              (held as { readonly left: number }).left > 0 ? [{ type: 'ownerReturned' }] : [],
          },
        }),
        ...(evictionsOf(host) === 0
          ? []
          : [
              part(cell.visitors(host), visitorsMachine, visitorsContext, {
                observes: visitorsObserves(host, names),
              }),
            ]),
        part(cell.cleanup(host), kernel.cleanup, cleanup, {
          observes: cleanupObserves(host, names),
          offers: { cleaning: just('cleaned') },
        }),
      ];
    }),
  ];
}

const reboots: Offers = { down: just('reboots') };
