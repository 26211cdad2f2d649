/** What `diff` prints: a table, and the shortest run on both variants. */
import type { Difference, Side } from '../../checker/compare/diff.ts';
import {
  notCompared,
  reachedBy,
  shortestOf,
  stepCount,
  verdictOf,
  type ComparisonResult,
} from '../../analysis/compare/comparison.ts';
import type { DiffResult } from '../../analysis/jobs/jobs.ts';
import type { Loaded } from '../../analysis/specification/loaded.ts';
import { storyText } from '../../analysis/stories/story-text.ts';
import { styled, width } from '../terminal.ts';
import { counted, table } from '../../checker/text/tables.ts';

const MARGIN = 8;
/** Observations that the other variant allows: enough to recognize the place. */
const MOST_OTHERS = 5;
/** Up to so many kernels have a line each, whatever their result. */
const MOST_ROWS = 20;

/** One line: different, equivalent or unknown, and how strongly. */
export function diffVerdictLine(compared: ComparisonResult): string {
  const [first, second] = compared.names;
  const shortest = shortestOf(compared);
  const both = `${first} and ${second}`;
  if (shortest !== undefined) {
    const steps = counted(stepCount(shortest), 'step');
    return styled(
      'red',
      `${both} are different: ${steps} in ${shortest.scenario}, shortest, proven`,
    );
  }
  const scenarios = counted(compared.results.length, 'scenario');
  if (verdictOf(compared) === 'unknown') {
    const missing = notCompared(compared).length;
    const rest = missing === 0 ? '' : `; not compared in ${counted(missing, 'scenario')}`;
    return `unknown: no difference between ${both} in ${scenarios} as far as searched${rest}`;
  }
  const where = compared.results.length === 1 ? 'this scenario' : `these ${scenarios}`;
  return styled('green', `${both} are equivalent in ${where}, proven`);
}

/** The evidence for an equivalence: the situations that its scenarios reach, and one they do not. */
export function reachLines(spec: Loaded, compared: ComparisonResult): readonly string[] {
  if (verdictOf(compared) !== 'equivalent') return [];
  return reachedBy(spec, compared).map(({ what, page, possible, reached, missed }) => {
    const rest =
      missed.length === 0 ? '' : `; ${counted(missed.length)} are not, like "${missed[0]}"`;
    return `  ${reached} of ${possible} ${what} are reached there (${page})${rest}`;
  });
}

