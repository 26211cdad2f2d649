/**
 * A run with times: when each step begins, how long it takes, and on what the time was spent.
 *
 *   The length of a step is the cost of its cascade. It begins when its host has ended the step before and
 *   the last steps that touched its cells have ended; independent steps may overlap. Times are computed
 *   from a finished run and decide nothing in it.
 *
 * Paper     §4.2
 */
import { textOf } from '../vocabulary/holder.ts';
import { kindOf, objectOf, type Host, type Process } from '../vocabulary/ids.ts';
import { holders } from '../vocabulary/kinds.ts';
import {
  msOf,
  priced,
  rpcs,
  terms,
  type Charge,
  type Priced,
  type Prices,
  type Rpc,
  type Term,
} from './charge.ts';
import { costs, type BlockSizes } from './costs.ts';
import { actorOf, type TimedDelivery } from './place.ts';

/** One step, delivery by delivery; the first is the action itself. */
export type StepDeliveries = readonly TimedDelivery[];

export type TimedStep = {
  readonly deliveries: StepDeliveries;
  readonly host: Host;
  readonly startMs: number;
  readonly durationMs: number;
  readonly spent: readonly Priced[];
};

/** One migration, from being asked for to the source's switching away. */
export type Migration = {
  readonly process: Process;
  readonly from: Host;
  readonly to: Host;
  readonly startMs: number;
  /** Null where the run ends before. */
  readonly endMs: number | null;
  /** From the trap until the process runs again, or will not any more. */
  readonly frozenAtMs: number | null;
  readonly frozenUntilMs: number | null;
};

type TermCost = {
  readonly term: Term;
  readonly units: number;
  readonly explainedMs: number;
  readonly residualMs: number;
  readonly totalMs: number;
  readonly hosts: readonly HostCost[];
};

type HostCost = { readonly host: Host; readonly totalMs: number };

type RpcCost = {
  readonly rpc: Rpc;
  readonly requests: number;
  readonly replies: number;
  readonly totalMs: number;
};

export type RunCost = {
  readonly steps: readonly TimedStep[];
  readonly elapsedMs: number;
  readonly migrations: readonly Migration[];
  readonly terms: readonly TermCost[];
  readonly rpcs: readonly RpcCost[];
  readonly hosts: readonly HostCost[];
};

export function costOf(
  run: readonly StepDeliveries[],
  { prices, blocksIn = () => 1 }: Partial<BlockSizes> & { readonly prices: Prices },
): RunCost {
  const steps = timed(run.map((deliveries) => spentOn(deliveries, { prices, blocksIn })));
  const spent = steps.flatMap((step) => step.spent);
  return {
    steps,
    elapsedMs: Math.max(0, ...steps.map(endOf)),
    migrations: migrationsIn(steps),
    terms: terms.map((term) => termCost(term, steps)),
    rpcs: rpcs.map((rpc) => rpcCost(rpc, spent)),
    hosts: byHost(steps, (step) => step.durationMs),
  };
}

export function endOf({ startMs, durationMs }: TimedStep): number {
  return startMs + durationMs;
}

type Spent = Pick<TimedStep, 'deliveries' | 'spent'>;

function spentOn(
  deliveries: StepDeliveries,
  { prices, ...sizes }: BlockSizes & { readonly prices: Prices },
): Spent {
  const charges = deliveries.flatMap((delivery) => chargesOf(delivery, sizes));
  return { deliveries, spent: charges.map((charge) => priced(charge, prices)) };
}

type AnyRow = (delivery: TimedDelivery, sizes: BlockSizes) => readonly Charge[];
type AnyCosts = { readonly [kind: string]: { readonly [type: string]: AnyRow } | undefined };

function chargesOf(delivery: TimedDelivery, sizes: BlockSizes): readonly Charge[] {
  const kind = kindOf(delivery.cell);
  const row = (costs as unknown as AnyCosts)[kind]?.[delivery.event.type];
  if (row === undefined) throw new Error(`no row gives the cost of ${kind}.${delivery.event.type}`);
  return row(delivery, sizes);
}

