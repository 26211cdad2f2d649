/**
 * Cases of sharing that the repaired kernel cannot reach, and why. A rule is for all cases that it
 * matches; where it leaves a column out, any value does. A test explores: a case that is reached must
 * match none.
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
      'No round is under way, and the round of whoever uses the file has called back what was dirty.',
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
    because:
      'The last writer is the one called back, or the one for whom it is, which has not closed yet.',
  },
  {
    what: ['recall'],
    mode: ['read'],
    own: ['older'],
    because: 'For a reader only hosts that use the file or wrote last are called back.',
  },
  {
    what: ['recall'],
    mode: ['read'],
    other: ['read-dirty'],
    because: 'Whoever wrote last while others read was called back when they opened.',
  },
  {
    what: ['recall'],
    mode: ['read'],
    other: ['writes', 'writes-uncached'],
    because:
      'With two hosts beside the reader, one of which writes, none caches what could be called back.',
  },
  {
    what: ['recall'],
    mode: ['write'],
    own: ['older'],
    other: ['reads-uncached', 'writes-uncached'],
    because:
      'A closed copy is called back only for a writer that arrives where nobody else uses the file.',
  },
  {
    what: ['recall'],
    mode: ['write'],
    own: ['dirty'],
    other: ['reads', 'read-dirty', 'reads-uncached'],
    because:
      'While a block was dirty nobody else used the file, and the writer has not closed yet.',
  },
];

/** Why a case cannot be reached; undefined where it can. */
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
