/**
 * Whether a condition of the machines matters, or a parameter that they send: it does if the repaired
 * kernel without it shows a difference somewhere (../kernel-difference.ts).
 */
import { sprite } from '../../model/kernel.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import { baseOf, compared, difference } from '../kernel-difference.ts';
import type { Judged } from './judged.ts';
import type { Site } from './sites.ts';
import { activate, NO_SITE, takeTouched } from './switch.ts';

const touchedIn = new Map<Scenario, ReadonlySet<number>>();

export function judge({ id }: Pick<Site, 'id'>): Judged {
  let isTouched = false;
  for (const scenario of compared) {
    if (!touchedBy(scenario).has(id)) continue;
    isTouched = true;
    activate(id);
    const how = difference(sprite, scenario, baseOf(scenario));
    activate(NO_SITE);
    if (how !== undefined) return { noticed: `${scenario.name}: ${how}`, isTouched };
  }
  return { noticed: undefined, isTouched };
}

/** The changes that would make a difference in some state of a scenario. */
function touchedBy(scenario: Scenario): ReadonlySet<number> {
  const known = touchedIn.get(scenario);
  if (known !== undefined) return known;
  takeTouched();
  baseOf(scenario);
  const touched = takeTouched();
  touchedIn.set(scenario, touched);
  return touched;
}
