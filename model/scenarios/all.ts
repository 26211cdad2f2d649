/** Every scenario that is shipped, by name. */
import type { Scenario } from './scenario.ts';
import {
  clientDiesInRecall,
  closeAtTheSource,
  doubleMigration,
  openDuringReply,
  readDuringTransfer,
  sameTarget,
  sequentialSharing,
  threePartyClose,
  twoClosers,
  unlinkedTravels,
  writerLeavesReader,
} from './small.ts';

export const scenarios: readonly Scenario[] = [
  doubleMigration,
  readDuringTransfer,
  sameTarget,
  unlinkedTravels,
  writerLeavesReader,
  openDuringReply,
  closeAtTheSource,
  sequentialSharing,
  twoClosers,
  clientDiesInRecall,
  threePartyClose,
];
