/** Questions about all the worlds of a small scenario, answered by visiting them. */
import { explore } from '../../checker/search/explore.ts';
import type { Claim } from '../../checker/specification/property.ts';
import type { Step } from '../../checker/specification/protocol.ts';
import { createSystem, type System } from '../../checker/engine/system.ts';
import { instanceIn } from '../../analysis/specification/instance.ts';
import { scenarios } from '../../model/scenarios/all.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import type { Look } from '../../model/vocabulary/cell.ts';
import type { Host, Process } from '../../model/vocabulary/ids.ts';
import { worldOf, type World } from '../../model/world.ts';
import { loadedSprite } from '../../testing/sprite.ts';

export type Sentence = (world: World, look: Look) => boolean;

export type Worlds = {
  /** A shortest story to a world of which this is true. */
  readonly storyTo: (sentence: Sentence) => readonly Step[] | undefined;
  readonly isPossible: (sentence: Sentence) => boolean;
  readonly isAlways: (sentence: Sentence) => boolean;
  /** Everything that any cell was ever sent, once all worlds have been visited. */
  readonly sent: () => readonly { readonly to: string; readonly event: Event }[];
};

type Event = ReturnType<System['eventOf']>;

const MAX_STATES = 100_000;

export function worldsOf(scenario: string, kernel = 'sprite'): Worlds {
  const { protocol } = instanceIn(loadedSprite, { variant: kernel, scenario, properties: [] });
  return {
    storyTo,
    isPossible: (sentence) => storyTo(sentence) !== undefined,
    isAlways: (sentence) => storyTo((world, look) => !sentence(world, look)) === undefined,
    sent,
  };

  function storyTo(sentence: Sentence): readonly Step[] | undefined {
    const property = 'the sentence';
    const claim: Claim = {
      property,
      kind: 'always',
      test: (look) =>
        sentence(worldOf(look), look) ? { subject: '', expected: '', found: 'so' } : undefined,
    };
    const { found, ending } = explore(createSystem(protocol), {
      claims: [claim],
      maxStates: MAX_STATES,
      stopAt: (violation) => violation.property === property,
    });
    if (ending !== 'closed' && ending !== 'violated') throw new Error(`${scenario}: ${ending}`);
    return found.find(({ violation }) => violation.property === property)?.steps;
  }

  function sent(): readonly { readonly to: string; readonly event: Event }[] {
    const system = createSystem(protocol);
    explore(system, { maxStates: MAX_STATES });
    return Array.from({ length: system.statistics().deliveries }, (_, delivery) => ({
      to: protocol.cells[system.cellOf(delivery)]?.name ?? '',
      event: system.eventOf(delivery),
    }));
  }
}

/** A shipped scenario, with all that the model says of it. */
export function namedScenario(name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found === undefined) throw new Error(`no scenario is called ${name}`);
  return found;
}

/** It runs there, and no migration of it is in progress. */
export function settledOn(
  { thread, source, target }: World,
  process: Process,
  host: Host,
): boolean {
  return (
    thread(process).is === 'user' &&
    thread(process).host === host &&
    source(process).is === 'idle' &&
    target(process).is === 'idle'
  );
}
