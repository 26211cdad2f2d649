/**
 * SARIF 2.1.0, as code scanning reads it: a result for each outcome that failed.
 *
 *   An outcome that passed is no result: GitHub shows every result as an alert, whatever its `kind`. An
 *   unknown one is a notification of the invocation. Each result has a location, or GitHub refuses the
 *   whole file, and fingerprints that contain only the outcome's name.
 *
 * `baselineState` is relative to an earlier report if one is given, else to the stored violations. A
 * result is `absent` only if this run checked it again.
 */
import type { Invocation, Location, Log, Notification, Result, Run } from 'sarif';
import { hashText } from '../../checker/engine/world-hash.ts';
import { HOMEPAGE } from '../version.ts';
import { legalLine, legalLines } from './xml-text.ts';
import type { BeforeState, Outcome, ReportMeta } from './outcome.ts';
import { ruleFor, type Rule } from './sarif-rules.ts';

/** An earlier report: the text of each result's message, by the outcome's name. */
export type SarifBaseline = ReadonlyMap<string, string>;

/** The fingerprint that contains an outcome's name. */
export const FINGERPRINT = 'spriteCheckOutcome/v1';
export const DRIVER = 'sprite-check';

const ROOT = '%SRCROOT%';

/** The file's text. It contains no times: equal outcomes give equal text. */
export function sarif(
  outcomes: readonly Outcome[],
  { meta, rules }: { readonly meta: ReportMeta; readonly rules: readonly Rule[] },
  baseline?: SarifBaseline,
): string {
  const listed = rulesNamed(rules, outcomes);
  const run: Run = {
    tool: {
      driver: {
        name: DRIVER,
        semanticVersion: meta.version,
        informationUri: HOMEPAGE,
        rules: listed.map(({ descriptor }) => descriptor),
      },
    },
    automationDetails: { id: `${DRIVER}/${legalLine(meta.verb)}/` },
    originalUriBaseIds: { [ROOT]: { description: { text: 'The folder of the project.' } } },
    columnKind: 'utf16CodeUnits',
    invocations: [invocation(outcomes, meta, listed)],
    results: outcomes.flatMap((outcome) => resultOf(outcome, listed, baseline)),
    properties: { asked: meta.asked },
  };
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [run],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** All that are shipped, so that two reports have the same rules, and all others that are named. */
function rulesNamed(rules: readonly Rule[], outcomes: readonly Outcome[]): readonly Rule[] {
  const named = new Map(rules.map((rule) => [rule.descriptor.id, rule]));
  for (const outcome of outcomes) {
    const rule = ruleFor(rules, outcome);
    if (!named.has(rule.descriptor.id)) named.set(rule.descriptor.id, rule);
  }
  return [...named.values()];
}

function resultOf(
  outcome: Outcome,
  listed: readonly Rule[],
  baseline: SarifBaseline | undefined,
): readonly Result[] {
  const { id, what, variant, scenario, property, verdict, trace } = outcome;
  const text = messageOf(outcome);
  const isFailed = outcome.status === 'failed';
  const known = baseline === undefined ? outcome.before : stateAgainst(baseline, outcome, text);
  // Something failed: if the stored violation is gone, this is another failure.
  const state = isFailed && known === 'absent' ? 'updated' : known;
  const isGone = outcome.status === 'passed' && state === 'absent';
  if (!isFailed && !isGone) return [];
  const rule = ruleFor(listed, outcome);
  return [
    {
      ruleId: rule.descriptor.id,
      ruleIndex: listed.findIndex((each) => each.descriptor.id === rule.descriptor.id),
      ...(isGone ? { kind: 'pass', level: 'none' } : { kind: 'fail', level: 'error' }),
      message: { text },
      locations: [locationOf(outcome, rule)],
      ...(trace !== undefined && { relatedLocations: [{ id: 1, ...fileLocation(trace) }] }),
      partialFingerprints: {
        [FINGERPRINT]: legalLine(id),
        // GitHub reads this one. Without it, all scenarios of a property would be one alert.
        primaryLocationLineHash: `${hashText(id)}:1`,
      },
      ...(state !== undefined && { baselineState: state }),
      properties: { what, variant, scenario, verdict, ...(property !== undefined && { property }) },
    },
  ];
}

function stateAgainst(
  baseline: SarifBaseline,
  { id, status }: Outcome,
  text: string,
): BeforeState | undefined {
  const before = baseline.get(legalLine(id));
  if (status === 'passed') return before === undefined ? undefined : 'absent';
  if (before === undefined) return 'new';
  return before === text ? 'unchanged' : 'updated';
}

function messageOf({ variant, scenario, verdict, message, story = [] }: Outcome): string {
  const where = scenario === '' ? variant : `${variant}, ${scenario}`;
  return legalLines([`${verdict} (${where}): ${message}`, ...story]);
}

/** The file of a stored story, or the file that states what failed. */
function locationOf({ what, trace }: Outcome, rule: Rule): Location {
  return fileLocation(what === 'trace' && trace !== undefined ? trace : rule.file);
}

function fileLocation(path: string): Location {
  const uri = legalLine(path).split('/').map(encodeURIComponent).join('/');
  return {
    physicalLocation: {
      artifactLocation: { uri, uriBaseId: ROOT },
      region: { startLine: 1 },
    },
  };
}

function invocation(
  outcomes: readonly Outcome[],
  { exitCode, strict }: ReportMeta,
  listed: readonly Rule[],
): Invocation {
  const unknown = outcomes.filter(({ status }) => status === 'unknown');
  const notifications = unknown.map((outcome): Notification => {
    const { id } = ruleFor(listed, outcome).descriptor;
    return {
      level: strict ? 'error' : 'warning',
      message: { text: messageOf(outcome) },
      associatedRule: { id, index: listed.findIndex(({ descriptor }) => descriptor.id === id) },
    };
  });
  return {
    // Not for wrong usage (1), internal errors (3) and interruptions (130).
    executionSuccessful: ![1, 3, 130].includes(exitCode),
    exitCode,
    toolExecutionNotifications: notifications,
  };
}
