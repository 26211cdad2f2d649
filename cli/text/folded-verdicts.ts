/**
 * The verdicts of `check` in groups: a line for each kind of verdict that needs attention, and one line for
 * all properties that hold, with further lines for those that hold in fewer states.
 */
import { match } from 'ts-pattern';
import type { CheckResult } from '../../analysis/check/check-result.ts';
import { fewlyTested, type Strength, type Verdict } from '../../analysis/check/verdicts.ts';
import { counted, listUpTo } from '../../checker/text/tables.ts';
import { exploredText, manyProperties, sampledText } from './verdicts.ts';

/** The number of names in one line; `--verbose` and `--json` have all. */
const NAMED = 5;

/** `isAll` names every property. */
export type VerdictsManner = { readonly isAll: boolean };

/** Properties that are vacuous, unknown, or violated without a trace. */
export function attentionLines(
  { verdicts, stories }: Pick<CheckResult, 'verdicts' | 'stories'>,
  manner: VerdictsManner,
): readonly string[] {
  const withStory = new Set(stories.map(({ trace }) => trace.property));
  const kinds = new Map<string, Verdict[]>();
  for (const each of verdicts) {
    const why = attention(each);
    if (why === undefined || withStory.has(each.property)) continue;
    kinds.set(why, [...(kinds.get(why) ?? []), each]);
  }
  return [...kinds].map(([why, own]) => {
    const [first] = own;
    const names = own.map(({ property }) => property);
    const shown = manner.isAll ? names.join(', ') : listUpTo(names, NAMED);
    return `${first?.verdict ?? ''}  ${manyProperties(own.length)} ${why}: ${shown}`;
  });
}

function attention(verdict: Verdict): string | undefined {
  const { closed, open, sampled, states, runs, violatedIn, undecidedIn } = verdict;
  return match(verdict.verdict)
    .with('VACUOUS', () =>
      closed + open + sampled === 0
        ? 'without a claim in these scenarios'
        : 'not tested: witness never reached',
    )
    .with('UNKNOWN', () => {
      if (undecidedIn.length > 0)
        return `not decided within --max-ahead in ${undecidedIn.join(', ')}`;
      return states + runs === 0
        ? 'not checked before the search ended'
        : 'not violated before the search ended';
    })
    .with('VIOLATED', () => `violated in ${violatedIn.join(', ')}`)
    .with('PROVEN', 'BOUNDED', 'SAMPLED', () => undefined)
    .exhaustive();
}

/** Properties that hold, and how strongly. */
export function holdingLines(
  verdicts: readonly Verdict[],
  manner: VerdictsManner,
): readonly string[] {
  return (['PROVEN', 'BOUNDED', 'SAMPLED'] as const).flatMap((strength) =>
    strengthLines(
      strength,
      verdicts.filter(({ verdict }) => verdict === strength),
      manner,
    ),
  );
}

function strengthLines(
  strength: Strength,
  own: readonly Verdict[],
  manner: VerdictsManner,
): readonly string[] {
  const [widest] = own.toSorted((a, b) => scenariosOf(b) - scenariosOf(a));
  if (widest === undefined) return [];
  const which = own.length === 1 ? widest.property : manyProperties(own.length);
  return [
    `${strength}  ${which}, in ${placeOf(widest)}`,
    ...lessLines(own, widest, manner),
    ...fewLines(own),
    ...besideLines(strength, own, manner),
  ];
}

/** A property that applies in fewer scenarios holds in fewer states. */
function lessLines(
  own: readonly Verdict[],
  widest: Verdict,
  { isAll }: VerdictsManner,
): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const each of own) {
    const place = placeOf(each);
    if (place === placeOf(widest)) continue;
    groups.set(place, [...(groups.get(place) ?? []), each.property]);
  }
  return [...groups].map(([place, names]) => {
    const shown = isAll ? names.join(', ') : listUpTo(names, NAMED);
    const many = names.length === 1 ? '' : `${counted(names.length)} of them `;
    return `  ${many}in ${place}: ${shown}`;
  });
}

function placeOf(verdict: Verdict): string {
  return scenariosExplored(verdict) > 0 ? exploredText(verdict) : sampledText(verdict);
}

function scenariosOf(verdict: Verdict): number {
  return scenariosExplored(verdict) * 10_000 + verdict.sampled;
}

function scenariosExplored({ closed, open, verdict }: Verdict): number {
  return verdict === 'SAMPLED' ? 0 : closed + open;
}

function fewLines(own: readonly Verdict[]): readonly string[] {
  const few = fewlyTested(own).map(
    ({ property, tested, testedAtRandom }) => `${property} (${tested - testedAtRandom})`,
  );
  return few.length === 0 ? [] : [`  tested in few small scenarios: ${few.join(', ')}`];
}

/** The random walks of properties that were also explored. */
function besideLines(
  strength: Strength,
  own: readonly Verdict[],
  { isAll }: VerdictsManner,
): readonly string[] {
  const tested = own.filter(({ testedAtRandom }) => testedAtRandom > 0);
  const [widest] = tested.toSorted((a, b) => b.sampled - a.sampled);
  if (strength === 'SAMPLED' || widest === undefined) return [];
  const others = own.filter((each) => each.testedAtRandom === 0).map(({ property }) => property);
  const not = isAll ? others.join(', ') : listUpTo(others, NAMED);
  const all = tested.length === own.length ? 'all' : counted(tested.length);
  return [
    `  ${all} of them SAMPLED in ${sampledText(widest)} as well` +
      (others.length === 0 ? '' : `; not sampled: ${not}`),
  ];
}
