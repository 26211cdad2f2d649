/** One exploration decides several rows: each gets an equal share of its time. */
import type { Explored } from './measurements.ts';

/** Rows: its counts and, if properties are checked, each of them and the checker's own. */
export function shareMs({ applied, ms }: Pick<Explored, 'applied' | 'ms'>): number {
  return applied.length === 0 ? ms : ms / (applied.length + 2);
}
