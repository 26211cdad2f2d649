/** Every scenario that is shipped, by name. */
import * as general from './general.ts';
import type { Scenario } from './scenario.ts';
import * as small from './small.ts';

export const scenarios: readonly Scenario[] = [...Object.values(small), ...Object.values(general)];
