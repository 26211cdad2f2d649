/**
 * Meetings that the repaired kernel cannot reach, and why. A test explores: a meeting that it reaches
 * must not be listed here.
 */
import { beside, pairName } from './meeting-names.ts';
import type { Kind } from './activities.ts';

type Reason = {
  readonly kind: Kind;
  /** Every pair of an activity of the first list and one of the second. */
  readonly pairs?: readonly [readonly string[], readonly string[]];
  /** Every event of the first list during every activity of the second. */
  readonly during?: readonly [readonly string[], readonly string[]];
  readonly because: string;
};

const calls = ['open', 'close', 'fork away', 'wait away', 'exit away'];
const migrations = ['migration out', 'migration home', 'remote exec'];

const reasons: readonly Reason[] = [
  {
    kind: 'file',
    during: [['grant'], ['call-back']],
    because: 'Rounds follow each other: the server grants nothing while an answer is out.',
  },
  {
    kind: 'stream',
    pairs: [['open'], ['open', 'close', 'move']],
    because:
      'Only one process knows the stream until its open is over, and it makes no other call.',
  },
  {
    kind: 'stream',
    during: [['read', 'write', 'fork', 'close of one of several'], ['open']],
    because:
      'Only one process knows the stream until its open is over, and it makes no other call.',
  },
  {
    kind: 'process',
    pairs: [migrations, migrations],
    because: 'A request to migrate is refused while there is a migration.',
  },
  {
    kind: 'process',
    pairs: [['taking back'], ['taking back', ...migrations]],
    because:
      'A target gives up what has arrived after the migration is over and before the next begins.',
  },
  {
    kind: 'process',
    pairs: [['taking back'], ['fork away', 'wait away', 'exit away']],
    because:
      'A process that is taken back was on its way from home, and at home it does not call home.',
  },
  {
    kind: 'process',
    pairs: [['migration home', 'eviction'], ['exit away']],
    because:
      'A visitor that ends gives its migration home up before it reports its end to its home.',
  },
  {
    kind: 'process',
    pairs: [['eviction'], ['eviction']],
    because: 'It is a visitor on one host.',
  },
  {
    kind: 'process',
    pairs: [calls, calls],
    because: 'A process makes one call at a time.',
  },
  {
    kind: 'process',
    pairs: [['exit'], ['open', 'fork away', 'wait away', 'exit']],
    because:
      'A process that ends closes what it has; its only other call reports its end to its home.',
  },
  {
    kind: 'process',
    during: [['request'], [...migrations, 'eviction']],
    because: 'A request to migrate is refused while there is a migration.',
  },
  {
    kind: 'process',
    during: [['request'], ['taking back']],
    because: 'A request is refused until the target of the last one is done.',
  },
  {
    kind: 'process',
    during: [['request'], ['exit', 'exit away']],
    because: 'A process that ends is not sent anywhere.',
  },
  {
    kind: 'process',
    during: [['lost reply'], ['taking back']],
    because:
      'DESTROY has no reply that a host waits for, and a process at home does not call home.',
  },
  {
    kind: 'process',
    during: [['crash where it goes', 'crash of its home'], ['taking back']],
    because: 'The migration is over, and the process is at home or gone.',
  },
  {
    kind: 'host',
    pairs: [['clean-up'], ['departure', 'eviction', 'clean-up']],
    because: 'During its clean-up a host is down, with its owner and its processes.',
  },
  {
    kind: 'host',
    pairs: [['eviction'], ['eviction']],
    because: 'An owner that is back does not come back.',
  },
  {
    kind: 'host',
    during: [['return of its owner'], ['eviction']],
    because: 'An owner that is back does not come back.',
  },
  {
    kind: 'host',
    during: [['crash', 'return of its owner', 'write-back'], ['clean-up']],
    because: 'During its clean-up a host is down.',
  },
  {
    kind: 'host',
    during: [
      ['reboot'],
      ['departure', 'eviction', 'clean-up', 'call-back', 'release', 'open', 'close'],
    ],
    because: 'A host comes up again when the server has ended all calls of it and cleaned up.',
  },
];

const byName = new Map(
  reasons
    .toReversed()
    .flatMap(({ kind, pairs, during, because }) => [
      ...each(pairs, (a, b) => pairName(kind, a, b)).map((name) => [name, because] as const),
      ...each(during, (a, b) => beside(kind, a, b)).map((name) => [name, because] as const),
    ]),
);

export function whyNoMeeting(situation: string): string | undefined {
  return byName.get(situation);
}

function each(lists: Reason['pairs'], nameOf: (a: string, b: string) => string): readonly string[] {
  const [first, second] = lists ?? [[], []];
  return first.flatMap((a) => second.map((b) => nameOf(a, b)));
}
