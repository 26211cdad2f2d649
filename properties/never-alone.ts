/**
 * Properties that cannot catch a fault alone: other properties find every fault that they find. Each has the
 * reason, and why it stays. For every property that is not listed, a fault is shipped that no other property
 * catches in its scenario.
 */

export const neverAlone: { readonly [property: string]: string } = {
  'no-negative-counts':
    'at rest a negative count differs from what `use-counts-sum-clients`, `entry-matches-handle`, `handle-counts-streams` or `references-are-owned` compares it with; the kernel panics on it, and the finding names the count',
  'one-offset':
    '`transparency` claims the same of every read and write; this finding names the stream, and the cause',
  'no-cycle-of-waiting':
    'a circle never opens, so `nothing-waits-for-ever` finds it when all else is over; this finding names the circle, many steps before',
  'aborted-changes-nothing':
    'what an abort has changed `every-module-moves` finds, and a shell that it leaves `home-knows-location`; this finding names the cause',
  'pages-survive':
    '`transparency` claims the same of every read of a page; this finding names the memory',
};
