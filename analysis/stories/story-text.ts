/**
 * A story for people: a line for each step, and under it, by host, only its changes.
 *
 *   Consecutive steps of one activity share a line, with their changes together. The last step always has
 *   its own line: it is the one that violates. Hosts are side by side if there is room for them; else one
 *   below the other, each change with its host before it.
 */
import type { Wording } from '../../checker/specification/wording.ts';
import { clipped } from '../../checker/text/printable.ts';
import { valueText } from '../../checker/wording/plain-values.ts';
import type { Loaded } from '../specification/loaded.ts';
import type { Finding } from '../../checker/specification/property.ts';
import { eventOf, type Local, type Story } from '../../checker/specification/protocol.ts';
import type { Json } from '../../checker/text/json.ts';
import type { System } from '../../checker/engine/system.ts';
import type { Trace } from '../../checker/stories/trace-format.ts';
import { displayWidth, fitted, padEnd, wrapped } from '../../checker/text/tables.ts';

type TakenStep = {
  readonly activity: string;
  readonly sentence: string;
  readonly begins: boolean;
};

type Block = {
  readonly first: number;
  readonly steps: readonly TakenStep[];
  readonly before: Int32Array;
  readonly after: Int32Array;
};

type Changes = ReadonlyMap<string, readonly string[]>;

const WIDEST = 27;
/** Narrower columns make a tower of words. */
const NARROWEST = 24;
const MARGIN = 8;
const GAP = '   ';
/** The sign before a value that breaks the property. */
export const WRONG = '✗';

/** A system, with the words of its specification. */
export type StepText = { readonly system: System; readonly spec: Pick<Loaded, 'words'> };

export type Manner = {
  /** Each step has its own line. */
  readonly unfold?: boolean | undefined;
  /** In columns of a terminal; without it, as wide as the hosts need side by side. */
  readonly width?: number;
  /** Cells whose change in the last step is marked. */
  readonly wrong?: ReadonlySet<string>;
};

export function storyText(
  { system, spec: { words } }: StepText,
  story: Story,
  { unfold = false, width = Infinity, wrong }: Manner = {},
): readonly string[] {
  const single = blocksOf(system, words, story);
  const begins =
    story.start === undefined ? [] : [`${' '.repeat(MARGIN)}begins in "${clipped(story.start)}"`];
  if (single.length === 0) return [...begins, `${' '.repeat(MARGIN)}no step takes place`];
  const blocks = unfold ? single : folded(single);
  const start = system.initial(story.start);
  const changes = blocks.map((block, index) =>
    changesIn(system, words, { ...block, start }, index === blocks.length - 1 ? wrong : undefined),
  );
  const hosts = [...new Set(changes.flatMap((each) => [...each.keys()]))].toSorted(
    words.compareColumns,
  );
  const widths = columnWidths(changes, hosts, width - MARGIN);
  return [
    ...begins,
    ...(widths === undefined ? [] : columns([hosts], widths)),
    ...blocks.flatMap((block, index) => {
      const changed = changes[index] ?? new Map();
      return [
        ...headline(block, width),
        ...(widths === undefined
          ? gutterRows(changed, hosts, width)
          : rowsOf(changed, hosts, widths)),
      ];
    }),
  ];
}

/** As wide as their text, within limits; undefined if they do not fit side by side. */
function columnWidths(
  changes: readonly Changes[],
  hosts: readonly string[],
  room: number,
): readonly number[] | undefined {
  const natural = hosts.map((host) =>
    Math.min(WIDEST, Math.max(10, ...changes.flatMap((each) => lengths(each.get(host))))),
  );
  const gaps = GAP.length * (hosts.length - 1);
  for (let most = WIDEST; most >= NARROWEST; most--) {
    const widths = natural.map((own) => Math.min(own, most));
    if (widths.reduce((sum, own) => sum + own, gaps) <= room) return widths;
  }
  return undefined;
}

export function findingText({ subject, expected, found }: Finding): string {
  return `${subject}: expected ${inWords(expected)}, found ${inWords(found)}`;
}

/** Counts that a property compares as a whole are printed as JSON. */
function inWords(text: string): string {
  if (!/^[[{].*[\]}]$/.test(text)) return text;
  try {
    return valueText(JSON.parse(text) as Json);
  } catch {
    return text;
  }
}

/** For a story of a search in this run. */
export function certificateText(trace: Trace): string {
  if (trace.verdict === 'held') return 'nothing is violated';
  const { certificate } = trace;
  if (certificate.kind === 'shortest') return 'shortest, proven';
  if (certificate.kind === 'none') return 'not searched for a shorter one';
  if (certificate.steps === 0) return 'not known to be shortest';
  return `not known to be shortest (none has fewer than ${certificate.steps})`;
}

/** The same for a file, which may have been edited: what it says, and that it was not checked. */
export function storedCertificateText(trace: Trace): string {
  if (trace.verdict === 'held' || trace.certificate.kind === 'none') return certificateText(trace);
  const { certificate, variant } = trace;
  const said =
    certificate.kind === 'shortest' ? 'shortest' : `none has fewer than ${certificate.steps}`;
  return `its file says ${said} on ${variant}, not checked here`;
}

