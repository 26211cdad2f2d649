/**
 * A log for ShiViz: two lines for each step, the host with its vector clock, and the sentence of the step.
 *
 *   The first line is the expression that reads the rest, the second divides it into executions. ShiViz
 *   finds messages in the clocks: it draws an arrow where the entry of another host grows.
 */
import type { Clock } from './happened-before.ts';
import { findingOf, headlineOf, type StoryDocument } from './story-document.ts';

/** Without an escaped bracket: ShiViz rewrites every round one that opens a group without a name. */
const EVENT = String.raw`(?<host>\S+) (?<clock>\{.*\})\n(?<step>\d+) (?<action>\S+) (?<event>.*)`;
const EXECUTION = '=== (?<trace>.*) ===';

export function shivizOf(story: StoryDocument): string {
  const finding = findingOf(story);
  const last = story.steps.length;
  const events = story.steps.flatMap(({ number, step, host, clock, sentence }) => {
    const end = finding !== undefined && number === last ? `; violated: ${finding}` : '';
    return [`${oneWord(host)} ${clockText(clock)}`, `${number} ${step.action} ${sentence}${end}`];
  });
  return `${[EVENT, EXECUTION, `=== ${headlineOf(story)} ===`, ...events].join('\n')}\n`;
}

/** JSON, hosts in order. */
function clockText(clock: Clock): string {
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(clock)
        .map(([host, count]) => [oneWord(host), count] as const)
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
  );
}

/** A host ends before the first space. Two underscores are one of the name. */
function oneWord(host: string): string {
  return host.replaceAll('_', '__').replaceAll(/\s/g, '_');
}
