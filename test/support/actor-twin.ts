/**
 * A machine run twice: by XState itself, as an actor whose clock the test turns, and by the checker,
 * one event at a time from what the cell holds. After each step both must hold the same.
 */
import {
  createActor,
  createMachine,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type InspectionEvent,
} from 'xstate';
import { advance, initialLocal, refused, timersDue } from '../../checker/engine/xstate.ts';
import { createPrng } from '../../checker/random/prng.ts';
import type { Effect, Event, Local } from '../../checker/specification/protocol.ts';
import { canonical } from '../../checker/text/canonical-json.ts';
import type { Json } from '../../checker/text/json.ts';

export function machineOf(config: object, implementations: object = {}): AnyStateMachine {
  return createMachine(config as never, implementations as never) as AnyStateMachine;
}

/** What was met on the way: local states as text, and the events that were taken. */
export type Met = { readonly held: ReadonlySet<string>; readonly taken: ReadonlySet<string> };

/** An effect action for both: the actor's are noted, the checker's returned. */
export type Sends = (effect: Effect) => Effect;

export type Walks = {
  readonly seed?: number;
  readonly walks?: number;
  readonly steps?: number;
  /** A new actor for each event, from the stored snapshot of the one before. */
  readonly restored?: boolean;
};

/**
 * Walks at random, from the start each time. `build` makes the machine with a function through
 * which its actions send. Throws at the first difference, with the way that led there.
 */
export function walkTwins(
  build: (sends: Sends) => AnyStateMachine,
  events: readonly Event[],
  { seed = 1, walks = 40, steps = 25, restored = false }: Walks = {},
): Met {
  const noted: Effect[] = [];
  const machine = build((effect) => {
    noted.push(effect);
    return effect;
  });
  const prng = createPrng(seed);
  const held = new Set<string>();
  const taken = new Set<string>();
  for (let walk = 0; walk < walks; walk++) {
    // The checker first: what never comes to rest ends there.
    let local = initialLocal(machine, (machine.config.context ?? {}) as Json);
    const actor = restored ? restoredActors(machine) : livingActor(machine);
    const way: string[] = [];
    for (let step = 0; step <= steps; step++) {
      held.add(canonical(local));
      same(way, actor.held(), local);
      const due = timersDue(machine, local).map(({ type }) => type);
      const running = actor.running();
      if (
        due.some((type) => !running.includes(type)) ||
        (due.length === 0) !== (running.length === 0)
      ) {
        throw new Error(`${way.join(', ')}: due ${due.join()}, running ${running.join()}`);
      }
      const choices = [...events, ...due.map((type) => ({ type }))];
      const chosen = choices[prng.below(choices.length)] as Event;
      way.push(canonical(chosen));
      const found = advance(machine, local, chosen);
      noted.length = 0;
      if (due.includes(chosen.type)) actor.fire(chosen.type);
      else actor.send(chosen);
      const sent = [...noted];
      if (found === refused) {
        if (sent.length > 0)
          throw new Error(`${way.join(', ')}: refused, and sends ${canonical(sent)}`);
        continue;
      }
      taken.add(chosen.type);
      if (canonical(found.effects) !== canonical(sent)) {
        throw new Error(`${way.join(', ')}: ${canonical(found.effects)}, actor ${canonical(sent)}`);
      }
      local = JSON.parse(canonical(found.next)) as Local;
    }
  }
  return { held, taken };
}

function same(way: readonly string[], actor: Omit<Local, 'spent'>, local: Local): void {
  const { value, context, history } = local;
  const known = { value, context, ...(history === undefined ? {} : { history: sorted(history) }) };
  const [a, b] = [canonical(actor), canonical(known)];
  if (a !== b) throw new Error(`after ${way.join(', ')}: actor ${a}, checker ${b}`);
}

/** XState's own order of remembered states depends on how they were entered. */
function sorted(history: NonNullable<Local['history']>): NonNullable<Local['history']> {
  return Object.fromEntries(Object.entries(history).map(([id, held]) => [id, held.toSorted()]));
}

/** An actor as the walk sees it. */
type Twin = {
  readonly running: () => readonly string[];
  readonly send: (event: Event) => void;
  /** Lets a timer go off. */
  readonly fire: (type: string) => void;
  readonly held: () => Omit<Local, 'spent'>;
};

/** One actor from start to end, whose clock is turned by hand. */
function livingActor(machine: AnyStateMachine): Twin {
  const running = new Map<string, () => void>();
  const typeOf = new Map<number, string>();
  let ids = 0;
  const clock = {
    setTimeout: (ring: () => void): number => {
      // XState writes down what is scheduled before it sets the clock.
      const { _scheduledEvents: scheduled } = actor.system.getSnapshot();
      const type = Object.values(scheduled).at(-1)?.event.type as string;
      running.set(type, ring);
      typeOf.set(++ids, type);
      return ids;
    },
    clearTimeout: (id: number): void => {
      running.delete(typeOf.get(id) ?? '');
    },
  };
  const actor = createActor(machine, { clock, logger: () => undefined } as never);
  actor.start();
  return {
    running: () => [...running.keys()],
    send: (event) => actor.send(event),
    fire: (type) => {
      const ring = running.get(type);
      running.delete(type);
      ring?.();
    },
    held: () => heldIn(actor.getSnapshot()),
  };
}

/** A new actor for each event, restored from the snapshot that the one before it left. */
function restoredActors(machine: AnyStateMachine): Twin {
  const running = new Set<string>();
  const clock = { setTimeout: () => 0, clearTimeout: () => undefined };
  const options = { clock, logger: () => undefined, inspect };
  let actor = createActor(machine, options as never);
  actor.start();
  return {
    running: () => [...running],
    send,
    fire: (type) => {
      running.delete(type);
      send({ type });
    },
    held: () => heldIn(actor.getSnapshot()),
  };

  function send(event: Event): void {
    const snapshot = JSON.parse(JSON.stringify(actor.getPersistedSnapshot())) as never;
    actor = createActor(machine, { ...options, snapshot } as never);
    actor.start();
    actor.send(event);
  }

  function inspect(inspected: InspectionEvent): void {
    if (inspected.type !== '@xstate.action') return;
    const { id, sendId, delay } = (inspected.action.params ?? {}) as Record<string, unknown>;
    if (inspected.action.type === 'xstate.cancel') running.delete(String(sendId));
    if (inspected.action.type === 'xstate.raise' && delay !== undefined) running.add(String(id));
  }
}

function heldIn({ value, context, historyValue }: AnyMachineSnapshot): Omit<Local, 'spent'> {
  const history = Object.entries(
    historyValue as Record<string, readonly { readonly id: string }[]>,
  ).map(([id, nodes]) => [id, nodes.map((node) => node.id)] as const);
  return {
    value: value as Json,
    context: context as Json,
    ...(history.length === 0 ? {} : { history: sorted(Object.fromEntries(history)) }),
  };
}
