/** A story step by step: the world after each step, and each step in words. */
import {
  eventOf,
  type Local,
  type Look,
  type Step,
  type Story,
} from '../../checker/specification/protocol.ts';
import { enabledIn } from '../../checker/engine/enabled.ts';
import type { System } from '../../checker/engine/system.ts';
import type { Loaded } from '../specification/loaded.ts';

export type SteppedText = { readonly step: number; readonly host: string; readonly text: string };

export type SteppedStory = {
  readonly spec: Loaded;
  readonly system: System;
  readonly start: string | undefined;
  readonly steps: readonly Step[];
  readonly texts: readonly SteppedText[];
  /** The world in which it begins, and the one after each step. */
  readonly worlds: readonly Int32Array[];
};

/** The steps must take place; if the last meets an unspecified event, the world stays as it was. */
export function steppedStory(
  { spec, system }: { readonly spec: Loaded; readonly system: System },
  { start, steps }: Story,
): SteppedStory {
  const row = system.initial(start);
  const worlds = [row.slice()];
  const texts = steps.map((step, index) => {
    const before = local(system, row, step.at);
    system.perform(row, system.delivery(step.at, eventOf(step)));
    if (system.unspecified() !== undefined) system.undo(row);
    worlds.push(row.slice());
    const after = local(system, row, step.at);
    const host = spec.words.actor({ cell: step.at, event: eventOf(step), before, after });
    return { step: index + 1, host, text: spec.words.sentence(step, before) };
  });
  return { spec, system, start, steps, texts, worlds };
}

export function lookAfter({ system, start, worlds }: SteppedStory, step: number): Look {
  return system.look(worlds[step] ?? system.initial(start));
}

/** The last world. */
export function lastOf({ worlds }: SteppedStory): number {
  return worlds.length - 1;
}

/**
 * The first step of the last unbroken stretch in which the condition holds; undefined if it does not
 * hold at `last`.
 */
export function firstStepOfLastStretch(
  story: SteppedStory,
  isSo: (look: Look) => boolean,
  last = lastOf(story),
): number | undefined {
  let since: number | undefined;
  for (let step = last; step >= 0 && isSo(lookAfter(story, step)); step--) since = step;
  return since;
}

/** Far more than any call needs: a longer activity never ends. */
const LONGEST = 1000;

/**
 * The world in which all activities of the end of the story are over, without a new choice. If the
 * specification does not name its choices, the last world.
 */
export function restAfter({ spec, system, start, worlds }: SteppedStory): Look {
  const row = (worlds.at(-1) ?? system.initial(start)).slice();
  const chosen = spec.choices?.chosen;
  if (chosen === undefined) return system.look(row);
  for (let step = 0; step < LONGEST; step++) {
    const next = enabledIn(system, row).find((each) => !chosen.has(system.eventOf(each).type));
    if (next === undefined || !system.perform(row, next)) break;
    if (system.unspecified() !== undefined) {
      system.undo(row);
      break;
    }
  }
  return system.look(row);
}

function local(system: System, row: Int32Array, name: string): Local {
  const cell = system.indexOf(name);
  return system.local(cell, row[cell] as number);
}
