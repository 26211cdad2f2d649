/** Every shipped scenario. The small ones are grouped by subject. */
import * as arrivals from './arrivals.ts';
import * as consistency from './consistency.ts';
import * as crashes from './crashes.ts';
import * as families from './families.ts';
import * as general from './general.ts';
import * as meetings from './meetings.ts';
import * as olderCopies from './older-copies.ts';
import * as processes from './processes.ts';
import type { Scenario } from './scenario.ts';
import * as streams from './streams.ts';

export const scenarios: readonly Scenario[] = [
  streams,
  consistency,
  olderCopies,
  arrivals,
  meetings,
  families,
  processes,
  crashes,
  general,
].flatMap((each) => Object.values(each));
