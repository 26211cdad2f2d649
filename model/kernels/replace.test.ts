// A part with something replaced differs in that alone. Only what exists can be replaced. The
// differences of several kernels add up.

import { describe, expect, test } from '@jest/globals';
import { and, assign } from 'xstate';
import { advance } from '../../checker/engine/xstate.ts';
import { sprite, type Kernel } from '../kernel.ts';
import { fileContext } from '../machines/file.machine.ts';
import { shadowContext } from '../machines/shadow.machine.ts';
import { just } from '../part.ts';
import { on, type Event, type Json, type Local, type Look } from '../vocabulary/cell.ts';
import { combined } from './combine.ts';
import { differencesBetween, type PartDifference } from './differences.ts';
import { alsoObserving, insteadOf, partWith } from './replace.ts';

type Machine = Parameters<typeof advance>[0];

const scenario = {
  name: 's',
  title: '',
  hosts: ['A'],
  files: ['f'],
  processes: [],
  descriptors: 1,
};
const place = { scenario, process: 'p' };

/** The local state of a cell after an event; undefined if the cell does not take it. */
function after(machine: Machine, held: Local, event: Event): Local | undefined {
  const answer = advance(machine, held, event);
  return typeof answer === 'symbol' ? undefined : answer.next;
}

function names(kernel: Kernel, part: 'service' | 'shadow' | 'file' | 'recall'): readonly string[] {
  const listed: readonly PartDifference[] = differencesBetween<never>(kernel[part], sprite[part]);
  return listed.map(({ kind, name }) => `${kind} ${name}`);
}

describe('a part with a replacement', () => {
  test('has another guard, and the rest as it was', () => {
    const part = partWith(sprite.file, { guards: { isThere: () => true } });
    expect(names({ ...sprite, file: part }, 'file')).toEqual(['guard isThere']);
    const gone = { ...fileContext, linked: false, removals: 1 };
    const held = { value: 'present', context: gone };
    const event = { type: 'removeIfUnused' };
    expect(after(sprite.file.machine, held, event)?.context).toMatchObject({ removals: 1 });
    expect(after(part.machine, held, event)?.context).toMatchObject({ removals: 2 });
  });

  test('has another transition in one state, and its guards and actions still', () => {
    const part = partWith(sprite.shadow, {
      transitions: { present: { left: (before) => [{ actions: 'ignore' }, ...before] } },
    });
    expect(names({ ...sprite, shadow: part }, 'shadow')).toEqual(['transition present.left']);
    const held = { value: 'present', context: { ...shadowContext, clients: ['A'] } };
    expect(after(part.machine, held, { type: 'left', host: 'A' })?.value).toBe('present');
    const moved = { type: 'moved', source: 'A', target: 'B', sourceInUse: false, offset: 3 };
    expect(after(part.machine, held, moved)).toEqual(after(sprite.shadow.machine, held, moved));
  });

  test('has another transition in a state that has none of its own', () => {
    const part = partWith(sprite.stream, {
      anywhere: { crashed: { target: '.closing' } },
    });
    const held = { value: 'open', context: {} };
    expect(after(sprite.stream.machine, held, { type: 'crashed' })?.value).toBe('absent');
    expect(after(part.machine, held, { type: 'crashed' })?.value).toBe('closing');
  });

  test('has one more state, guard and action, and an offer in that state', () => {
    const part = partWith(sprite.shadow, {
      adds: {
        guards: { isAlone: ({ context }) => context.clients.length === 1 },
        actions: { count: assign(({ context }) => ({ offset: context.offset + 10 })) },
        states: { resting: { advanced: { target: 'present', actions: 'count' } } },
      },
      offers: { resting: just('advanced') },
      transitions: {
        present: { advanced: { guard: and(['isAlone']), target: 'resting', actions: 'count' } },
      },
    });
    const held = { value: 'present', context: { ...shadowContext, clients: ['A'] } };
    const first = after(part.machine, held, { type: 'advanced' });
    expect(first).toMatchObject({ value: 'resting', context: { offset: 10 } });
    const second = after(part.machine, first ?? held, { type: 'advanced' });
    expect(second).toMatchObject({ value: 'present', context: { offset: 20 } });
    expect(part.offers).toHaveProperty('resting');
  });

  test('shares its machine if only observations or offers differ', () => {
    const part = partWith(sprite.release, {
      observes: {
        served: (look, where, event) => ({
          ...sprite.release.observes.served(look, where, event),
          offset: 7,
        }),
      },
      offers: { sent: () => [] },
    });
    expect(part.machine).toBe(sprite.release.machine);
    const listed = differencesBetween<never>(part, sprite.release);
    expect(listed.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'observation served',
      'offer sent',
    ]);
  });
});

