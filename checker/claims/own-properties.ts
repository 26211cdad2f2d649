/** The properties that no specification states: the checker looks at them by itself, everywhere. */
import { EVERY_EVENT_IS_SPECIFIED } from './unspecified-event.ts';

export const ownProperties: readonly string[] = [EVERY_EVENT_IS_SPECIFIED];
