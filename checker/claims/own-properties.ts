/** The checker's own properties, which it checks for every protocol. */
import type { ClaimKind } from '../specification/property.ts';
import { looksForDeadlocks, NO_DEADLOCK } from './deadlock.ts';
import type { Protocol } from '../specification/protocol.ts';
import { EVERY_EVENT_IS_SPECIFIED } from './unspecified-event.ts';

export type OwnProperty = {
  readonly id: string;
  readonly statement: string;
  readonly kind: ClaimKind;
  /** When it must hold, exactly. */
  readonly quiescence: string;
  /** The file that checks it, relative to the project. */
  readonly file: string;
};

export const ownProperties: readonly OwnProperty[] = [
  {
    id: NO_DEADLOCK,
    statement:
      'Some step can be taken, faults apart, unless the field `deadlock` of the protocol says that it may stop there.',
    kind: 'whenStuck',
    quiescence: 'every state, unless the protocol turns it off and says why',
    file: 'checker/claims/deadlock.ts',
  },
  {
    id: EVERY_EVENT_IS_SPECIFIED,
    statement: 'Every event that reaches a cell is one its state takes.',
    kind: 'always',
    quiescence: 'every state',
    file: 'checker/claims/unspecified-event.ts',
  },
];

export const ownPropertyIds: readonly string[] = ownProperties.map(({ id }) => id);

export function isOwnProperty(id: string): boolean {
  return ownPropertyIds.includes(id);
}

/** Whether a search checked it, given what applied there: specified events are checked in every search. */
export function isAsked(id: string, applied: readonly string[]): boolean {
  return id === EVERY_EVENT_IS_SPECIFIED || applied.includes(id);
}

/** The own properties that apply to this protocol only; the other one always applies. */
export function ownAppliedIn(protocol: Protocol): readonly string[] {
  return looksForDeadlocks(protocol) ? [NO_DEADLOCK] : [];
}
