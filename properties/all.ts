/** Every property, in the order of its code in the catalog. */
import { abortedChangesNothing } from './aborted-changes-nothing.property.ts';
import { cachedUnlessShared } from './cached-unless-shared.property.ts';
import { deadHostsAreForgotten } from './dead-hosts-are-forgotten.property.ts';
import { deadHostsDoNothing } from './dead-hosts-do-nothing.property.ts';
import { entryMatchesHandle } from './entry-matches-handle.property.ts';
import { evictionEnds } from './eviction-ends.property.ts';
import { everyModuleMoves } from './every-module-moves.property.ts';
import { handleCountsStreams } from './handle-counts-streams.property.ts';
import { homeKnowsLocation } from './home-knows-location.property.ts';
import { identityNeverChanges } from './identity-never-changes.property.ts';
import { noCycleOfWaiting } from './no-cycle-of-waiting.property.ts';
import { noNegativeCounts } from './no-negative-counts.property.ts';
import { noResidualDependency } from './no-residual-dependency.property.ts';
import { removalChangesNothing } from './removal-changes-nothing.property.ts';
import { nothingGoesOnForEver } from './nothing-goes-on-for-ever.property.ts';
import { nothingIsLeft } from './nothing-is-left.property.ts';
import { nothingWaitsForEver } from './nothing-waits-for-ever.property.ts';
import { oneDirtyHost } from './one-dirty-host.property.ts';
import { oneOffset } from './one-offset.property.ts';
import { oneRunnableCopy } from './one-runnable-copy.property.ts';
import { pagesSurvive } from './pages-survive.property.ts';
import { readsSeeLastWrite } from './reads-see-last-write.property.ts';
import { referencesAreOwned } from './references-are-owned.property.ts';
import { requesterIsWoken } from './requester-is-woken.property.ts';
import { shadowListsHolders } from './shadow-lists-holders.property.ts';
import { sharedIsKnown } from './shared-is-known.property.ts';
import { statusIsReportedOnce } from './status-is-reported-once.property.ts';
import { statusIsTrue } from './status-is-true.property.ts';
import { transparency } from './transparency.property.ts';
import { unlinkedLivesUntilUnused } from './unlinked-lives-until-unused.property.ts';
import { useCountsSumClients } from './use-counts-sum-clients.property.ts';
import { versionNeverDecreases } from './version-never-decreases.property.ts';
import { writeSharedIsUncached } from './write-shared-is-uncached.property.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const properties: readonly SpriteProperty[] = [
  useCountsSumClients,
  entryMatchesHandle,
  handleCountsStreams,
  shadowListsHolders,
  referencesAreOwned,
  noNegativeCounts,
  sharedIsKnown,
  oneOffset,
  readsSeeLastWrite,
  writeSharedIsUncached,
  oneDirtyHost,
  versionNeverDecreases,
  cachedUnlessShared,
  oneRunnableCopy,
  homeKnowsLocation,
  statusIsTrue,
  statusIsReportedOnce,
  evictionEnds,
  noCycleOfWaiting,
  nothingWaitsForEver,
  nothingGoesOnForEver,
  requesterIsWoken,
  nothingIsLeft,
  deadHostsAreForgotten,
  deadHostsDoNothing,
  unlinkedLivesUntilUnused,
  identityNeverChanges,
  abortedChangesNothing,
  pagesSurvive,
  everyModuleMoves,
  noResidualDependency,
  removalChangesNothing,
  transparency,
];