describe('a name that does not exist', () => {
  const refused: readonly (readonly [string, () => unknown])[] = [
    // @ts-expect-error there is no such guard
    ['guard "isTher"', () => partWith(sprite.file, { guards: { isTher: () => true } })],
    // @ts-expect-error there is no such action
    ['action "forgte"', () => partWith(sprite.shadow, { actions: { forgte: () => undefined } })],
    // @ts-expect-error there is no such observation
    ['observation "sevred"', () => partWith(sprite.release, { observes: { sevred: () => ({}) } })],
    // @ts-expect-error there is no such state
    ['state "snt"', () => partWith(sprite.release, { offers: { snt: just('served') } })],
    // @ts-expect-error there is no such event
    ['event "lft"', () => partWith(sprite.shadow, { transitions: { present: { lft: [] } } })],
    // @ts-expect-error there is no such field
    ['field "guard"', () => partWith(sprite.file, { guard: { isThere: () => true } })],
    // @ts-expect-error there is no such state
    ['state "presnt"', () => partWith(sprite.shadow, { transitions: { presnt: {} } })],
  ];

  test.each(refused)('is not replaced: %s', (what, make) => {
    expect(make).toThrow(new RegExp(`^\\w+ has no ${what} to replace: expected one of \\w+`));
  });

  test('is added only where it does not exist', () => {
    expect(() => partWith(sprite.file, { adds: { guards: { isThere: () => true } } })).toThrow(
      'file has a guard "isThere": replace it instead of adding it',
    );
  });

  test('is not replaced by place: no transition leads there', () => {
    expect(() => insteadOf([{ target: 'idle' }], 'idel', { target: 'idle' })).toThrow(
      'no transition leads to "idel": expected one of idle',
    );
  });

  test('does not compile if only the compiler can find the error', () => {
    const uncalled = (): unknown[] => [
      // @ts-expect-error no such guard in a transition
      partWith(sprite.shadow, { transitions: { present: { left: { guard: and(['isLst']) } } } }),
      // @ts-expect-error no such action in a transition
      partWith(sprite.shadow, { transitions: { present: { left: { actions: ['ignor'] } } } }),
      // @ts-expect-error no such event
      partWith(sprite.shadow, { transitions: { present: { lft: { actions: 'ignore' } } } }),
      // @ts-expect-error the event is sent with a host
      partWith(sprite.shadow, { offers: { present: just('left') } }),
      // @ts-expect-error a fact is missing
      partWith(sprite.entry, { observes: { closed: () => ({}) } }),
      // @ts-expect-error a fact is misspelled
      partWith(sprite.entry, { observes: { closed: () => ({ lastWritr: true }) } }),
      // @ts-expect-error no observation gives this fact to the guard
      partWith(sprite.entry, { guards: { isCached: ({ event }) => on(event, 'closed').isOld } }),
    ];
    expect(uncalled).toBeInstanceOf(Function);
    // @ts-expect-error a part of another place
    const wrong: Kernel = { ...sprite, file: sprite.host };
    expect(wrong.file).toBe(sprite.host);
  });
});

describe('an added fact', () => {
  const older = alsoObserving(sprite.entry, 'closed', () => ({ isOld: true }));
  const part = partWith(older, {
    guards: { isCached: ({ event }) => event.type === 'closed' && event.isOld },
  });
  const local = (held: Json): Local => ({ value: 'present', context: held });

  test('comes with the others', () => {
    const look: Look = () => local({ ...fileContext, lastWriter: 'A' });
    const facts = part.observes.closed(
      look,
      { scenario, file: 'f', host: 'A' },
      {
        type: 'closed',
        mode: 'read',
        lastDirtyBlock: false,
      },
    );
    expect(facts).toEqual({ lastWriter: true, isOld: true });
  });
});

describe('several kernels in one', () => {
  const first: Kernel = {
    ...sprite,
    modules: ['files', 'memory'],
    service: partWith(
      alsoObserving(sprite.service, 'releaseTaken', () => ({ seen: 1 })),
      {
        offers: { arrived: () => [] },
      },
    ),
    shadow: partWith(sprite.shadow, {
      guards: { isLastClient: () => false },
      transitions: { present: { left: { actions: 'ignore' } } },
    }),
  };
  const second: Kernel = {
    ...sprite,
    modules: ['files', 'signals'],
    service: partWith(sprite.service, {
      observes: {
        releaseTaken: (look, where, event) => ({
          ...sprite.service.observes.releaseTaken(look, where, event),
          inUse: true,
        }),
      },
    }),
    shadow: partWith(sprite.shadow, {
      actions: { forget: () => undefined },
      transitions: { present: { advanced: { actions: 'ignore' } } },
    }),
  };
  const both = combined([first, second]);

  test('differ in everything in which each differs', () => {
    expect(names(both, 'shadow').toSorted()).toEqual([
      'action forget',
      'guard isLastClient',
      'transition present.advanced',
      'transition present.left',
    ]);
    expect(names(both, 'service')).toEqual(['observation releaseTaken', 'offer arrived']);
    expect(both.modules).toEqual(['files']);
    expect(both.file).toBe(sprite.file);
  });

  test('make the changed observations of each', () => {
    const held = { inUse: false, isRefused: false, offset: 4 };
    const look: Look = () => ({ value: 'answered', context: held });
    const facts = both.service.observes['releaseTaken']?.(look, place, { type: 'releaseTaken' });
    expect(facts).toEqual({ answered: true, isRefused: false, offset: 4, seen: 1, inUse: true });
  });
});
