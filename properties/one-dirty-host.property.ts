/**
 * I11. At most one host has dirty data of a file, and the server knows which.
 *
 *   at rest on a file that is still there:  { host : dirty(host) } is empty or { file.lastWriter }
 *   always:  dirty(host)  =>  the server has other data
 */
import type { Finding } from '../checker/specification/property.ts';
import type { Look } from '../model/vocabulary/cell.ts';
import type { File, Host } from '../model/vocabulary/ids.ts';
import { worldOf } from '../model/world.ts';
import { fileIsAtRest } from './quiescence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const oneDirtyHost: SpriteProperty = {
  id: 'one-dirty-host',
  statement: 'At most one host holds dirty data of a file, and the server has it as last writer.',
  kind: 'atRest',
  quiescence:
    'no call, consistency round, call-back or clean-up on the file; that the server lacks what is ' +
    'dirty: none needed',
  sources: {
    paper: '§2 (delayed write-back)',
    kernel: 'fsconsist/fsconsistCache.c Fsconsist_RpcConsistReply; Fsconsist_FetchDirtyBlocks',
  },
  catches: ['R10', 'N2', 'N9', 'A55', 'P-written-stays-dirty', 'P-first-writer-stays'],
  claims: (scenario) => [
    ...scenario.files.flatMap((file) =>
      scenario.hosts.map((host) => (look: Look) => dirtyForNothing(look, file, host)),
    ),
    ...scenario.files.map((file) => (look: Look) => {
      const world = worldOf(look);
      const dirty = scenario.hosts.filter((host) => world.handle(file, host).block?.dirty === true);
      const { lastWriter, removals } = world.file(file);
      if (removals > 0) return undefined;
      if (dirty.length === 0 || (dirty.length === 1 && dirty[0] === lastWriter)) return undefined;
      if (!fileIsAtRest(look, scenario, file)) return undefined;
      return {
        subject: `file ${file}`,
        expected: 'dirty data on the last writer only',
        found: `dirty on ${dirty.join(' and ')}; last writer ${lastWriter ?? 'none'}`,
      };
    }),
  ],
  witness: {
    statement: 'a host holds dirty data of a file at rest that another host has used',
    reached: (scenario) => (look) =>
      scenario.files.some((file) => {
        const handles = scenario.hosts.map((host) => worldOf(look).handle(file, host));
        return (
          handles.some(({ block }) => block?.dirty === true) &&
          handles.some(({ block, stamp }) => block?.dirty !== true && stamp > 0) &&
          fileIsAtRest(look, scenario, file)
        );
      }),
  },
};

/** What is dirty although it has been sent home would be sent again for ever. */
function dirtyForNothing(look: Look, file: File, host: Host): Finding | undefined {
  const { block } = worldOf(look).handle(file, host);
  if (block?.dirty !== true || worldOf(look).file(file).data !== block.data) return undefined;
  return {
    subject: `handle ${file} at ${host}`,
    expected: 'clean: the server has these data',
    found: `data of write ${block.data}, dirty`,
  };
}
