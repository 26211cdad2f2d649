/**
 * JUnit XML, as CI servers read it: a suite for each scenario, a case for each outcome.
 *
 *   passed   a case with nothing inside; an expected fault that is CAUGHT is one
 *   failed   `failure`: the claim does not hold
 *   unknown  `skipped`, and `error` under --strict: not decided
 *   skipped  `skipped`
 *
 * Most readers identify a case by its class and name, whatever its suite. So the name is the outcome's id:
 * the same in every run, and of no other case. Counts and times of the suites are the sums of their cases:
 * some readers refuse other files.
 */
import XmlBuilder from 'fast-xml-builder';
import { match } from 'ts-pattern';
import { legalLine, legalLines } from './xml-text.ts';
import type { Outcome, ReportMeta } from './outcome.ts';

/** The suite of outcomes without a scenario. */
const NOWHERE = 'no scenario';

const builder = new XmlBuilder({
  attributeNamePrefix: '@',
  ignoreAttributes: false,
  format: true,
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
});

type Node = { readonly [name: string]: string | number | Node | readonly Node[] | undefined };

/** The file's text. Equal outcomes give equal text except for `time` and `timestamp`. */
export function junit(outcomes: readonly Outcome[], meta: ReportMeta): string {
  const suites = [...new Set(outcomes.map(suiteOf))];
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: {
      '@name': `sprite-check ${meta.verb}`,
      ...totals(outcomes, meta),
      testsuite: suites.map((name) =>
        suite(
          name,
          outcomes.filter((outcome) => suiteOf(outcome) === name),
          meta,
        ),
      ),
    },
  });
}

function suiteOf({ scenario }: Outcome): string {
  return scenario === '' ? NOWHERE : scenario;
}

function suite(name: string, outcomes: readonly Outcome[], meta: ReportMeta): Node {
  return {
    '@name': legalLine(name),
    ...totals(outcomes, meta),
    properties: {
      property: Object.entries(fieldsOf(meta)).map(([field, value]) => ({
        '@name': field,
        '@value': legalLine(String(value)),
      })),
    },
    testcase: outcomes.map((outcome) => testCase(outcome, meta)),
  };
}

function fieldsOf({ version, asked, timesOf }: ReportMeta): ReportMeta['asked'] {
  if (timesOf === undefined) return { version, ...asked };
  return { version, ...asked, times: `of the full run that ended ${timesOf}` };
}

function totals(outcomes: readonly Outcome[], meta: ReportMeta): Node {
  const kinds = outcomes.map((outcome) => kindOf(outcome, meta));
  const count = (kind: Kind): number => kinds.filter((each) => each === kind).length;
  return {
    '@tests': outcomes.length,
    '@failures': count('failure'),
    '@errors': count('error'),
    '@skipped': count('skipped'),
    '@time': seconds(outcomes.reduce((sum, each) => sum + milliseconds(each), 0)),
    '@timestamp': meta.startedAt,
  };
}

type Kind = 'nothing' | 'failure' | 'error' | 'skipped';

function kindOf({ status }: Outcome, { strict }: ReportMeta): Kind {
  return match(status)
    .returnType<Kind>()
    .with('passed', () => 'nothing')
    .with('failed', () => 'failure')
    .with('unknown', () => (strict ? 'error' : 'skipped'))
    .with('skipped', () => 'skipped')
    .exhaustive();
}

function testCase(outcome: Outcome, meta: ReportMeta): Node {
  const { id, what, variant, verdict, message, story = [], trace } = outcome;
  const kind = kindOf(outcome, meta);
  const said = { '@message': legalLine(`${verdict}: ${message}`) };
  const typed = { ...said, '@type': legalLine(verdict) };
  return {
    '@name': legalLine(id),
    '@classname': legalLine(`sprite-check.${what}.${variant}`),
    '@time': seconds(milliseconds(outcome)),
    ...(trace !== undefined && {
      properties: { property: { '@name': 'attachment', '@value': legalLine(trace) } },
    }),
    ...match(kind)
      .with('nothing', () => ({ 'system-out': legalLine(`${verdict}: ${message}`) }))
      .with('failure', () => ({ failure: { ...typed, '#text': legalLines([message, ...story]) } }))
      .with('error', () => ({ error: { ...typed, '#text': legalLine(message) } }))
      .with('skipped', () => ({ skipped: said }))
      .exhaustive(),
  };
}

/** Whole milliseconds, so that the printed sums are the sums of the printed times. */
function milliseconds({ seconds: spent = 0 }: Outcome): number {
  return Math.round(spent * 1000);
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
