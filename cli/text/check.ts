/** What `check` prints: stories, verdicts, scenarios, faults, and one line to end with. */
import { measuredOf } from '../../analysis/jobs/unfinished-job.ts';
import { summed } from '../../checker/engine/asked-twice.ts';
import { ownProperties } from '../../checker/claims/own-properties.ts';
import { printable } from '../../checker/text/printable.ts';
import { sourceLines } from '../../checker/specification/property.ts';
import type { Variant } from '../../checker/specification/specification.ts';
import { variantOption, type Loaded } from '../../analysis/specification/loaded.ts';
import type {
  CheckOptions,
  CheckResult,
  Fault,
  StoredViolation,
} from '../../analysis/check/check-result.ts';
import { coverageLines } from './coverage.ts';
import type { ExhaustiveJob, RandomJob, SearchResult } from '../../analysis/jobs/jobs.ts';
import { propertyOf } from '../../analysis/specification/lookup.ts';
import { CHECK_FORMAT, CHECK_VERSION } from '../../analysis/schemas/check.ts';
import { certificateText, findingText, tellStory } from '../../analysis/stories/story-text.ts';
import { instanceOf } from '../../analysis/specification/instance.ts';
import { styled, width } from '../terminal.ts';
import { counted, table } from '../../checker/text/tables.ts';
import { lastLine, verdictLines } from './verdicts.ts';
import { fewlyTested, type Strength } from '../../analysis/check/verdicts.ts';

