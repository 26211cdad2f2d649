/** `docs/reference/covering.md`: the situations that the small scenarios reach. */
import { join } from 'node:path';
import { allPinned } from '../../analysis/baselines/pinned-counts.ts';
import {
  reachOf,
  situationsIn,
  type SituationsPinned,
} from '../../analysis/baselines/scenarios-per-situation.ts';
import { counted } from '../../checker/text/tables.ts';
import type { Covering } from '../../checker/specification/covering.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import { countsUndone } from '../../sprite/covering/counts-undone.ts';
import { meetings } from '../../sprite/covering/meetings.ts';
import { sharingCases } from '../../sprite/covering/sharing-cases.ts';

export const COVERING = 'docs/reference/covering.md';

/** A row names this many scenarios: the smallest. */
const MOST_NAMED = 3;

const before = [
  '# What the small scenarios cover',
  'Faults hide in cases that the authors of the scenarios did not think of. So these tables were',
  'written down first, from the references, and measured afterwards. A row is one situation. It names the',
  'smallest scenarios in which the repaired kernel `sprite` reaches it, or says in *italics* why it cannot',
  'be reached. A test checks that every row has one of the two, and no row both.',
  '',
  '`npx sprite-check diff` says of an equivalence how many of these situations its scenarios reach. All',
  'scenarios of each row are in `traces/situations.baseline.json`, which `npm run traces` writes.',
  '',
];

type Section = {
  readonly covering: Covering<Scenario>;
  readonly title: string;
  readonly about: readonly string[];
  /** Splits the name of a situation: its group, then its columns. */
  readonly parts: (situation: string) => readonly string[];
  readonly columns: readonly string[];
};

const sections: readonly Section[] = [
  {
    covering: sharingCases,
    title: 'Cases of sharing a file',
    about: [
      'What happens, for reading or for writing, what the host to which it happens has in its cache, and',
      'what another host has: the rows of the consistency table of the kernel',
      '(`fsconsist/fsconsistCache.c`, `StartConsistency`).',
      '',
      '- *What happens* is taken at the step that decides: the server serves an open, an arrival or a close;',
      '  a fork duplicates a stream; a dirty block is written back late; a client does what a call-back asks.',
      "- *For*: the stream's mode. Of a write-back: whether its host has the file open for writing. Of a",
      '  call-back: whether the host for which it is made writes the file.',
      '- *Cached here*: nothing, an older copy than the last write, a current copy, a dirty block.',
      "- *Another host*, by the server's entry for it: nothing; a clean copy or dirty data of a closed file;",
      '  it reads, it reads and wrote last (`read-dirty`), or it writes; `uncached` where it may not cache.',
      '',
    ],
    parts: (situation) => situation.split(' / '),
    columns: ['For', 'Cached here', 'Another host'],
  },
  {
    covering: meetings,
    title: 'Meetings of two activities',
    about: [
      'Two activities on one file, stream, process or host that are in progress in one state (`a + b`), and',
      'events of one step while an activity is in progress (`a during b`).',
      '',
    ],
    parts: (situation) => situation.split(': '),
    columns: ['Meeting'],
  },
  {
    covering: countsUndone,
    title: 'Counts of two that are undone',
    about: [
      'What is undone, and of what there are two or more in the state before. A fault that undoes only one',
      'of two, or only the first time, shows nowhere else.',
      '',
      '- *Crash*: what the host has, and what is in progress there.',
      '- *Clean-up* of a file or a stream, *strike-off* of a host that does not answer a call-back,',
      '  *call-back* and *late write-back* of a host: its uses in the books of the server.',
      '- *Abort*: what a process has whose migration is given up. *Taking back*: what has arrived of it.',
      '- *Return of an owner*: who is on the host. *End of a process*: what it has.',
      '- *Crashes*, *returns*, *replies*: this is the second one.',
      '',
    ],
    parts: (situation) => situation.split(': '),
    columns: ['Two'],
  },
];

/** `root`: the folder from which the pinned results are read. */
export function coveringPage(root: string): readonly string[] {
  const pinned = situationsIn(join(root, 'traces', 'situations.baseline.json'));
  const counts = allPinned(join(root, 'traces', 'explore.baseline.json'));
  const sizeOf = (scenario: string): number => counts.get(`sprite/${scenario}`)?.states ?? 0;
  return [...before, ...sections.flatMap((section) => sectionLines(section, pinned, sizeOf))];
}

function sectionLines(
  { covering, title, about, parts, columns }: Section,
  pinned: SituationsPinned,
  sizeOf: (scenario: string) => number,
): readonly string[] {
  const table = pinned[covering.id] ?? {};
  const all = [...new Set(Object.values(table).flat())];
  const { possible, reached } = reachOf(covering, pinned, all);
  const groups = [...new Set(covering.situations.map((each) => parts(each)[0] ?? ''))];
  return [
    `## ${title}`,
    '',
    ...about,
    `${counted(reached)} of ${counted(possible)} that are possible are reached;` +
      ` ${counted(covering.situations.length - possible)} are not possible.`,
    '',
    ...groups.flatMap((group) => [
      `### ${group.charAt(0).toUpperCase()}${group.slice(1)}`,
      '',
      `| ${[...columns, 'Reached in'].join(' | ')} |`,
      `| ${[...columns, ''].map(() => '---').join(' | ')} |`,
      ...covering.situations
        .filter((each) => parts(each)[0] === group)
        .map((each) => {
          const scenarios = (table[each] ?? []).toSorted((a, b) => sizeOf(a) - sizeOf(b));
          const why = covering.impossible(each);
          const cell = why === undefined ? namesText(scenarios) : `*${why}*`;
          return `| ${[...parts(each).slice(1), cell].join(' | ')} |`;
        }),
      '',
    ]),
  ];
}

function namesText(scenarios: readonly string[]): string {
  const named = scenarios.slice(0, MOST_NAMED).map((each) => `\`${each}\``);
  const more = scenarios.length - named.length;
  if (named.length === 0) return 'nowhere';
  return `${named.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}
