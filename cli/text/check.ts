/** What `check` prints: counterexamples, verdicts, scenarios, faults, and a last line. */
import { measuredOf } from '../../analysis/jobs/unfinished-job.ts';
import { summedCounts } from '../../checker/engine/asked-twice.ts';
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
import { coverageLines, lostLines } from './coverage.ts';
import { attentionLines, holdingLines } from './folded-verdicts.ts';
import type { ExhaustiveJob, RandomJob, SearchResult } from '../../analysis/jobs/jobs.ts';
import { propertyOf } from '../../analysis/specification/lookup.ts';
import { CHECK_FORMAT, CHECK_VERSION } from '../../analysis/schemas/check.ts';
import { certificateText } from '../../analysis/stories/story-text.ts';
import { findingLine, storyLines } from './story.ts';
import { instanceIn } from '../../analysis/specification/instance.ts';
import { styled, width } from '../terminal.ts';
import { counted, table } from '../../checker/text/tables.ts';
import { lastLine, verdictLines } from './verdicts.ts';
import type { Strength } from '../../analysis/check/verdicts.ts';

/** Up to so many scenarios have a line each, whatever their result. */
const FEW_SCENARIOS = 5;

const colors: Record<Strength | Fault['verdict'] | 'LOST', Parameters<typeof styled>[0]> = {
  PROVEN: 'green',
  CAUGHT: 'green',
  BOUNDED: 'cyan',
  SAMPLED: 'cyan',
  VIOLATED: 'red',
  MISSED: 'red',
  VACUOUS: 'yellow',
  UNKNOWN: 'yellow',
  LOST: 'yellow',
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

/** Prints what needs attention, then what holds, then the evidence; the overall verdict is last. */
export function closingLines(spec: Loaded, checked: CheckResult, code: number): readonly string[] {
  const { stories, options } = checked;
  const [isAll, isQuiet] = [options.verbose === true, options.quiet === true];
  const attention = [
    ...attentionLines(checked, { isAll }),
    ...lostLines(checked.coverage),
    ...checked.faults.filter(({ verdict }) => verdict !== 'CAUGHT').map(faultLine),
    ...unwrittenLines(checked),
  ].map(colored);
  return [
    ...stories
      .toSorted((a, b) => a.trace.steps.length - b.trace.steps.length)
      .flatMap((each, index) =>
        violationLines(spec, each, { checked, withSteps: !isQuiet && (isAll || index === 0) }),
      ),
    ...(attention.length === 0 ? [] : [...attention, '']),
    ...(isQuiet ? [] : detailLines(spec, checked, isAll)),
    lastLine(checked, code),
  ];
}

/** What holds, and the evidence for it. */
function detailLines(spec: Loaded, checked: CheckResult, isAll: boolean): readonly string[] {
  const { results, verdicts, options, coverage } = checked;
  const holding = isAll ? verdictLines(verdicts) : holdingLines(verdicts, { isAll });
  return [
    ...paragraph(holding.map(colored)),
    ...paragraph(scenarioLines(results, isAll)),
    ...paragraph(coverageLines(coverage, { all: options.coverage === true })),
    ...paragraph(caughtLines(spec, checked)),
    ...deadlockLines(results),
    ...askedLines(results),
    ...componentLines(checked),
  ];
}

function paragraph(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [...lines, ''];
}

/** Scenarios that were completed are only counted. */
function scenarioLines(results: readonly SearchResult[], isAll: boolean): readonly string[] {
  const shown =
    isAll || results.length <= FEW_SCENARIOS ? results : results.filter((each) => !isWhole(each));
  const rest = results.filter((each) => !shown.includes(each));
  const closed = rest.filter(({ kind }) => kind === 'exhaustive').length;
  const sampled = rest.length - closed;
  return [
    ...table(shown.map(scenarioRow), [2, 3], width()),
    ...(rest.length === 0
      ? []
      : [
          [
            ...(closed > 0 ? [`${counted(closed, 'scenario')} visited completely`] : []),
            ...(sampled > 0 ? [`${counted(sampled, 'scenario')} sampled`] : []),
          ].join(', ') + '; --verbose lists them',
        ]),
  ];
}

function isWhole(result: SearchResult): boolean {
  return result.kind === 'random' ? !result.interrupted : result.ending === 'closed';
}

function caughtLines({ noun }: Loaded, { faults }: CheckResult): readonly string[] {
  const caught = faults.filter(({ verdict }) => verdict === 'CAUGHT');
  if (caught.length === 0) return [];
  return [
    `Faults put into the ${noun} on purpose:`,
    ...table(
      caught.map(({ fault, title, by, steps }) => [
        `${styled('green', 'CAUGHT')} ${fault}`,
        `${title === '' ? '' : `${title} `}(${by}, ${counted(steps ?? 0, 'step')})`,
      ]),
      [],
      width(),
    ),
  ];
}

type Manner = { readonly checked: CheckResult; readonly withSteps: boolean };

/** Claim, steps, finding, next command. Only the shortest counterexample has its steps printed. */
function violationLines(
  spec: Loaded,
  violation: StoredViolation,
  { checked, withSteps }: Manner,
): readonly string[] {
  const { trace, file, differs, unwritten } = violation;
  const { scenario, property, steps, finding } = trace;
  return [
    styled('red', `VIOLATED ${property}`) +
      `  ${scenario.name}, ${counted(steps.length, 'step')}, ${certificateText(trace)}`,
    ...(withSteps ? stepLines(spec, violation) : []),
    findingLine(finding),
    ...originLines(spec, violation),
    ...alsoViolated(checked, violation),
    ...(unwritten === undefined ? [] : [`  NOT WRITTEN to ${file}: ${unwritten}`]),
    ...(differs === undefined
      ? [`  replay  sprite-check replay ${file}${spec.options}`].slice(
          unwritten === undefined ? 0 : 1,
        )
      : [`  NOT CONFIRMED, and not written: run again, ${differs}`]),
    ...(withSteps ? [`  again   ${commandFor(spec, violation, checked)}`] : []),
    '',
  ];
}

/** The other scenarios in which the property is violated; the counterexample is of one. */
function alsoViolated({ verdicts }: CheckResult, { trace }: StoredViolation): readonly string[] {
  const others = verdicts
    .filter(({ property }) => property === trace.property)
    .flatMap(({ violatedIn }) => violatedIn)
    .filter((scenario) => scenario !== trace.scenario.name);
  return others.length === 0 ? [] : [`  also in  ${others.join(', ')}`];
}

function stepLines(spec: Loaded, { trace }: StoredViolation): readonly string[] {
  const { variant, scenario, property } = trace;
  const stated = propertyOf(spec, property);
  const instance = instanceIn(spec, { variant, scenario: scenario.name, properties: [property] });
  return [
    '',
    ...(stated === undefined
      ? ownProperties.filter(({ id }) => id === property).map(({ statement }) => `  ${statement}`)
      : [`  ${stated.statement}`, ...sourceLines(stated).map((line) => `  ${line}`)]),
    '',
    ...storyLines(instance, trace, { finding: trace.finding }),
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
  const endings = { closed: 'every state', states: 'bound met', interrupted: 'ended early' };
  return [
    scenario,
    endings[ending as keyof typeof endings] ?? ending,
    counted(states, 'state'),
    counted(transitions, 'transition'),
    `depth ${depth}`,
  ];
}

/** A fault that was not caught. */
function faultLine({ fault, title, verdict, scenario, states }: Fault): string {
  const seen = `${scenario}, ${counted(states, 'state')}`;
  return verdict === 'UNKNOWN'
    ? `UNKNOWN  fault ${fault} (${title}): ended early in ${seen}`
    : `MISSED  fault ${fault} (${title}) in ${seen}`;
}

/** Notes on states in which nothing is enabled. */
function deadlockLines(results: readonly SearchResult[]): readonly string[] {
  const lines = [...new Set(results.flatMap(({ deadlock = [] }) => deadlock))].map(printable);
  return lines.length === 0 ? [] : [...lines, ''];
}

/** How many answers were computed again: only these could have shown an impure function. */
function askedLines(results: readonly SearchResult[]): readonly string[] {
  const { answers, twice } = summedCounts(results.map(({ asked }) => asked));
  if (answers === 0) return [];
  return [
    `${counted(answers, 'answer')} of machines and claims; ${counted(twice)} were computed again, and were the same`,
    '',
  ];
}

/** Violated properties without a trace, because the run ended before one was made. */
function unwrittenLines({ verdicts, stories, ended }: CheckResult): readonly string[] {
  const withStory = new Set(stories.map(({ trace }) => trace.property));
  const without = verdicts
    .filter(({ verdict, property }) => verdict === 'VIOLATED' && !withStory.has(property))
    .map(({ property }) => property);
  if (ended === undefined || without.length === 0) return [];
  return [`no trace was written for ${without.join(', ')}: check again without a time limit`];
}

/** "Not seen" is not "not there": see analysis/check/component-faults.ts. */
function componentLines({ weaknesses: components }: CheckResult): readonly string[] {
  if (components === undefined) return [];
  const found = [...new Set(components.found.map(({ item }) => item))];
  const named = (items: readonly string[]): string => items.join(', ') || 'none';
  return [`single faults found: ${named(found)}; not seen here: ${named(components.notSeen)}`, ''];
}

function colored(line: string): string {
  const [word = ''] = line.split(' ', 1);
  return Object.hasOwn(colors, word)
    ? styled(colors[word as Strength], word) + line.slice(word.length)
    : line;
}

/** The document of `--json`; its schema is in analysis/schemas/check.ts. */
export function checkJson(checked: CheckResult, code: number): object {
  const { variant, options, results, stories, faults, ended } = checked;
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
      // The document has one below, for all scenarios together.
      coverage: undefined,
      violated: found.map(({ violation }) => violation.property),
    })),
    violations: stories.map(({ trace: { steps, ...trace }, ...each }) => ({
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
