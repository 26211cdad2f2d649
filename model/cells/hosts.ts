/** Hosts, their evictions and their clean-up, and the faults that are left. */
import type { Kernel } from '../kernel.ts';
import type { CleanupContext } from '../machines/cleanup.machine.ts';
import { evictionContext } from '../machines/eviction.machine.ts';
import { faultsPart, type HostContext } from '../machines/host.machine.ts';
import { visitorsContext, visitorsPart } from '../machines/visitors.machine.ts';
import { hasPages, namesIn } from '../observations/common.ts';
import { streamsOf } from '../scenarios/calls.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { cell, type Host } from '../vocabulary/ids.ts';
import { put, type Cell } from './put.ts';

export function hostCells(kernel: Kernel, scenario: Scenario): readonly Cell[] {
  const { hosts, files, faults, evictions } = scenario;
  const streams = streamsOf(scenario);
  const evictionsOf = (host: Host): number =>
    evictions?.of.includes(host) === true ? evictions.times : 0;
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
    put(cell.faults(), faultsPart, { scenario }, { context: left }),
    ...hosts.flatMap((host) => {
      const place = { scenario, host };
      return [
        put(cell.host(host), kernel.host, place, { context: hostContext(host) }),
        put(cell.eviction(host), kernel.eviction, place, {
          context: evictionContext(host, evictionsOf(host)),
        }),
        ...(evictionsOf(host) === 0
          ? []
          : [put(cell.visitors(host), visitorsPart, place, { context: visitorsContext })]),
        put(cell.cleanup(host), kernel.cleanup, place, { context: cleanupContext(host) }),
      ];
    }),
  ];
}
