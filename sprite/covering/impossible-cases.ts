/**
 * Cases of sharing that the repaired kernel cannot reach, and why. A rule applies to all cases that it
 * matches; a column that it leaves out matches any value. A test explores: a case that it reaches must
 * match no rule.
 */
import type { SharingCase } from './sharing-cases.ts';

type Rule = {
  readonly [column in keyof SharingCase]?: readonly SharingCase[column][];
} & { readonly because: string };

const rules: readonly Rule[] = [
  {
    what: ['write-back'],
    own: ['nothing', 'older', 'current'],
    because: 'Only a dirty block is written back.',
  },
  {
    what: ['write-back'],
    other: ['dirty', 'read-dirty'],
    because: 'A host with a dirty block is the last writer, or is called back for the next one.',
  },
  {
    what: ['write-back'],
    mode: ['write'],
    other: ['reads', 'writes'],
    because: 'While a host has the file open for writing, no other host may cache it.',
  },
  {
    what: ['open', 'arrival'],
    own: ['dirty'],
    other: ['dirty', 'reads', 'read-dirty', 'writes', 'reads-uncached', 'writes-uncached'],
    because:
      'No round is under way, and the round of each host that uses the file has called back dirty data.',
  },
  {
    what: ['open'],
    own: ['current'],
    other: ['dirty'],
    because:
      'A close says whether it leaves dirty data, and the data of a dirty block are newer than any other copy.',
  },
  {
    what: ['fork', 'close'],
    own: ['older'],
    because: 'While a host uses the file and may cache it, no other host writes.',
  },
  {
    what: ['fork', 'close'],
    other: ['dirty', 'read-dirty'],
    because: 'When this host opened the file, the last writer was called back.',
  },
  {
    what: ['fork', 'close'],
    other: ['writes'],
    because: 'While this host uses the file, no other host may write and cache it.',
  },
  {
    what: ['fork', 'close'],
    mode: ['write'],
    other: ['reads'],
    because: 'While this host writes, no other host may cache the file.',
  },
  {
    what: ['recall'],
    other: ['nothing'],
    because: 'A call-back is made for a host, which is listed when it is made.',
  },
  {
    what: ['recall'],
    other: ['dirty'],
    because: 'The last writer is the host called back, or the opener, which has not closed yet.',
  },
  {
    what: ['recall'],
    mode: ['read'],
    own: ['older'],
    because: 'A reader causes call-backs only to hosts that use the file or wrote last.',
  },
  {
    what: ['recall'],
    mode: ['read'],
    other: ['read-dirty'],
    because: 'The last writer was called back when the other readers opened.',
  },
  {
    what: ['recall'],
    mode: ['read'],
    other: ['writes', 'writes-uncached'],
    because:
      'Two other hosts use the file and one of them writes, so no host caches what could be called back.',
  },
  {
    what: ['recall'],
    mode: ['write'],
    own: ['older'],
    other: ['reads-uncached', 'writes-uncached'],
    because:
      'A closed copy is called back only for a writer that arrives while no other host uses the file.',
  },
  {
    what: ['recall'],
    mode: ['write'],
    own: ['dirty'],
    other: ['reads', 'read-dirty', 'reads-uncached'],
    because:
      'No other host used the file while a block was dirty, and the writer has not closed yet.',
  },
];

/** Why a case cannot be reached; undefined if it can. */
export function whyNoCase(each: SharingCase): string | undefined {
  return rules.find((rule) => matches(rule, each))?.because;
}

function matches({ what, mode, own, other }: Rule, each: SharingCase): boolean {
  return (
    (what?.includes(each.what) ?? true) &&
    (mode?.includes(each.mode) ?? true) &&
    (own?.includes(each.own) ?? true) &&
    (other?.includes(each.other) ?? true)
  );
}
