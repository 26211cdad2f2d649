/** Every scenario that is shipped, by name. */
import type { Scenario } from './scenario.ts';
import { doubleMigration } from './small.ts';

export const scenarios: readonly Scenario[] = [doubleMigration];
