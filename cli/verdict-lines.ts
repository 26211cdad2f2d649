/** What `check` says of each property, what that rests on, and of all together in its last line. */
import type { Checked } from './checked.ts';
import { EXIT } from './exit.ts';
import { counted, table } from './text.ts';
import type { Strength, Verdict } from './verdicts.ts';

/** Properties of which an ended search knows nothing stand in one line. */
export function verdictLines(verdicts: readonly Verdict[]): readonly string[] {
  const blank = verdicts.filter(isBlank);
  const rows = verdicts.filter((each) => !isBlank(each));
  if (blank.length === 0) return table(rows.map(verdictRow));
  const others = rows.length === 0 ? '' : 'other ';
  const which = counted(blank.length, `${others}property`).replace('propertys', 'properties');
  return table([...rows.map(verdictRow), ['UNKNOWN', which, 'nothing was checked before the end']]);
}

function isBlank({ verdict, states, runs }: Verdict): boolean {
  return verdict === 'UNKNOWN' && states + runs === 0;
}

function verdictRow(verdict: Verdict): readonly string[] {
  return [verdict.verdict, verdict.property, meaning(verdict)];
}

/** What the verdict rests on. Of several scenarios, in how many what the property speaks of happened. */
function meaning(verdict: Verdict): string {
  const { closed, open, sampled, tested, violatedIn } = verdict;
  const all = closed + open + sampled;
  if (verdict.verdict === 'VIOLATED') return `in ${violatedIn.join(', ')}`;
  if (all === 0) return 'says nothing about these scenarios';
  if (verdict.verdict === 'UNKNOWN') return `ended early; not violated so far in ${sizes(verdict)}`;
  if (verdict.verdict === 'VACUOUS') {
    return `what it speaks of never happened in ${sizes(verdict)}`;
  }
  const where = all === 1 ? '' : `; put to the test in ${tested} of ${counted(all, 'scenario')}`;
  return `held in ${sizes(verdict)}${where}`;
}

/** Of scenarios that did not end only the states are told, not how many scenarios they are of. */
function sizes({ closed, open, sampled, states, depth, runs, steps, verdict }: Verdict): string {
  const all = counted(closed + open, 'scenario');
  const explored =
    open === 0
      ? `all ${counted(states, 'state')} of ${all} (depth ${depth})`
      : `${counted(states, 'state')} (depth ${depth}; ${closed} of ${all} to the end)`;
  const of = verdict === 'UNKNOWN' ? '' : ` of ${counted(sampled, 'scenario')}`;
  return [
    ...(closed + open > 0 ? [explored] : []),
    ...(sampled > 0 ? [`${counted(runs, 'random run')} (${counted(steps, 'step')})${of}`] : []),
  ].join(' and ');
}

export function lastLine({ verdicts, faults, ended }: Checked, code: number): string {
  const count = (...wanted: readonly Strength[]): number =>
    verdicts.filter(({ verdict }) => wanted.includes(verdict)).length;
  const [holding, violated] = [count('PROVEN', 'BOUNDED', 'SAMPLED'), count('VIOLATED')];
  const [vacuous, unknown] = [count('VACUOUS'), count('UNKNOWN')];
  const caught = faults.filter(({ verdict }) => verdict === 'CAUGHT').length;
  const all = counted(verdicts.length, 'property').replace('propertys', 'properties');
  const isUndecided = ended !== undefined && holding + violated === 0;
  return [
    ...(ended === undefined ? [] : [ended === 'timeout' ? 'ended by --timeout' : 'interrupted']),
    isUndecided
      ? `none of ${all} is decided`
      : [
          `${holding} of ${all} held`,
          ...(violated > 0 ? [`${violated} violated`] : []),
          ...(vacuous > 0 ? [`${vacuous} not put to the test`] : []),
          ...(unknown > 0 ? [`${unknown} not decided`] : []),
        ].join(', '),
    ...(faults.length > 0 ? [`${caught} of ${counted(faults.length, 'fault')} caught`] : []),
    ...(code === EXIT.holds ? [] : [`exit ${code}`]),
  ].join('; ');
}