/** One block for each step that takes place. */
function blocksOf(system: System, words: Wording, { start, steps }: Story): readonly Block[] {
  if (!system.starts.includes(start)) return [];
  const row = system.initial(start);
  const names = new Set(system.protocol.cells.map(({ name }) => name));
  const blocks: Block[] = [];
  for (const [index, step] of steps.entries()) {
    if (!names.has(step.at)) break;
    const before = row.slice();
    const cell = system.indexOf(step.at);
    const local = row[cell] as number;
    const delivery = system.delivery(step.at, eventOf(step));
    // A stored step may be anything: only an offered one reaches a machine.
    if (!system.offers(cell, local).includes(delivery)) break;
    const acting = system.local(cell, local);
    if (!system.perform(row, delivery)) break;
    // An unspecified event: the partial changes of the step did not happen.
    if (system.unspecified() !== undefined) system.undo(row);
    const taken = {
      activity: words.activity(step.at),
      sentence: words.sentence(step, acting),
      begins: words.begins(step, acting, steps[index - 1]),
    };
    blocks.push({ first: index + 1, steps: [taken], before, after: row.slice() });
  }
  return blocks;
}

function folded(blocks: readonly Block[]): readonly Block[] {
  const result: Block[] = [];
  for (const [index, block] of blocks.entries()) {
    const last = result.at(-1);
    const isAlone = index === blocks.length - 1 || block.steps[0]?.begins === true;
    if (last !== undefined && !isAlone && activity(last) === activity(block)) {
      const steps = [...last.steps, ...block.steps];
      result[result.length - 1] = { ...last, steps, after: block.after };
    } else result.push(block);
  }
  return result;
}

function activity({ steps }: Block): string | undefined {
  return steps[0]?.activity;
}

function headline({ first, steps }: Block, width: number): readonly string[] {
  const last = first + steps.length - 1;
  const number = first === last ? String(first) : `${first}-${last}`;
  const [begin = '', end = ''] = [steps[0]?.sentence, steps.at(-1)?.sentence];
  const text = steps.length === 1 ? begin : `${begin}${steps.length > 2 ? '; …' : ''}; ${end}`;
  return fitted(`${number.padStart(MARGIN - 2)}  ${text}`, width);
}

function changesIn(
  system: System,
  words: Wording,
  { before, after, start }: Pick<Block, 'before' | 'after'> & { readonly start: Int32Array },
  wrong?: ReadonlySet<string>,
): Changes {
  const changes = new Map<string, string[]>();
  system.protocol.cells.forEach(({ name }, cell) => {
    if (before[cell] === after[cell]) return;
    const [from, to, initial] = [before, after, start].map((row) =>
      system.local(cell, row[cell] as number),
    ) as [Local, Local, Local];
    const host = words.column(name, from, to);
    const text = words.change(name, { from, to, initial });
    if (host === undefined || text === undefined) return;
    const said = wrong?.has(name) === true ? `${WRONG} ${text}` : text;
    changes.set(host, [...(changes.get(host) ?? []), said]);
  });
  return changes;
}

function rowsOf(
  changes: Changes,
  hosts: readonly string[],
  widths: readonly number[],
): readonly string[] {
  const cells = hosts.map((host, column) =>
    (changes.get(host) ?? []).flatMap((text) => wrapped(text, widths[column] ?? WIDEST)),
  );
  const height = Math.max(0, ...cells.map(({ length }) => length));
  const rows = Array.from({ length: height }, (_, line) => cells.map((cell) => cell[line] ?? ''));
  return columns(rows, widths);
}

/** One below the other, the host before its change, unless the change names it already. */
function gutterRows(changes: Changes, hosts: readonly string[], width: number): readonly string[] {
  const isNamed = [...changes].every(([host, texts]) =>
    texts.every((text) => text.replace(`${WRONG} `, '').startsWith(`${host}:`)),
  );
  const gutter = isNamed ? 0 : Math.max(...hosts.map(displayWidth)) + 2;
  return hosts.flatMap((host) =>
    (changes.get(host) ?? []).flatMap((text, index) =>
      wrapped(text, width - MARGIN - gutter).map((line, part) => {
        const before = isNamed || index + part > 0 ? '' : host;
        return `${' '.repeat(MARGIN)}${padEnd(before, gutter)}${line}`;
      }),
    ),
  );
}

function columns(
  rows: readonly (readonly string[])[],
  widths: readonly number[],
): readonly string[] {
  return rows.map((row) => {
    const line = row.map((text, column) => padEnd(text, widths[column] ?? 0)).join(GAP);
    return `${' '.repeat(MARGIN)}${line}`.trimEnd();
  });
}

function lengths(texts: readonly string[] = []): readonly number[] {
  return texts.map(displayWidth);
}