/** Several comparisons: a line each, and the number of each result. A single scenario is named. */
export function comparisonLines(
  spec: Loaded,
  all: readonly ComparisonResult[],
  { isAll }: { readonly isAll: boolean } = { isAll: false },
): readonly string[] {
  const verdicts = all.map((compared) => verdictOf(compared));
  const counts = (['different', 'equivalent', 'unknown'] as const)
    .map((verdict) => [verdict, verdicts.filter((each) => each === verdict).length] as const)
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${verdict}`);
  const rows = all.map((compared, index) => {
    const verdict = verdicts[index] ?? '';
    return { verdict, cells: ['', compared.sides[1].variant, verdict, whereOf(compared)] };
  });
  // The reader looks for a difference: kernels without one share a line, unless they are few.
  const shown =
    rows.length > MOST_ROWS && !isAll
      ? rows.filter(({ verdict }) => verdict === 'different')
      : rows;
  const folded = rows.length - shown.length;
  return [
    `${counted(all.length, spec.noun)}: ${counts.join(', ')}`,
    ...table(
      shown.map(({ cells }) => cells),
      [],
      width(),
    ),
    ...(folded === 0
      ? []
      : [`  ${counted(folded)} more: no difference where each was compared; --verbose names them`]),
    ...equivalentIn(
      spec,
      all.filter((_, index) => verdicts[index] === 'equivalent'),
    ),
  ];
}

function whereOf(compared: ComparisonResult): string {
  const shortest = shortestOf(compared);
  if (shortest !== undefined) {
    return `${shortest.scenario}, ${counted(stepCount(shortest), 'step')}`;
  }
  const missing = notCompared(compared).length;
  const [first, ...others] = compared.results;
  const scenarios =
    first !== undefined && others.length === 0
      ? first.scenario
      : counted(compared.results.length, 'scenario');
  return missing === 0 ? scenarios : `${scenarios}; not compared in ${counted(missing)} more`;
}

/** Names the scenarios: nothing is claimed about others. */
function equivalentIn(spec: Loaded, all: readonly ComparisonResult[]): readonly string[] {
  const byNames = new Map(
    all.map((each) => [each.results.map(({ scenario }) => scenario).join(' '), each]),
  );
  return [...byNames].flatMap(([names, each]) => [
    `equivalent in: ${names}`,
    ...reachLines(spec, each),
  ]);
}

export function resultRows(compared: ComparisonResult): readonly string[] {
  const rows = compared.results.map((result) => [
    '',
    result.scenario,
    ...outcome(result),
    `${counted(result.diff.pairs)} pairs`,
  ]);
  const isOpen = verdictOf(compared) === 'unknown';
  const missing = isOpen ? notCompared(compared) : [];
  return [
    ...table(rows, [4], width()),
    ...(missing.length === 0 ? [] : [`  not compared in: ${missing.join(' ')}`]),
  ];
}

function outcome(result: DiffResult): readonly [string, string] {
  const { diff } = result;
  if (diff.kind === 'different') return ['different', counted(stepCount(result), 'step')];
  if (diff.kind === 'equivalent') return ['equivalent', 'closed'];
  const why = diff.why === 'states' ? '--max-states' : 'ended from outside';
  return ['unknown', `none of up to ${counted(diff.depth, 'step')}; ${why}`];
}

/** The run, in the words of both variants. */
export function comparedStoryLines(
  spec: Loaded,
  difference: Difference,
  {
    names,
    sides,
  }: { readonly names: readonly [string, string]; readonly sides: readonly [Side, Side] },
): readonly string[] {
  const { allowedBy, start, steps, other, parting } = difference;
  const [name, otherName] = [names[allowedBy], names[1 - allowedBy] ?? ''];
  const side = { spec, system: sides[allowedBy].system };
  const otherSide = { spec, system: (sides[1 - allowedBy] as Side).system };
  const seenText = spec.words.observation;
  const [common, last] = cutLast(storyText(side, difference, { width: width() }), steps.length);
  const isStep = parting.kind === 'observation';
  const heading = other.isSame ? `${name} and ${otherName}` : name;
  const otherLast =
    isStep && other.isSame
      ? lastOf(storyText(otherSide, difference, { width: width() }), steps.length)
      : [];
  return [
    ...observations(spec, difference, [name, otherName]),
    '',
    `${heading}, step by step`,
    ...(isStep ? common : [...common, ...last]),
    ...(other.isSame
      ? []
      : [
          '',
          `${otherName}, where the same is observed`,
          ...withoutCommon(
            storyText(otherSide, { start, steps: other.steps }, { width: width() }),
            [...common, ...last],
            name,
          ),
        ]),
    '',
    styled('bold', `${name}: ${seenText(parting.seen)}`),
    ...(isStep ? last : []),
    styled('bold', `${otherName}: ${instead(spec, difference)}`),
    ...otherLast,
  ];
}

/** Two columns of step numbers, then what is observed. */
function observations(
  { words }: Loaded,
  difference: Difference,
  [name, otherName]: readonly [string, string],
): readonly string[] {
  const { common, other, parting, steps } = difference;
  const rows = [
    ['', name, otherName, 'observed'],
    ...common.map(({ step, seen }, index) => [
      '',
      String(step),
      String(other.seenAt[index] ?? ''),
      words.observation(seen),
    ]),
    ['', String(steps.length), 'never', words.observation(parting.seen)],
  ];
  return table(rows, [1, 2], width());
}

function instead({ words }: Loaded, difference: Difference): string {
  const { parting, otherMaySee, otherMayRestAs } = difference;
  const subject = subjectOf(parting.seen);
  const may = parting.kind === 'rest' ? [...otherMayRestAs, ...otherMaySee] : otherMaySee;
  const related = may.filter((seen) => subject !== '' && subjectOf(seen) === subject);
  const best = related.length > 0 ? related : may;
  if (best.length === 0) return 'nothing more is observed';
  const shown = best.slice(0, MOST_OTHERS).map(words.observation);
  const more = best.length > MOST_OTHERS ? `, or ${best.length - MOST_OTHERS} more` : '';
  return `never; instead ${shown.join(', or ')}${more}`;
}

/** The actor and what it does: "q read". */
function subjectOf(seen: Difference['parting']['seen']): string {
  if (seen === null || typeof seen !== 'object' || Array.isArray(seen)) return '';
  const { of = '', what = '', at = '', action = '' } = seen as { readonly [field: string]: string };
  return `${of} ${what}${at} ${action}`.trim();
}

/** Splits printed lines at the last step: everything before its line, and from it on. */
function cutLast(
  lines: readonly string[],
  steps: number,
): readonly [readonly string[], readonly string[]] {
  const begin = `${String(steps).padStart(MARGIN - 2)}  `;
  const at = lines.findLastIndex((line) => line.startsWith(begin));
  return at < 0 ? [lines, []] : [lines.slice(0, at), lines.slice(at)];
}

/** Omits the lines that both variants share, up to the step in which they differ. */
function withoutCommon(
  lines: readonly string[],
  before: readonly string[],
  name: string,
): readonly string[] {
  const same = lines.findIndex((line, index) => line !== before[index]);
  const from = lines
    .slice(0, Math.max(0, same))
    .findLastIndex((line) => /^ *[\d-]+ {2}\S/.test(line));
  const [heading = '', ...rest] = lines;
  return from <= 1 ? lines : [heading, `     …  as in ${name}`, ...rest.slice(from - 1)];
}

function lastOf(lines: readonly string[], steps: number): readonly string[] {
  return cutLast(lines, steps)[1];
}

export function diffJson(spec: Loaded, compared: ComparisonResult): object {
  const shortest = shortestOf(compared);
  const verdict = verdictOf(compared);
  return {
    variants: compared.names,
    verdict,
    ...(verdict === 'equivalent' ? { reached: reachedBy(spec, compared) } : {}),
    ...(shortest?.diff.kind === 'different'
      ? {
          scenario: shortest.scenario,
          steps: stepCount(shortest),
          difference: shortest.diff.difference,
        }
      : {}),
    notCompared: notCompared(compared),
    scenarios: compared.results.map(({ scenario, diff, diffMs }) => ({
      scenario,
      verdict: diff.kind,
      steps: diff.kind === 'different' ? diff.difference.steps.length : undefined,
      why: diff.kind === 'unknown' ? diff.why : undefined,
      pairs: diff.pairs,
      worlds: diff.worlds,
      depth: diff.depth,
      diffMs: Math.round(diffMs),
    })),
  };
}
