/**
 * Replays a story by name, from the initial state, and says how far it got.
 *   Steps are names and parameters, never numbers of choices, so a story can be replayed on a protocol
 *   that has changed since. The replay stops at the first violation that it was asked for, or at the
 *   first step that is no longer possible.
 */
import { canonical } from '../text/canonical-json.ts';
import { EVERY_EVENT_IS_SPECIFIED } from '../claims/unspecified-event.ts';
import { whyNoStart } from '../engine/starts.ts';
import { hashWorld } from '../engine/world-hash.ts';
import type { Violation } from '../claims/monitor.ts';
import { didYouMean, nearestOf } from '../text/nearest-name.ts';
import { clipped, printable } from '../text/printable.ts';
import type { Claim } from '../specification/property.ts';
import { eventOf, type Local, type Step, type Story } from '../specification/protocol.ts';
import { createStepper, type Refusal } from './stepper.ts';
import type { System } from '../engine/system.ts';

/** A violation and the number of steps after which it was found; 0 is the start. */
export type SeenViolation = { readonly violation: Violation; readonly step: number };

export type Stale = {
  /** Counted from 1; 0 if the start does not exist. */
  readonly step: number;
  readonly reason: 'unknown start' | 'unknown cell' | Refusal;
  /** One line, for people. */
  readonly why: string;
};

export type Run = {
  /** Number of steps that were taken. A step with an unspecified event is not taken and not counted. */
  readonly performed: number;
  /** The first violation that was asked for. */
  readonly seen: SeenViolation | undefined;
  /** The first violation of another property on the way. */
  readonly besides: SeenViolation | undefined;
  readonly stale: Stale | undefined;
  /** Properties with a claim that met the bound of what it looks ahead: held as far as is known. */
  readonly undecided: readonly string[];
  readonly row: Int32Array;
  /** A hash of the last state: see engine/world-hash.ts. */
  readonly lastWorld: string;
};

export type RunOptions = {
  /** Which violation ends the replay. By default any. */
  readonly stopAt?: (violation: Violation) => boolean;
};

export function runSteps(
  system: System,
  claims: readonly Claim[],
  { start, steps }: Story,
  { stopAt = () => true }: RunOptions = {},
): Run {
  const stepper = createStepper(system, claims);
  let performed = 0;
  let seen: SeenViolation | undefined;
  let besides: SeenViolation | undefined;
  let stale: Stale | undefined;

  const unknownStart = whyNoStart(start, system.starts);
  if (unknownStart === undefined) note(stepper.restart(start), 0);
  else stale = { step: 0, reason: 'unknown start', why: `${system.protocol.name} ${unknownStart}` };
  for (const [index, step] of steps.entries()) {
    if (seen !== undefined || unknownStart !== undefined) break;
    const taken = takeStep(step, index + 1);
    if (taken === undefined) break;
    note(taken, index + 1);
    if (taken.some(({ property }) => property === EVERY_EVENT_IS_SPECIFIED)) break;
    performed++;
  }
  if (seen === undefined && stale === undefined && performed === steps.length)
    note(stepper.end(), performed);

  return {
    performed,
    seen,
    besides,
    stale,
    undecided: stepper.undecided(),
    row: stepper.row.slice(),
    lastWorld: hashWorld(system, stepper.row),
  };

  function takeStep(step: Step, number: number): readonly Violation[] | undefined {
    const unknown = unknownCell(system, step.at);
    if (unknown !== undefined) {
      stale = { step: number, reason: 'unknown cell', why: unknown };
      return undefined;
    }
    const cell = system.indexOf(step.at);
    const taken = stepper.take(system.delivery(step.at, eventOf(step)));
    if (typeof taken !== 'string') return taken;
    stale = {
      step: number,
      reason: taken,
      why: printable(whyNot(system, stepper.row, cell, step, taken)),
    };
    return undefined;
  }

  function note(violations: readonly Violation[], step: number): void {
    for (const violation of violations) {
      if (seen === undefined && stopAt(violation)) seen = { violation, step };
      else if (!stopAt(violation)) besides ??= { violation, step };
    }
  }
}

/** The message for a cell that does not exist, with the nearest name; undefined if the cell exists. */
export function unknownCell(system: System, name: string): string | undefined {
  const names = system.protocol.cells.map((cell) => cell.name);
  if (names.includes(name)) return undefined;
  return printable(`no cell is called "${clipped(name)}"${nearestOf(name, names)}`);
}

function whyNot(
  system: System,
  row: Int32Array,
  cell: number,
  step: Step,
  refusal: Refusal,
): string {
  const id = row[cell] as number;
  const said = `${step.at}, now ${localText(system.local(cell, id))},`;
  const asked = `${step.action} ${canonical(step.params)}`;
  if (refusal === 'refused') return `${said} refuses ${asked}`;
  const offered = [...system.offers(cell, id)].map((delivery) => system.eventOf(delivery).type);
  const names = [...new Set(offered)];
  const instead = names.length === 0 ? 'nothing' : names.join(', ');
  const hint = names.includes(step.action) ? '' : didYouMean(step.action, names);
  return `${said} does not offer ${asked}; it offers ${instead}${hint}`;
}

function localText({ value, context, ...beside }: Local): string {
  const few = Object.keys(beside).length === 0 ? '' : ` ${canonical(beside)}`;
  return `${canonical(value)} ${canonical(context)}${few}`;
}
