/** The results of `check` as outcomes: one for each property in each scenario, and one for each fault. */
import type { CheckResult, Fault, StoredViolation } from '../check/check-result.ts';
import type { SearchResult } from '../jobs/jobs.ts';
import { propertyOf } from '../specification/lookup.ts';
import { certificateText, findingText, storyText } from '../stories/story-text.ts';
import { instanceIn } from '../specification/instance.ts';
import type { Loaded } from '../specification/loaded.ts';
import { counted } from '../../checker/text/tables.ts';
import { verdicts, type Strength, type Verdict } from '../check/verdicts.ts';
import type { Outcome } from './outcome.ts';
import { beforeOf, type StoredTraces } from './stored-violations.ts';
import { inProject } from '../files/project-paths.ts';

/** In the printed order: each property with its scenarios, then the faults. */
export function checkOutcomes(
  spec: Loaded,
  checked: CheckResult,
  stored: StoredTraces,
): readonly Outcome[] {
  return [
    ...checked.verdicts.flatMap((verdict) => outcomesOf(spec, verdict, { checked, stored })),
    ...checked.faults.map(faultOutcome),
  ];
}

function outcomesOf(
  spec: Loaded,
  { property, verdict: overall }: Verdict,
  { checked, stored }: { readonly checked: CheckResult; readonly stored: StoredTraces },
): readonly Outcome[] {
  const { variant, results } = checked;
  const cells = results.flatMap((result) => {
    const [verdict] = verdicts([property], [result]).filter((each) => each.property === property);
    if (verdict === undefined || verdict.closed + verdict.open + verdict.sampled === 0) return [];
    return [{ result, verdict }];
  });
  if (cells.length === 0) {
    const message = 'no scenario of this run tests it';
    const id = `${variant}/${property}`;
    const what = 'property';
    return [
      { id, what, variant, scenario: '', property, verdict: overall, status: 'unknown', message },
    ];
  }
  return cells.map(({ result, verdict: { verdict } }) => {
    const { scenario } = result;
    const kept = checked.stories.find(
      ({ trace }) => trace.property === property && trace.scenario.name === scenario,
    );
    return {
      id: `${variant}/${scenario}/${property}`,
      what: 'property',
      variant,
      scenario,
      property,
      verdict,
      status: statusOf(verdict, overall),
      ...beforeOf(stored, { variant, scenario, property }, violationIn(result, property)),
      message: messageOf(result, propertyOf(spec, property), { property, verdict, kept }),
      ...(kept !== undefined && storyOf(spec, kept)),
      seconds: secondsOf(result),
    };
  });
}

/** A witness that one scenario does not reach, another may; if none does, the result is unknown. */
function statusOf(verdict: Strength, overall: Strength): Outcome['status'] {
  if (verdict === 'VIOLATED') return 'failed';
  if (verdict === 'UNKNOWN') return 'unknown';
  if (verdict === 'VACUOUS') return overall === 'VACUOUS' ? 'unknown' : 'skipped';
  return 'passed';
}

function violationIn(
  { found }: SearchResult,
  property: string,
): SearchResult['found'][number] | undefined {
  return found.find(({ violation }) => violation.property === property);
}

type Cell = {
  readonly property: string;
  readonly verdict: Strength;
  readonly kept: StoredViolation | undefined;
};

function messageOf(
  result: SearchResult,
  stated: ReturnType<typeof propertyOf>,
  { property, verdict, kept }: Cell,
): string {
  const violated = violationIn(result, property);
  if (kept !== undefined) {
    const { trace, differs } = kept;
    const doubt = differs === undefined ? '' : `; NOT CONFIRMED: run again, ${differs}`;
    const how = `${counted(trace.steps.length, 'step')}, ${certificateText(trace)}`;
    return `${findingText(trace.finding)} (${how})${doubt}`;
  }
  if (violated !== undefined) {
    return `${findingText(violated.violation.finding)} (${counted(violated.steps.length, 'step')})`;
  }
  const witness = stated?.witness.statement ?? '';
  const reached = verdict === 'VACUOUS' ? `never tested (${witness}); ` : '';
  const open = result.undecided.includes(property) ? 'not decided within --max-ahead; ' : '';
  return `${open}${reached}${searchedText(result)}`;
}

function searchedText(result: SearchResult): string {
  if (result.kind === 'random') {
    const ending = result.interrupted ? ', ended before its end' : '';
    return `${counted(result.runs, 'run')}, ${counted(result.steps, 'step')}, seed ${result.seed}${ending}`;
  }
  const { states, transitions, depth, ending } = result;
  const closed = ending === 'closed' ? 'closed' : `not closed (${ending})`;
  return `${counted(states, 'state')}, ${counted(transitions, 'transition')}, depth ${depth}, ${closed}`;
}

function storyOf(
  spec: Loaded,
  { trace, file, differs, unwritten }: StoredViolation,
): Pick<Outcome, 'story' | 'trace'> {
  const { variant, scenario } = trace;
  const instance = instanceIn(spec, { variant, scenario: scenario.name, properties: [] });
  const isThere = differs === undefined && unwritten === undefined;
  const path = isThere ? inProject(file) : undefined;
  const story = storyText(instance, trace);
  return path === undefined
    ? { story }
    : {
        story: [...story, '', `replay: npx sprite-check replay ${path}${spec.options}`],
        trace: path,
      };
}

/** A scenario is searched once for all its properties: each gets an equal share of the time. */
function secondsOf(result: SearchResult): number {
  const spentMs = result.kind === 'random' ? result.walkMs : result.exploreMs;
  // The checker's own property applies in every scenario, and is not among those applied.
  return spentMs / 1000 / (result.applied.length + 1);
}

function faultOutcome(found: Fault): Outcome {
  const { fault, title, scenario, verdict, by, steps, states, exploreMs } = found;
  return {
    id: `${fault}/${scenario}`,
    what: 'fault',
    variant: fault,
    scenario,
    ...(by !== undefined && { property: by }),
    verdict,
    status: verdict === 'CAUGHT' ? 'passed' : verdict === 'MISSED' ? 'failed' : 'unknown',
    message:
      by === undefined
        ? `${title}: not found in ${counted(states, 'state')}`
        : `${title}: by ${by} in ${counted(steps ?? 0, 'step')}`,
    seconds: exploreMs / 1000,
  };
}