function timed(spent: readonly Spent[]): readonly TimedStep[] {
  const hostFreeMs = new Map<Host, number>();
  const cellFreeMs = new Map<string, number>();
  return spent.map((step) => {
    const [action] = step.deliveries;
    if (action === undefined) throw new Error('a step without a delivery');
    const host = actorOf(action);
    const cells = step.deliveries
      .map(({ cell }) => cell)
      .filter((cell) => holders[kindOf(cell)] !== 'none');
    const waits = cells.map((cell) => cellFreeMs.get(cell) ?? 0);
    const startMs = Math.max(hostFreeMs.get(host) ?? 0, ...waits);
    const timedStep = { ...step, host, startMs, durationMs: sum(step.spent.map(msOf)) };
    const endMs = endOf(timedStep);
    hostFreeMs.set(host, endMs);
    for (const cell of cells) cellFreeMs.set(cell, endMs);
    return timedStep;
  });
}

function migrationsIn(steps: readonly TimedStep[]): readonly Migration[] {
  const found: Migration[] = [];
  for (const step of steps) {
    for (const delivery of step.deliveries) {
      if (kindOf(delivery.cell) === 'source') noteSource(found, delivery, step);
      if (kindOf(delivery.cell) === 'thread') noteThread(found, delivery, step);
    }
  }
  return found;
}

function noteSource(
  found: Migration[],
  { cell, before, after }: TimedDelivery,
  step: TimedStep,
): void {
  const process = objectOf(cell);
  const [from, to] = [textOf(after, 'from'), textOf(after, 'to')];
  const isSame = before.value !== 'idle' && textOf(before, 'from') === from;
  const latest = found.findLastIndex((each) => each.process === process);
  const open = found[latest];
  if (before.value !== 'idle' && open !== undefined) {
    found[latest] =
      isSame && after.value !== 'idle' ? { ...open, to } : { ...open, endMs: endOf(step) };
  }
  if (after.value === 'idle' || isSame) return;
  const { startMs } = step;
  found.push({ process, from, to, startMs, endMs: null, frozenAtMs: null, frozenUntilMs: null });
}

function noteThread(
  found: Migration[],
  { cell, before, after }: TimedDelivery,
  step: TimedStep,
): void {
  if ((before.value === 'frozen') === (after.value === 'frozen')) return;
  const latest = found.findLastIndex(({ process }) => process === objectOf(cell));
  const migration = found[latest];
  if (migration === undefined) return;
  found[latest] =
    after.value === 'frozen'
      ? { ...migration, frozenAtMs: step.startMs }
      : { ...migration, frozenUntilMs: endOf(step) };
}

function termCost(term: Term, steps: readonly TimedStep[]): TermCost {
  const ownOf = ({ spent }: TimedStep): readonly Priced[] =>
    spent.filter(({ charge }) => charge.term === term);
  const own = steps.flatMap(ownOf);
  const explainedMs = sum(own.map(({ rpcMs, dataMs }) => rpcMs + dataMs));
  const residualMs = sum(own.map((each) => each.residualMs));
  return {
    term,
    units: sum(own.map(({ charge }) => charge.units ?? 0)),
    explainedMs,
    residualMs,
    totalMs: explainedMs + residualMs,
    hosts: byHost(steps, (step) => sum(ownOf(step).map(msOf))),
  };
}

function byHost(steps: readonly TimedStep[], ms: (step: TimedStep) => number): readonly HostCost[] {
  const hosts = [...new Set(steps.map(({ host }) => host))].toSorted();
  return hosts.map((host) => ({
    host,
    totalMs: sum(steps.filter((step) => step.host === host).map(ms)),
  }));
}

function rpcCost(rpc: Rpc, spent: readonly Priced[]): RpcCost {
  const requests = spent.filter(({ charge }) => charge.request === rpc);
  const replies = spent.filter(({ charge }) => charge.reply === rpc);
  const totalMs = sum([...new Set([...requests, ...replies])].map(({ rpcMs }) => rpcMs));
  return { rpc, requests: requests.length, replies: replies.length, totalMs };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
