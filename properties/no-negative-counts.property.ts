/**
 * I6. No count is negative.
 *
 * The kernel panics on a negative count in a dozen places. Here the first one is the finding, with the
 * story that led to it.
 */
import type { Finding } from '../checker/specification/property.ts';
import { streamsOf } from '../model/scenarios/calls.ts';
import { worldOf } from '../model/world.ts';
import { visitedHosts } from './evidence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const noNegativeCounts: SpriteProperty = {
  id: 'no-negative-counts',
  statement: 'No reference or use count is negative.',
  kind: 'always',
  quiescence: 'none needed',
  sources: {
    paper: '§5 "Distributed bookkeeping is difficult"',
    kernel: 'fsio/fsioFile.c Fsio_FileCloseInt; fsrmt/fsrmtFile.c FsrmtFileClose (panics)',
  },
  catches: ['R1', 'N7'],
  claims: ({ files, hosts, ...scenario }) => [
    ...files.map((file) => (look: Parameters<typeof worldOf>[0]) => {
      const { references, writers } = worldOf(look).file(file);
      return atLeastZero(`file ${file}`, references, writers);
    }),
    ...files.flatMap((file) =>
      hosts.map((host) => (look: Parameters<typeof worldOf>[0]) => {
        const { references, writers } = worldOf(look).entry(file, host);
        return atLeastZero(`entry ${file} for ${host}`, references, writers);
      }),
    ),
    ...files.flatMap((file) =>
      hosts.map((host) => (look: Parameters<typeof worldOf>[0]) => {
        const { references, writers } = worldOf(look).handle(file, host);
        return atLeastZero(`handle ${file} at ${host}`, references, writers);
      }),
    ),
    ...streamsOf({ files, hosts, ...scenario }).flatMap((stream) =>
      hosts.map((host) => (look: Parameters<typeof worldOf>[0]) => {
        const { references } = worldOf(look).stream(stream, host);
        return atLeastZero(`stream ${stream} at ${host}`, references, 0);
      }),
    ),
  ],
  witness: {
    statement: 'a file that was in use away from home is in use nowhere',
    reached: (scenario) => (look) =>
      scenario.files.some(
        (file) =>
          worldOf(look).file(file).references === 0 &&
          visitedHosts(look, scenario, file).length > 0,
      ),
  },
};

function atLeastZero(subject: string, references: number, writers: number): Finding | undefined {
  if (references >= 0 && writers >= 0) return undefined;
  return {
    subject,
    expected: 'counts of zero or more',
    found: `${references} references, ${writers} writers`,
  };
}
