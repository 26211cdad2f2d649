/** What a failed expectation says: the finding, the story, how far was searched, what to do next. */
import { ownProperties } from '../checker/claims/own-properties.ts';
import { printable } from '../checker/text/printable.ts';
import { claimsOf, sourceLines, type Property } from '../checker/specification/property.ts';
import { stepsOf, type Attempt } from '../checker/stories/lenient-replay.ts';
import type { ViolatedTrace } from '../checker/stories/trace-format.ts';
import { certificateText, findingText, storyText } from '../analysis/stories/story-text.ts';
import type { CheckedInstance } from '../analysis/specification/instance.ts';
import { counted } from '../checker/text/tables.ts';
import type { ScenarioBase } from '../checker/specification/specification.ts';
import type { Tested, Tried } from './try-property.ts';

export type ExpectedWords = {
  readonly tested: Tested;
  readonly property: Property<ScenarioBase>;
  readonly scenario: ScenarioBase;
};

export function violatedText(
  expected: ExpectedWords,
  instance: CheckedInstance,
  trace: ViolatedTrace,
  kept: string | undefined,
): string {
  const { property, steps, finding } = trace;
  const own = ownProperties.find(({ id }) => id === property);
  return [
    `${claim(expected, 'to hold')}: ${own === undefined ? 'VIOLATED' : `${property} is VIOLATED`}`,
    ...(own === undefined ? stated(expected) : ['', `  ${own.statement}`]),
    '',
    ...storyText(instance, trace),
    '',
    `  ${findingText(finding)}`,
    '',
    `${counted(steps.length, 'step')}, ${certificateText(trace)}`,
    ...(kept === undefined ? howToKeep() : whereKept(expected, kept)),
  ].join('\n');
}

/** No story was found. */
export function searchedText(
  expected: ExpectedWords,
  tried: Tried,
  what: 'to hold' | 'to be caught',
): string {
  const { states, depth, ending } = tried.search;
  if (ending === 'closed' && tried.undecided) {
    const from = `from some of ${counted(states, 'state')}`;
    return [
      `${claim(expected, what)}: UNKNOWN: ${from} it is not decided within maxAhead`,
      'nothing was found up to there',
      what === 'to hold'
        ? `raise maxAhead, or accept that with { strength: 'bounded' }`
        : 'raise maxAhead',
    ].join('\n');
  }
  if (ending === 'closed') {
    return [
      `${claim(expected, what)}: it holds, PROVEN in ${counted(states, 'state')} to depth ${depth}`,
      ...(tried.tested ? [] : [neverTested(expected)]),
    ].join('\n');
  }
  const walked = tried.runs === 0 ? '' : `, and in ${counted(tried.runs, 'random run')}`;
  return [
    `${claim(expected, what)}: UNKNOWN: bounded at ${counted(states, 'state')}, depth ${depth}`,
    `nothing was found up to there${walked}`,
    what === 'to hold'
      ? `raise maxStates, or accept that with { strength: 'bounded' }`
      : 'raise maxStates, or give runs',
  ].join('\n');
}

export function vacuousText(expected: ExpectedWords, { search }: Tried): string {
  const searched = `${counted(search.states, 'state')}, ${search.ending}`;
  return [`${claim(expected, 'to hold')}: VACUOUS (${searched})`, neverTested(expected)].join('\n');
}

/** Why a story tests nothing, and what to do about it. */
export type Idle = { readonly why: string; readonly next: string };

export function idleStoryText(tested: Tested, file: string, { why, next }: Idle): string {
  return [`expected ${nameOf(tested)} to survive ${file}: ${why}`, next].map(printable).join('\n');
}

export function survivedNotText(
  expected: ExpectedWords,
  instance: CheckedInstance,
  file: string,
  { start, deliveries, violation }: Attempt,
): string {
  const steps = stepsOf(instance.system, deliveries);
  return [
    `expected ${nameOf(expected.tested)} to survive ${file}: ${expected.property.id} is VIOLATED`,
    ...stated(expected),
    '',
    ...storyText(instance, { start, steps }),
    '',
    `  ${findingText(violation.finding)}`,
  ].join('\n');
}

function nameOf({ spec, id }: Tested): string {
  return `${spec.noun} ${id}`;
}

function claim({ tested, property, scenario }: ExpectedWords, what: string): string {
  const by = what === 'to be caught' ? 'by ' : '';
  return `expected ${nameOf(tested)} ${what} ${by}${property.id} in ${scenario.name}`;
}

function stated({ property }: ExpectedWords): readonly string[] {
  return ['', `  ${property.statement}`, ...sourceLines(property).map((line) => `  ${line}`)];
}

function neverTested({ property, scenario }: ExpectedWords): string {
  const isSilent = claimsOf([property], scenario).length === 0;
  return isSilent
    ? `${property.id} has nothing to say about this scenario: take another`
    : `never reached: ${property.witness.statement}`;
}

function howToKeep(): readonly string[] {
  return ["keep the story: { keepIn: 'stories' } as the last argument writes it there as a trace"];
}

function whereKept({ tested }: ExpectedWords, kept: string): readonly string[] {
  return [`kept in ${kept}`, ...tested.afterRepair(kept)];
}
