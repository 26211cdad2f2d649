/**
 * I20, the part about identity. A process has one home for life, and its children have the same.
 *
 *   always:  every control block of a process names the home that its family started with
 *
 * In the scenarios here all processes of a family descend from one that starts at its home. The home of a
 * child is its parent's home, not the host on which it was forked.
 */
import { worldOf } from '../model/world.ts';
import { runsAway } from './evidence.ts';
import { homeOfFamily } from './identity.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const identityNeverChanges: SpriteProperty = {
  id: 'identity-never-changes',
  statement: "A process keeps its home for life, and a child's home is its parent's.",
  kind: 'always',
  quiescence: 'none needed',
  sources: {
    paper: '§2 "the home node is inherited"; §5 "Global naming"',
    kernel: 'proc/procRemote.c ProcRemoteFork; proc/procFork.c',
  },
  catches: ['P-home-is-where-forked', 'P-home-moves'],
  claims: (scenario) =>
    scenario.processes.flatMap(({ name }) =>
      scenario.hosts.map((host) => (look) => {
        const block = worldOf(look).process(name, host);
        if (block.is === 'absent' || block.home === null) return undefined;
        const expected = homeOfFamily(look, scenario, name, host);
        if (expected === null || expected === block.home) return undefined;
        return { subject: `process ${name}`, expected: `home ${expected}`, found: block.home };
      }),
    ),
  witness: {
    statement: 'a process that was forked runs away from home',
    reached:
      ({ processes }) =>
      (look) =>
        processes.some(({ name, home }) => home === null && runsAway(look, name)),
  },
};
