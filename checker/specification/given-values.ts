/**
 * Checks the results of actions, observations, offers, views and claims where they are used. Each function
 * returns the error and the expected form; undefined if the result is right.
 */
import { isRecord } from '../text/plain-json.ts';

/** One effect in the result of an action: "returns ...". */
export function whyNoEffect(effect: unknown): string | undefined {
  if (!isRecord(effect)) return `returns ${describe(effect)}: ${EFFECT}`;
  const { to, event, ...others } = effect;
  if (typeof to !== 'string' || event === undefined)
    return `returns ${describe(effect)}: ${EFFECT}`;
  const [other] = Object.keys(others);
  if (other !== undefined) return `returns an effect with an unknown field ${other}: ${EFFECT}`;
  const why = whyNoEvent(event);
  return why === undefined ? undefined : `sends ${to} ${why}`;
}

const EFFECT =
  'return { to, event }, the name of a cell and an event for it, a list of these, or nothing';

/** "no event, but ..."; parameters are checked when the event gets its number. */
export function whyNoEvent(event: unknown): string | undefined {
  if (isRecord(event) && typeof event['type'] === 'string' && event['type'] !== '')
    return undefined;
  return `no event, but ${describe(event)}: an event is { type, ... }, its type a text`;
}

/** The offers of a cell: "is ...". */
export function whyNoOffer(events: unknown): string | undefined {
  if (!Array.isArray(events)) return `is ${describe(events)}: give a list of events`;
  const wrong: unknown = events.find((event) => whyNoEvent(event) !== undefined);
  return events.every((event) => whyNoEvent(event) === undefined)
    ? undefined
    : `has ${whyNoEvent(wrong)}`;
}

/** The facts of other cells for an event: "is ...". */
export function whyNoFacts(facts: unknown, event: { readonly type: string }): string | undefined {
  if (!isRecord(facts)) return `is ${describe(facts)}: give a record of facts, { name: value }`;
  const taken = Object.keys(facts).find((name) => Object.hasOwn(event, name));
  if (taken === undefined) return undefined;
  return taken === 'type'
    ? 'has a fact named type, which would replace the type of the event: use another name'
    : `has a fact named ${taken}, as a parameter of the event is: use another name`;
}

/** The result of a claim: "returns ...". */
export function whyNoFinding(finding: unknown): string | undefined {
  if (!isRecord(finding)) return `returns ${describe(finding)}: ${FINDING}`;
  const missing = ['subject', 'expected', 'found'].find(
    (name) => typeof finding[name] !== 'string',
  );
  if (missing !== undefined)
    return `returns ${describe(finding)}, without a text ${missing}: ${FINDING}`;
  const { subject, expected, found } = finding;
  if (expected !== found) return undefined;
  return `says that ${String(subject)} is not as expected, but expected and found are equal: ${String(found)}`;
}

const FINDING =
  'return undefined where it holds, else { subject, expected, found }, three texts (see `equal`)';

/** The result of a condition: "must say ...". */
export function whyNoAnswer(answer: unknown, asked: string): string | undefined {
  if (typeof answer === 'boolean') return undefined;
  return `must say true or false of ${asked}, and gives ${describe(answer)}`;
}

function describe(given: unknown): string {
  if (isRecord(given)) {
    const keys = Object.keys(given);
    return keys.length === 0 ? 'an empty record' : `a record { ${keys.join(', ')} }`;
  }
  if (Array.isArray(given)) return 'a list';
  if (typeof given === 'string') return `the text ${JSON.stringify(given)}`;
  if (typeof given === 'function') return 'a function';
  if (typeof given !== 'object' || given === null) return String(given);
  return 'then' in given ? 'a promise (it may not be async)' : 'an object of a class';
}
