/** What `check` prints: stories, verdicts, scenarios, faults, and one line to end with. */
import { ownProperties } from '../../checker/claims/own-properties.ts';
import { sourceLines } from '../../checker/specification/property.ts';
import { printable } from '../../checker/text/printable.ts';
import type { ShippedKernel } from '../../model/kernels/shipped.ts';
import type { Checked, CheckOptions, Fault, Told } from '../../analysis/check/check-result.ts';
import { coverageLines } from './coverage.ts';
import type { ExhaustiveJob, RandomJob, SearchResult } from '../../analysis/jobs/jobs.ts';
import { propertyOf } from '../../analysis/specification/lookup.ts';
import { CHECK_FORMAT, CHECK_VERSION } from '../../analysis/schemas/check.ts';
import { certificateText, findingText, tellStory } from '../../analysis/stories/story-text.ts';
import { subjectOf } from '../../analysis/specification/instance.ts';
import { styled } from '../terminal.ts';
import { counted, table } from '../../analysis/text-tables.ts';
import { lastLine, verdictLines } from './verdicts.ts';
import type { Strength } from '../../analysis/check/verdicts.ts';

const colours: Record<Strength | Fault['verdict'], Parameters<typeof styled>[0]> = {
  PROVEN: 'green',
  CAUGHT: 'green',
  BOUNDED: 'cyan',
  SAMPLED: 'cyan',
  VIOLATED: 'red',
  MISSED: 'red',
  VACUOUS: 'yellow',
  UNKNOWN: 'yellow',
};

export function openingLines(
  kernel: ShippedKernel,
  options: CheckOptions,
  jobs: readonly (ExhaustiveJob | RandomJob)[],
): readonly string[] {
  const sampled = jobs.filter((job) => job.kind === 'random');
  const atRandom = sampled.length;
  const exhaustive = jobs.length - atRandom;
  const runs = sampled.reduce((sum, job) => sum + job.runs, 0);
  return [
    `kernel ${kernel.id}: ${kernel.title}`,
    [
      ...(exhaustive > 0
        ? [`${counted(exhaustive, 'scenario')} to at most ${counted(options.maxStates, 'state')}`]
        : []),
      ...(atRandom > 0
        ? [
            `${counted(atRandom, 'scenario')} in ${counted(runs, 'run')}` +
              ` of at most ${counted(options.maxSteps, 'step')}`,
          ]
        : []),
      `seed ${options.seed}`,
    ].join('; '),
    '',
  ];
}

export function closingLines(checked: Checked, code: number): readonly string[] {
  const { told, results, faults } = checked;
  return [
    ...told
      .toSorted((a, b) => a.trace.steps.length - b.trace.steps.length)
      .flatMap((each, index) => violationLines(each, { checked, isTold: index === 0 })),
    ...verdictLines(checked.verdicts).map(coloured),
    '',
    ...table(results.map(scenarioRow), [2, 3]),
    ...coverageLines(checked.coverage, { all: checked.options.coverage === true }),
    ...(faults.length > 0
      ? ['', 'Faults put into the kernel on purpose:', ...faults.map(faultLine).map(coloured)]
      : []),
    '',
    ...deadlockLines(results),
    ...unwrittenLines(checked),
    ...weaknessLines(checked),
    lastLine(checked, code),
  ];
}

type Manner = { readonly checked: Checked; readonly isTold: boolean };

/** Claim, story, difference, next command. Only the shortest story is told: the others say the same longer. */
function violationLines(told: Told, { checked, isTold }: Manner): readonly string[] {
  const { trace, file, differs } = told;
  const { scenario, property, steps, finding } = trace;
  return [
    styled('red', `VIOLATED ${property}`) +
      `  ${scenario.name}, ${counted(steps.length, 'step')}, ${certificateText(trace)}`,
    ...(isTold ? storyLines(told) : []),
    `  ${findingText(finding)}`,
    ...originLines(told),
    ...(differs === undefined
      ? [`  replay  sprite-check replay ${file}`]
      : [`  NOT CONFIRMED, and not written: run again, ${differs}`]),
    ...(isTold ? [`  again   ${commandFor(told, checked)}`] : []),
    '',
  ];
}

function storyLines({ trace }: Told): readonly string[] {
  const { kernel, scenario, property } = trace;
  const stated = propertyOf(property);
  const { system } = subjectOf({ kernel, scenario: scenario.name, properties: [] });
  return [
    '',
    ...(stated === undefined
      ? ownProperties.filter(({ id }) => id === property).map(({ statement }) => `  ${statement}`)
      : [`  ${stated.statement}`, ...sourceLines(stated).map((line) => `  ${line}`)]),
    '',
    ...tellStory(system, trace),
    '',
  ];
}

