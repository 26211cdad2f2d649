/** Every shipped scenario. The small ones are grouped by subject. */
import * as arrivals from './arrivals.ts';
import * as consistency from './consistency.ts';
import * as crashMeetings from './crash-meetings.ts';
import * as crashes from './crashes.ts';
import * as families from './families.ts';
import * as general from './general.ts';
import * as meetings from './meetings.ts';
import * as moreThanOne from './more-than-one.ts';
import * as olderCopies from './older-copies.ts';
import * as processes from './processes.ts';
import type { Scenario } from './scenario.ts';
import * as streams from './streams.ts';
import * as twice from './twice.ts';

export const scenarios: readonly Scenario[] = [
  streams,
  consistency,
  olderCopies,
  arrivals,
  meetings,
  moreThanOne,
  families,
  processes,
  crashes,
  crashMeetings,
  twice,
  general,
].flatMap((each) => Object.values(each));
