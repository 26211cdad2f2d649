/** The cells that a violated claim reads: the changes of the last step there broke it. */
import { runSteps } from '../../checker/stories/strict-replay.ts';
import type { Claim, Finding } from '../../checker/specification/property.ts';
import type { Look, Story, View } from '../../checker/specification/protocol.ts';
import type { Json } from '../../checker/text/json.ts';
import type { System } from '../../checker/engine/system.ts';

/** Names. Empty if the claim reads more than one state, or if no claim finds the same. */
export function wrongCells(
  { system, claims }: { readonly system: System; readonly claims: readonly Claim[] },
  story: Story,
  finding: Finding,
): ReadonlySet<string> {
  const look = system.look(runSteps(system, [], story).row);
  for (const { test } of claims) {
    const read = new Set<string>();
    const watched = ((name: string, view?: View<Json>) => {
      read.add(name);
      return view === undefined ? look(name) : look(name, view);
    }) as Look;
    const found = test(watched);
    if (found !== undefined && isSame(found, finding)) return read;
  }
  return new Set();
}

function isSame(a: Finding, b: Finding): boolean {
  return a.subject === b.subject && a.expected === b.expected && a.found === b.found;
}