function originLines({ walked, shrunkTo, alsoIn, trace }: Told): readonly string[] {
  return [
    ...(walked === undefined
      ? []
      : [
          `  found in a walk of ${counted(walked, 'step')}, shrunk to ${shrunkTo}` +
            (trace.steps.length < shrunkTo ? ', then found shorter by the search' : ''),
        ]),
    ...(alsoIn.length > 0
      ? [`  the same story also fails in the kernels ${alsoIn.join(', ')}`]
      : []),
  ];
}

function commandFor({ trace }: Told, { options }: Checked): string {
  const { kernel, scenario, property, provenance } = trace;
  const { runs, maxSteps, seed } = options;
  const how =
    provenance.found === 'random'
      ? `--random${runs === undefined ? '' : ` --runs ${runs}`} --max-steps ${maxSteps} --seed ${seed}`
      : '--exhaustive';
  return `sprite-check check ${scenario.name} --kernel ${kernel} --property ${property} ${how}`;
}

function scenarioRow(result: SearchResult): readonly string[] {
  const { scenario } = result;
  if (result.kind === 'random') {
    if (result.interrupted && result.runs === 0) return [scenario, 'not begun'];
    const ending = result.interrupted ? 'ended early' : 'sampled';
    return [scenario, ending, counted(result.runs, 'run'), counted(result.steps, 'step')];
  }
  const { states, transitions, depth, ending } = result;
  if (ending === 'interrupted' && states === 0) return [scenario, 'not begun'];
  const told = { closed: 'every state', states: 'bound met', interrupted: 'ended early' };
  return [
    scenario,
    told[ending as keyof typeof told] ?? ending,
    counted(states, 'state'),
    counted(transitions, 'transition'),
    `depth ${depth}`,
  ];
}

function faultLine({ fault, by, steps, verdict, scenario, states }: Fault): string {
  if (verdict === 'CAUGHT') return `CAUGHT ${fault} by ${by} in ${counted(steps ?? 0, 'step')}`;
  const seen = `${scenario}, ${counted(states, 'state')}`;
  return verdict === 'UNKNOWN'
    ? `UNKNOWN ${fault}: ended early in ${seen}`
    : `MISSED ${fault} in ${seen}`;
}

/** What is said of states in which nothing is enabled. */
function deadlockLines(results: readonly SearchResult[]): readonly string[] {
  const lines = [...new Set(results.flatMap(({ deadlock = [] }) => deadlock))].map(printable);
  return lines.length === 0 ? [] : [...lines, ''];
}

/** What is violated, and has no story because nobody waited for one. */
function unwrittenLines({ verdicts, told, ended }: Checked): readonly string[] {
  const withStory = new Set(told.map(({ trace }) => trace.property));
  const without = verdicts
    .filter(({ verdict, property }) => verdict === 'VIOLATED' && !withStory.has(property))
    .map(({ property }) => property);
  if (ended === undefined || without.length === 0) return [];
  return [`no story was written of ${without.join(', ')}: check again, to the end`, ''];
}

/** "Not seen" is not "not there": see analysis/check/component-faults.ts. */
function weaknessLines({ weaknesses }: Checked): readonly string[] {
  if (weaknesses === undefined) return [];
  const found = [...new Set(weaknesses.found.map(({ item }) => item))];
  const named = (items: readonly string[]): string => items.join(', ') || 'none';
  return [`A-items found: ${named(found)}; not seen here: ${named(weaknesses.notSeen)}`, ''];
}

function coloured(line: string): string {
  const [word = ''] = line.split(' ', 1);
  const colour = colours[word as Strength];
  return styled(colour, word) + line.slice(word.length);
}

/** The document of `--json`; its schema stands in analysis/schemas/check.ts. */
export function checkJson(checked: Checked, code: number): object {
  const { kernel, options, results, told, faults, ended } = checked;
  return {
    format: CHECK_FORMAT,
    version: CHECK_VERSION,
    kernel,
    seed: options.seed,
    maxStates: options.maxStates,
    runs: options.runs,
    maxSteps: options.maxSteps,
    exitCode: code,
    ended: ended ?? 'of itself',
    properties: checked.verdicts,
    scenarios: results.map(({ found, ...result }) => ({
      ...result,
      // Told below, of all scenarios together.
      coverage: undefined,
      violated: found.map(({ violation }) => violation.property),
    })),
    violations: told.map(({ trace: { steps, ...trace }, ...each }) => ({
      ...each,
      steps: steps.length,
      property: trace.property,
      scenario: trace.scenario.name,
      finding: trace.finding,
      certificate: trace.certificate,
    })),
    faults,
    coverage: checked.coverage,
    weaknesses: checked.weaknesses,
  };
}
