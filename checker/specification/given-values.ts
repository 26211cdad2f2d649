/**
 * What actions, observations, offers, views and claims give, looked at where it is taken: what is
 * wrong with it, and what it should be. Undefined where it is as asked for.
 */
import { isRecord } from '../text/plain-json.ts';

/** One effect, of what an action returns: "returns ...". */
export function whyNoEffect(effect: unknown): string | undefined {
  if (!isRecord(effect)) return `returns ${toldGiven(effect)}: ${EFFECT}`;
  const { to, event, ...others } = effect;
  if (typeof to !== 'string' || event === undefined)
    return `returns ${toldGiven(effect)}: ${EFFECT}`;
  const [other] = Object.keys(others);
  if (other !== undefined)
    return `returns an effect with a field ${other}: nobody reads it, ${EFFECT}`;
  const why = whyNoEvent(event);
  return why === undefined ? undefined : `tells ${to} ${why}`;
}

const EFFECT =
  'return { to, event }, the name of a cell and an event for it, a list of these, or nothing';

/** "no event, but ..."; parameters are looked at where an event gets its number. */
export function whyNoEvent(event: unknown): string | undefined {
  if (isRecord(event) && typeof event['type'] === 'string' && event['type'] !== '')
    return undefined;
  return `no event, but ${toldGiven(event)}: an event is { type, ... }, its type a text`;
}

/** What a cell offers: "is ...". */
export function whyNoOffer(events: unknown): string | undefined {
  if (!Array.isArray(events)) return `is ${toldGiven(events)}: give a list of events`;
  const wrong: unknown = events.find((event) => whyNoEvent(event) !== undefined);
  return events.every((event) => whyNoEvent(event) === undefined)
    ? undefined
    : `has ${whyNoEvent(wrong)}`;
}

/** What an event is told of other cells: "is ...". */
export function whyNoFacts(facts: unknown, event: { readonly type: string }): string | undefined {
  if (!isRecord(facts)) return `is ${toldGiven(facts)}: give a record of facts, { name: value }`;
  const taken = Object.keys(facts).find((name) => Object.hasOwn(event, name));
  if (taken === undefined) return undefined;
  return taken === 'type'
    ? 'has a fact named type, which would replace the type of the event: use another name'
    : `has a fact named ${taken}, as a parameter of the event is: use another name`;
}

/** What a claim returns: "returns ...". */
export function whyNoFinding(finding: unknown): string | undefined {
  if (!isRecord(finding)) return `returns ${toldGiven(finding)}: ${FINDING}`;
  const missing = ['subject', 'expected', 'found'].find(
    (name) => typeof finding[name] !== 'string',
  );
  if (missing !== undefined)
    return `returns ${toldGiven(finding)}, without a text ${missing}: ${FINDING}`;
  const { subject, expected, found } = finding;
  if (expected !== found) return undefined;
  return `says that ${String(subject)} is not as expected, but expected and found are equal: ${String(found)}`;
}

const FINDING =
  'return undefined where it holds, else { subject, expected, found }, three texts (see `equal`)';

/** What is asked whether something is so: "must say ...". */
export function whyNoAnswer(answer: unknown, asked: string): string | undefined {
  if (typeof answer === 'boolean') return undefined;
  return `must say true or false of ${asked}, and gives ${toldGiven(answer)}`;
}

function toldGiven(given: unknown): string {
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
