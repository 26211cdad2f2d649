/** Hosts, their evictions and their clean-up, and the budget of faults. */
import type { Kernel } from '../kernel.ts';
import type { CleanupContext } from '../machines/cleanup.machine.ts';
import { evictionContext } from '../machines/eviction.machine.ts';
import { faultsPart, type HostContext } from '../machines/host.machine.ts';
import { visitorsContext, visitorsPart } from '../machines/visitors.machine.ts';
import { hasPages, namesIn } from '../observations/common.ts';
import { streamsOf } from '../scenarios/calls.ts';
import { evictionsOf, type Scenario } from '../scenarios/scenario.ts';
import type { Host } from '../vocabulary/ids.ts';
import { put, type PlacedCell } from './put.ts';

export function hostCells(kernel: Kernel, scenario: Scenario): readonly PlacedCell[] {
  const { hosts, files, faults } = scenario;
  const streams = streamsOf(scenario);
  const hostContext = (host: Host): HostContext => ({
    host,
    boot: 0,
    processes: namesIn(scenario),
    streams,
    files,
    hasPages: hasPages(scenario),
  });
  const cleanupContext = (host: Host): CleanupContext => ({ host, files, streams, index: 0 });
  const left = { crashes: faults?.crashes?.times ?? 0, losses: faults?.lostReplies ?? 0 };
  return [
    put('faults', faultsPart, { scenario }, left),
    ...hosts.flatMap((host) => {
      const place = { scenario, host };
      return [
        put('host', kernel.host, place, hostContext(host)),
        put('eviction', kernel.eviction, place, evictionContext(host, evictionsOf(scenario, host))),
        ...(evictionsOf(scenario, host) === 0
          ? []
          : [put('visitors', visitorsPart, place, visitorsContext)]),
        put('cleanup', kernel.cleanup, place, cleanupContext(host)),
      ];
    }),
  ];
}
