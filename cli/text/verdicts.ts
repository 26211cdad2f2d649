/** The verdict of `check` on each property with its evidence, and the last line on all of them. */
import type { CheckResult } from '../../analysis/check/check-result.ts';
import { EXIT } from '../exit-codes.ts';
import { counted, table } from '../../checker/text/tables.ts';
import { width } from '../terminal.ts';
import type { Strength, Verdict } from '../../analysis/check/verdicts.ts';

/** Properties that the search did not reach before it ended share one line. */
export function verdictLines(verdicts: readonly Verdict[]): readonly string[] {
  const blank = verdicts.filter(isBlank);
  const rows = verdicts.filter((each) => !isBlank(each));
  if (blank.length === 0) return table(rows.map(verdictRow), [], width());
  const others = rows.length === 0 ? '' : 'other ';
  const which = manyProperties(blank.length, others);
  return table(
    [...rows.map(verdictRow), ['UNKNOWN', which, 'not checked before the search ended']],
    [],
    width(),
  );
}

/** "1 property", "30 other properties". */
export function manyProperties(count: number, which = ''): string {
  return counted(count, `${which}property`).replace('propertys', 'properties');
}

function isBlank({ verdict, states, runs }: Verdict): boolean {
  return verdict === 'UNKNOWN' && states + runs === 0;
}

function verdictRow(verdict: Verdict): readonly string[] {
  return [verdict.verdict, verdict.property, meaning(verdict)];
}

/** The evidence for a verdict; what was explored and what was only sampled are separate. */
function meaning(verdict: Verdict): string {
  const { closed, open, sampled, violatedIn } = verdict;
  const [explored, walked] = [exploredText(verdict), sampledText(verdict)];
  const searched = [explored, walked].filter((text) => text !== '').join(' and ');
  if (verdict.verdict === 'VIOLATED') return `in ${violatedIn.join(', ')}`;
  if (closed + open + sampled === 0) return 'without a claim in these scenarios';
  if (verdict.verdict === 'UNKNOWN') {
    const why =
      verdict.undecidedIn.length === 0
        ? 'ended early'
        : `not decided within --max-ahead in ${verdict.undecidedIn.join(', ')}`;
    return `${why}; not violated so far in ${searched}`;
  }
  if (verdict.verdict === 'VACUOUS')
    return `not tested: witness never reached; searched ${searched}`;
  const atRandom = walked + testedText(verdict.testedAtRandom, sampled);
  if (verdict.verdict === 'SAMPLED') {
    return `in ${atRandom}${explored === '' ? '' : `; not tested in ${explored}`}`;
  }
  const here = `in ${explored}${testedText(verdict.tested - verdict.testedAtRandom, closed + open)}`;
  if (walked === '') return here;
  return verdict.testedAtRandom === 0
    ? `${here}; not tested in ${walked}`
    : `${here}; SAMPLED in ${atRandom}`;
}

/** The number of scenarios that reached the witness of the property, if there are several. */
function testedText(tested: number, all: number): string {
  return all > 1 || tested === 0 ? `, tested in ${tested}` : '';
}

/** States are counted over all scenarios, also over those that did not end. */
export function exploredText({ closed, open, states, depth }: Verdict): string {
  if (closed + open === 0) return '';
  const all = counted(closed + open, 'scenario');
  return open === 0
    ? `all ${counted(states, 'state')} of ${all} (depth ${depth})`
    : `${counted(states, 'state')} (depth ${depth}; ${closed} of ${all} visited completely)`;
}

export function sampledText({ sampled, runs, steps, verdict }: Verdict): string {
  if (sampled === 0) return '';
  const of = verdict === 'UNKNOWN' ? '' : ` of ${counted(sampled, 'scenario')}`;
  return `${counted(runs, 'random run')} (${counted(steps, 'step')})${of}`;
}

/** One line: the number of properties that hold with each strength or do not hold, and the faults. */
export function lastLine(
  { verdicts, faults, ended }: Pick<CheckResult, 'verdicts' | 'faults' | 'ended'>,
  code: number,
): string {
  const of = (strength: Strength): readonly Verdict[] =>
    verdicts.filter(({ verdict }) => verdict === strength);
  const all = manyProperties(verdicts.length);
  const caught = faults.filter(({ verdict }) => verdict === 'CAUGHT').length;
  const said = [
    ...strengthText(of('PROVEN'), 'PROVEN where every state was visited'),
    ...strengthText(of('BOUNDED'), 'BOUNDED'),
    ...numberText(of('SAMPLED'), 'only SAMPLED'),
    ...numberText(of('VIOLATED'), 'violated'),
  ];
  const open = [
    ...numberText(of('VACUOUS'), 'not tested'),
    ...numberText(of('UNKNOWN'), 'not decided'),
  ];
  return [
    ...(ended === undefined ? [] : [ended === 'timeout' ? 'ended by --timeout' : 'interrupted']),
    ended !== undefined && said.length === 0
      ? `none of ${all} is decided`
      : `${all}: ${[...said, ...open].join(', ')}`,
    ...(faults.length > 0 ? [`${caught} of ${counted(faults.length, 'fault')} caught`] : []),
    ...(code === EXIT.holds ? [] : [`exit ${code}`]),
  ].join('; ');
}

/** "29 PROVEN …, 28 of them SAMPLED in other scenarios"; without the second part if there are none. */
function strengthText(these: readonly Verdict[], strength: string): readonly string[] {
  const sampled = these.filter((each) => each.testedAtRandom > 0).length;
  const beside = sampled === 0 ? '' : ` (${counted(sampled)} of them SAMPLED in other scenarios)`;
  return numberText(these, `${strength}${beside}`);
}

function numberText(these: readonly Verdict[], what: string): readonly string[] {
  return these.length === 0 ? [] : [`${counted(these.length)} ${what}`];
}
