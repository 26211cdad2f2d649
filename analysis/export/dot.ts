/**
 * The happened-before graph for Graphviz: a box for each host with its steps in a row, an arrow for
 * each message, a dashed one if a step only sees something of another host, the finding in red.
 */
import { wrapped } from '../../checker/text/tables.ts';
import {
  findingOf,
  headlineOf,
  messagesTo,
  sightsOf,
  type Message,
  type DocumentStep,
  type StoryDocument,
} from './story-document.ts';

const WIDEST = 36;
const RED = 'color="red", fontcolor="red", penwidth="2"';

export function dotOf(story: StoryDocument): string {
  const { hosts, steps, columnTitle } = story;
  const finding = findingOf(story);
  const last = steps.at(-1);
  return [
    'digraph story {',
    `  label=${quoted([headlineOf(story)])};`,
    '  labelloc="t";',
    '  newrank="true";',
    '  node [shape="box", style="rounded", fontname="Courier", fontsize="10"];',
    '  edge [fontname="Courier", fontsize="9"];',
    ...hosts.flatMap((host, index) => [
      `  subgraph "cluster_${index}" {`,
      `    label=${quoted([columnTitle(host)])};`,
      ...steps
        .filter((step) => step.host === host)
        .map((step) => `    ${nodeText(step, finding !== undefined && step === last)}`),
      '  }',
    ]),
    ...steps.flatMap((step) => edgesTo(step, steps)).map((edge) => `  ${edge}`),
    ...(finding === undefined ? [] : findingLines(finding, last)),
    '}',
    '',
  ].join('\n');
}

function nodeText({ number, sentence, takesPlace }: DocumentStep, isBad: boolean): string {
  const lines = wrapped(`${number}  ${sentence}`, WIDEST);
  const style = takesPlace ? '' : ', style="rounded,dashed"';
  return `"${number}" [label=${quoted(lines)}${style}${isBad ? `, ${RED}` : ''}];`;
}

/** Arrows from the previous step of the same host, and from the steps that sent what this one takes. */
function edgesTo(step: DocumentStep, steps: readonly DocumentStep[]): readonly string[] {
  const { number, host } = step;
  const before = steps.slice(0, number - 1).findLast((each) => each.host === host);
  return [
    ...(before === undefined
      ? []
      : [`"${before.number}" -> "${number}" [style="dotted", arrowhead="none", weight="10"];`]),
    ...messagesTo(step).map((sent) => edgeText(sent, number, '')),
    ...sightsOf(step).map((seen) => edgeText(seen, number, ', style="dashed"')),
  ];
}

function edgeText({ step, label }: Message, to: number, style: string): string {
  return `"${step}" -> "${to}" [label=${quoted(wrapped(label, WIDEST))}${style}];`;
}

function findingLines(finding: string, last: DocumentStep | undefined): readonly string[] {
  const label = quoted(wrapped(`violated: ${finding}`, WIDEST));
  return [
    `  "finding" [shape="note", style="filled", fillcolor="mistyrose", label=${label}, ${RED}];`,
    ...(last === undefined ? [] : [`  "${last.number}" -> "finding" [${RED}];`]),
  ];
}

/** A quoted string of left-aligned lines. */
function quoted(lines: readonly string[]): string {
  const text = lines.map((line) => line.replaceAll('\\', '\\\\').replaceAll('"', '\\"'));
  return `"${text.length === 1 ? text.join('') : text.map((line) => `${line}\\l`).join('')}"`;
}
