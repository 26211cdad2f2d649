/**
 * A Mermaid sequence diagram: a column for each host, a note for each step, an arrow for each message.
 *
 *   An arrow is drawn where its message arrives. If a step only sees something of another host, a crash or a
 *   free lock, that is no message: the note says so. Consecutive steps of one activity on one host share a
 *   note if no message reaches them, as `replay` folds them. The last step has a note of its own.
 */
import { wrapped } from '../../checker/text/tables.ts';
import {
  findingOf,
  headlineOf,
  messagesTo,
  sightsOf,
  type DocumentStep,
  type StoryDocument,
} from './story-document.ts';

type Note = readonly [DocumentStep, ...DocumentStep[]];

const WIDEST = 44;
const ALARM = 'rgb(255, 226, 226)';

export function mermaidOf(story: StoryDocument): string {
  const { hosts, steps, columnTitle } = story;
  const notes = notesOf(steps);
  const finding = findingOf(story);
  const last = notes.at(-1);
  const calm = finding === undefined ? notes : notes.slice(0, -1);
  return [
    'sequenceDiagram',
    ...hosts.map((host) => `  participant ${idOf(host)} as ${escaped(columnTitle(host))}`),
    `  ${over(hosts)}: ${escaped(headlineOf(story))}`,
    ...calm.flatMap(linesOf).map(indented),
    ...(finding === undefined
      ? []
      : [
          `  rect ${ALARM}`,
          ...(last === undefined ? [] : linesOf(last).map((line) => indented(indented(line)))),
          `    ${over(hosts)}: ${escaped(`violated: ${finding}`)}`,
          '  end',
        ]),
    '',
  ].join('\n');
}

function notesOf(steps: readonly DocumentStep[]): readonly Note[] {
  const notes: Note[] = [];
  for (const step of steps) {
    const note = notes.at(-1);
    const isLast = step.number === steps.length;
    if (note === undefined || isLast || !goesOn(note[0], step)) notes.push([step]);
    else notes[notes.length - 1] = [...note, step];
  }
  return notes;
}

function goesOn({ activity, host }: DocumentStep, next: DocumentStep): boolean {
  const isSame = activity === next.activity && host === next.host;
  return isSame && !next.begins && messagesTo(next).length + sightsOf(next).length === 0;
}

function linesOf(note: Note): readonly string[] {
  const [first] = note;
  const last = note.at(-1) ?? first;
  const number = first === last ? `${first.number}` : `${first.number}-${last.number}`;
  const said = first === last ? [first] : [first, last];
  const text = said.map(({ sentence }) => sentence).join(note.length > 2 ? '; …; ' : '; ');
  const missed = last.takesPlace ? '' : ' (does not take place)';
  const seen = sightsOf(first).map(({ step, label }) => ` (sees step ${step}: ${label})`);
  return [
    ...messagesTo(first).map(
      ({ step, host, label }) =>
        `${idOf(host)}->>${idOf(first.host)}: ${escaped(`step ${step}: ${label}`)}`,
    ),
    `${over([first.host])}: ${escaped(`${number}. ${text}${missed}${seen.join('')}`)}`,
  ];
}

function over(hosts: readonly string[]): string {
  const [first = '', last = first] = [hosts[0], hosts.at(-1)].map((host) => idOf(host ?? ''));
  return first === last ? `Note over ${first}` : `Note over ${first},${last}`;
}

/** A name that is one word for Mermaid, and that no other host has: "wire a" is wire_20_a. */
function idOf(host: string): string {
  const id = host.replaceAll(/\W|_/g, (mark) => `_${mark.charCodeAt(0).toString(16)}_`);
  return /^end$/i.test(id) ? `${id}_` : id;
}

function indented(line: string): string {
  return `  ${line}`;
}

/** Escapes the syntax of Mermaid: ends of statements, entities, directives, formulas, `end`. */
function escaped(text: string): string {
  return wrapped(text, WIDEST)
    .map((line) =>
      line
        .trim()
        .replaceAll(/[#;%$<>&`\\{}]/g, (mark) => `#${mark.charCodeAt(0)};`)
        .replaceAll(/\bend\b/gi, '($&)'),
    )
    .join('<br/>');
}
