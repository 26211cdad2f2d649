/**
 * The property's claims, by object, after each step: held, violated, or excused because the object is not
 * at rest.
 *
 *   A claim about quiescent objects is evaluated twice: in the world as it is, and in the same world with
 *   every call, call-back, migration and clean-up over. If only the second evaluation finds a violation, a
 *   running activity will still settle the difference. A claim about terminal worlds is excused in any
 *   other world, and a claim by removal if its removal does not apply.
 */
import { match } from 'ts-pattern';
import type { Claim, Finding } from '../../checker/specification/property.ts';
import { eventOf, type Local, type Look, type View } from '../../checker/specification/protocol.ts';
import type { Json } from '../../checker/text/json.ts';
import { whatRemovalChanges } from '../../checker/claims/removal-runs.ts';
import { createMonitor } from '../../checker/claims/monitor.ts';
import { createRestJudge } from '../../checker/claims/comes-to-rest.ts';
import type { Ahead } from '../../checker/claims/look-ahead.ts';
import { isStuck } from '../../checker/engine/enabled.ts';
import type { System } from '../../checker/engine/system.ts';
import type { Loaded } from '../specification/loaded.ts';
import type { Truth } from './document.ts';
import type { SteppedStory } from '../stories/worlds-by-step.ts';

type Value = Truth['rows'][number]['values'][number];
type Judged = { readonly value: Value; readonly finding?: Finding | undefined };

export function truthOf(story: SteppedStory, claims: readonly Claim[]): Truth {
  const judge = createJudge(story, claims);
  const judged = claims.map((claim) => story.worlds.map((_, step) => judge(claim, step)));
  const changing = judged.filter((values) => values.some(({ value }) => value !== 'held'));
  const rows = story.worlds.map((_, step) => ({
    step,
    values: changing.map((values) => values[step]?.value ?? 'held'),
  }));
  return {
    claims: changing.map((values) => nameOf(values)),
    rows: rows.filter(({ values }, step) => values.join() !== rows[step - 1]?.values.join()),
    heldThroughout: judged.length - changing.length,
  };
}

function createJudge(
  story: SteppedStory,
  claims: readonly Claim[],
): (claim: Claim, step: number) => Judged {
  const { spec, system, steps, worlds } = story;
  const judgeRest = createRestJudge(
    system,
    claims.find(({ kind }) => kind === 'comesToRest')?.maxAhead,
  );
  return judge;

  function judge(claim: Claim, step: number): Judged {
    const row = worlds[step] ?? system.initial(story.start);
    const look = system.look(row);
    const finding = claim.test(look);
    return match(claim.kind)
      .with('always', () => violatedIf(finding))
      .with('atRest', () =>
        finding === undefined
          ? excusedIf(claim.test(resting(look, system, spec)))
          : violatedIf(finding),
      )
      .with('whenStuck', () => (isStuck(system, row) ? violatedIf(finding) : excusedIf(finding)))
      .with('byRemoval', () =>
        finding === undefined || claim.removal === undefined
          ? violatedIf(undefined)
          : judgedAhead(whatRemovalChanges(system, row, claim.removal, claim.maxAhead)),
      )
      .with('comesToRest', () => judgedAhead(judgeRest(row)))
      .with('atStart', () => violatedIf(step === 0 ? finding : undefined))
      .with('onEveryStep', () => violatedIf(findingOfStep(claim, step)))
      .exhaustive();
  }

  /** The number of the step that leads to that world. */
  function findingOfStep(claim: Claim, step: number): Finding | undefined {
    const [row, taken] = [worlds[step - 1]?.slice(), steps[step - 1]];
    if (row === undefined || taken === undefined) return undefined;
    const delivery = system.delivery(taken.at, eventOf(taken));
    const monitor = createMonitor(system, [claim], []);
    monitor.stepsFrom(row);
    if (!system.perform(row, delivery) || system.unspecified() !== undefined) return undefined;
    return monitor.checkStep(row, delivery)[0]?.finding;
  }
}

function judgedAhead(ahead: Ahead): Judged {
  return ahead === 'undecided' ? { value: 'not decided' } : violatedIf(ahead);
}

function violatedIf(finding: Finding | undefined): Judged {
  return finding === undefined ? { value: 'held' } : { value: 'violated', finding };
}

function excusedIf(finding: Finding | undefined): Judged {
  return finding === undefined ? { value: 'held' } : { value: 'not at rest', finding };
}

/** The same world without activities in progress, if the specification defines activities. */
function resting(look: Look, system: System, { activities }: Loaded): Look {
  const initial = new Map(system.protocol.cells.map((each) => [each.name, each.initial]));
  const see = (name: string, view?: View<Json>): Json | Local => {
    const kind = name.split(' ', 1)[0] ?? '';
    const rest = activities?.has(kind) === true ? initial.get(name) : undefined;
    if (view === undefined) return rest ?? look(name);
    return rest === undefined ? look(name, view) : view(rest);
  };
  return see as Look;
}

/** The subject of the claim: that of its last violation, or any, because a claim may have many. */
function nameOf(values: readonly Judged[]): string {
  const subjects = values.flatMap(({ finding }) => (finding === undefined ? [] : finding.subject));
  const last = values.findLast(({ value }) => value === 'violated')?.finding?.subject;
  const name = last ?? subjects[0] ?? '';
  return subjects.every((each) => each === name) ? name : `${name} and others`;
}