const colors: Record<Strength | Fault['verdict'], Parameters<typeof styled>[0]> = {
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
  { noun }: Loaded,
  variant: Variant<unknown>,
  {
    options,
    jobs,
  }: {
    readonly options: CheckOptions;
    readonly jobs: readonly (ExhaustiveJob | RandomJob)[];
  },
): readonly string[] {
  const sampled = jobs.filter((job) => job.kind === 'random');
  const atRandom = sampled.length;
  const exhaustive = jobs.length - atRandom;
  const runs = sampled.reduce((sum, job) => sum + job.runs, 0);
  return [
    [`${noun} ${variant.id}`, variant.title ?? []].flat().join(': '),
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

export function closingLines(spec: Loaded, checked: CheckResult, code: number): readonly string[] {
  const { told, results, faults } = checked;
  return [
    ...told
      .toSorted((a, b) => a.trace.steps.length - b.trace.steps.length)
      .flatMap((each, index) => violationLines(spec, each, { checked, isTold: index === 0 })),
    ...verdictLines(checked.verdicts).map(colored),
    '',
    ...table(results.map(scenarioRow), [2, 3], width()),
    ...coverageLines(checked.coverage, { all: checked.options.coverage === true }),
    ...(faults.length > 0
      ? ['', `Faults put into the ${spec.noun} on purpose:`, ...faults.map(faultLine).map(colored)]
      : []),
    '',
    ...fewLines(checked.verdicts),
    ...deadlockLines(results),
    ...askedLines(results),
    ...unwrittenLines(checked),
    ...weaknessLines(checked),
    lastLine(checked, code),
  ];
}

type Manner = { readonly checked: CheckResult; readonly isTold: boolean };

/** Claim, story, difference, next command. Only the shortest story is told: the others say the same longer. */
function violationLines(
  spec: Loaded,
  told: StoredViolation,
  { checked, isTold }: Manner,
): readonly string[] {
  const { trace, file, differs, unwritten } = told;
  const { scenario, property, steps, finding } = trace;
  return [
    styled('red', `VIOLATED ${property}`) +
      `  ${scenario.name}, ${counted(steps.length, 'step')}, ${certificateText(trace)}`,
    ...(isTold ? storyLines(spec, told) : []),
    `  ${findingText(finding)}`,
    ...originLines(spec, told),
    ...(unwritten === undefined ? [] : [`  NOT WRITTEN to ${file}: ${unwritten}`]),
    ...(differs === undefined
      ? [`  replay  sprite-check replay ${file}${spec.options}`].slice(
          unwritten === undefined ? 0 : 1,
        )
      : [`  NOT CONFIRMED, and not written: run again, ${differs}`]),
    ...(isTold ? [`  again   ${commandFor(spec, told, checked)}`] : []),
    '',
  ];
}

function storyLines(spec: Loaded, { trace }: StoredViolation): readonly string[] {
  const { variant, scenario, property } = trace;
  const stated = propertyOf(spec, property);
  const instance = instanceOf(spec, { variant, scenario: scenario.name, properties: [] });
  return [
    '',
    ...(stated === undefined
      ? ownProperties.filter(({ id }) => id === property).map(({ statement }) => `  ${statement}`)
      : [`  ${stated.statement}`, ...sourceLines(stated).map((line) => `  ${line}`)]),
    '',
    ...tellStory(instance, trace, { width: width() }),
    '',
  ];
}

function originLines(
  { noun }: Loaded,
  { walked, shrunkTo, alsoIn, trace }: StoredViolation,
): readonly string[] {
  return [
    ...(walked === undefined
      ? []
      : [
          `  found in a walk of ${counted(walked, 'step')}, shrunk to ${shrunkTo}` +
            (trace.steps.length < shrunkTo ? ', then found shorter by the search' : ''),
        ]),
    ...(alsoIn.length > 0
      ? [`  the same story also fails in the ${noun}s ${alsoIn.join(', ')}`]
      : []),
  ];
}

function commandFor(
  { noun, options: named }: Loaded,
  { trace }: StoredViolation,
  { options }: CheckResult,
): string {
  const { variant, scenario, property, provenance } = trace;
  const { runs, maxSteps, seed } = options;
  const how =
    provenance.found === 'random'
      ? `--random${runs === undefined ? '' : ` --runs ${runs}`} --max-steps ${maxSteps} --seed ${seed}`
      : '--exhaustive';
  const where = `${scenario.name} ${variantOption({ noun })} ${variant} --property ${property}`;
  return `sprite-check check ${where} ${how}${named}`;
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

/** A proof in few scenarios is worth less than it looks. */
function fewLines(all: CheckResult['verdicts']): readonly string[] {
  const few = fewlyTested(all).map(
    ({ property, tested, testedAtRandom }) => `${property} (${tested - testedAtRandom})`,
  );
  return few.length === 0 ? [] : [`put to the test in few small scenarios: ${few.join(', ')}`, ''];
}

/** What is said of states in which nothing is enabled. */
function deadlockLines(results: readonly SearchResult[]): readonly string[] {
  const lines = [...new Set(results.flatMap(({ deadlock = [] }) => deadlock))].map(printable);
  return lines.length === 0 ? [] : [...lines, ''];
}

/** That nothing impure was found is worth what was asked for again. */
function askedLines(results: readonly SearchResult[]): readonly string[] {
  const { answers, twice } = summed(results.map(({ asked }) => asked));
  if (answers === 0) return [];
  return [
    `${counted(answers, 'answer')} of machines and claims; ${counted(twice)} were asked for again, and were the same`,
    '',
  ];
}

/** What is violated, and has no story because nobody waited for one. */
function unwrittenLines({ verdicts, told, ended }: CheckResult): readonly string[] {
  const withStory = new Set(told.map(({ trace }) => trace.property));
  const without = verdicts
    .filter(({ verdict, property }) => verdict === 'VIOLATED' && !withStory.has(property))
    .map(({ property }) => property);
  if (ended === undefined || without.length === 0) return [];
  return [`no story was written of ${without.join(', ')}: check again, to the end`, ''];
}

/** "Not seen" is not "not there": see analysis/check/component-faults.ts. */
function weaknessLines({ weaknesses }: CheckResult): readonly string[] {
  if (weaknesses === undefined) return [];
  const found = [...new Set(weaknesses.found.map(({ item }) => item))];
  const named = (items: readonly string[]): string => items.join(', ') || 'none';
  return [`single faults found: ${named(found)}; not seen here: ${named(weaknesses.notSeen)}`, ''];
}

function colored(line: string): string {
  const [word = ''] = line.split(' ', 1);
  const color = colors[word as Strength];
  return styled(color, word) + line.slice(word.length);
}

/** The document of `--json`; its schema stands in analysis/schemas/check.ts. */
export function checkJson(checked: CheckResult, code: number): object {
  const { variant, options, results, told, faults, ended } = checked;
  return {
    format: CHECK_FORMAT,
    version: CHECK_VERSION,
    variant,
    seed: options.seed,
    maxStates: options.maxStates,
    maxAhead: options.maxAhead,
    runs: options.runs,
    maxSteps: options.maxSteps,
    exitCode: code,
    ended: ended ?? 'of itself',
    properties: checked.verdicts,
    scenarios: results.map(({ found, ...result }) => ({
      ...measuredOf(result),
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
