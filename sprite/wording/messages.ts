/** Messages in flight: the states of cells that hold one, and the name of its RPC. */
import type { Local } from '../../checker/specification/protocol.ts';
import { fieldsOf } from '../../checker/wording/plain-values.ts';
import { kindOf } from '../../model/vocabulary/ids.ts';

type States = { readonly [state: string]: string | undefined };

/** The headers of the machines say the same. The receiver of a message changes its cell. */
const held: { readonly [kind: string]: States | undefined } = {
  target: {
    asked: 'INIT request',
    accepted: 'INIT reply',
    refused: 'INIT reply',
    transferred: 'ENTIRE request',
    unpacked: 'ENTIRE reply',
    failed: 'ENTIRE reply',
    resuming: 'RESUME request',
    resumed: 'RESUME reply',
    destroying: 'DESTROY request',
  },
  release: { sent: 'RELEASE request', answered: 'RELEASE reply' },
  recall: { sent: 'CONSIST request', answered: 'CONSIST_REPLY request' },
  homeCall: {
    arrived: 'HOME_CALL request',
    repeated: 'HOME_CALL request',
    replied: 'HOME_CALL reply',
  },
  // These name their call.
  service: { arrived: 'request', replied: 'reply' },
};

/** "OPEN request"; undefined where no message is in flight. */
export function messageText(cell: string, local: Local): string | undefined {
  const kind = kindOf(cell);
  const message = typeof local.value === 'string' ? held[kind]?.[local.value] : undefined;
  if (message === undefined || kind !== 'service') return message;
  const { call } = fieldsOf(local);
  return typeof call === 'string' ? `${call.toUpperCase()} ${message}` : undefined;
}
