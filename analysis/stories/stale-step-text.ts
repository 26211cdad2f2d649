/** Why a stored step no longer takes place, in the words of the story. */
import type { Story } from '../../checker/specification/protocol.ts';
import { printable } from '../../checker/text/printable.ts';
import { runSteps, type Stale } from '../../checker/stories/strict-replay.ts';
import type { StepText } from './story-text.ts';

/** Bound on the offers in the line: a longer list is not read. */
const MOST_OFFERS = 4;

/** One line: `stale at step 3 because ...`. */
export function staleText(
  { system, spec: { words } }: StepText,
  { start, steps }: Story,
  { step, why }: Stale,
): string {
  if (step === 0) return printable(`stale because ${why}`);
  const [begin, at] = [`stale at step ${step} because`, steps[step - 1]];
  if (at === undefined || !system.protocol.cells.some(({ name }) => name === at.at)) {
    return printable(`${begin} ${why}`);
  }
  const { row } = runSteps(system, [], { start, steps: steps.slice(0, step - 1) });
  const cell = system.indexOf(at.at);
  const id = row[cell] as number;
  const local = system.local(cell, id);
  const offered = [...system.offers(cell, id)];
  const said = words.sentence(at, local);
  const now = words.state(at.at, local);
  if (offered.includes(system.delivery(at.at, { ...at.params, type: at.action }))) {
    return printable(`${begin} "${said}" must wait for something else: ${now}`);
  }
  const instead = offered.slice(0, MOST_OFFERS).map((delivery) => {
    const { type, ...params } = system.eventOf(delivery);
    return `"${words.sentence({ at: at.at, action: type, params }, local)}"`;
  });
  const more = offered.length > MOST_OFFERS ? ', …' : '';
  const may = instead.length === 0 ? 'nothing can begin there' : instead.join(', ');
  const possible = instead.length === 0 ? may : `what can happen there is ${may}${more}`;
  return printable(`${begin} "${said}" cannot happen: ${now}, and ${possible}`);
}
