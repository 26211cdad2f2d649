/** The names of meetings. */
import { lasting, type Kind } from './activities.ts';

/** Two activities, in the order of their list. */
export function pairName(kind: Kind, a: string, b: string): string {
  const order = lasting[kind];
  const [first, second] = order.indexOf(a) <= order.indexOf(b) ? [a, b] : [b, a];
  return `${kind}: ${first} + ${second}`;
}

/** An event of one step, and the activity that it meets. */
export function beside(kind: Kind, event: string, activity: string): string {
  return `${kind}: ${event} during ${activity}`;
}
