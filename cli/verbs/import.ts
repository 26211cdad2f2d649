/** `import`: a story that was exported to ITF, as a stored trace again. */
import type { Command } from 'commander';
import { printable } from '../../checker/text/printable.ts';
import { readBounded } from '../../checker/text/files.ts';
import { printTrace, type Trace } from '../../checker/stories/trace-format.ts';
import { EXIT } from '../exit-codes.ts';
import { BadInput } from '../../analysis/errors.ts';
import { checkNames } from '../../analysis/files/open-trace.ts';
import { MAX_ITF_BYTES, parseItf, placeOfHeader } from '../../analysis/export/itf-reader.ts';
import { put, refusePlace } from '../output-file.ts';

type Options = { readonly out?: string };

export function addImport(program: Command, done: (code: number) => void): void {
  program
    .command('import')
    .description('make a stored story of one that was exported to ITF')
    .argument('<file>', 'an ITF file that "export" wrote')
    .option('--out <file>', 'where to write the trace; standard output without')
    .action((file: string, options: Options) => done(importStory(file, options)));
}

function importStory(file: string, { out }: Options): number {
  refusePlace(file, out);
  put(printTrace(readItf(file)), out);
  return EXIT.holds;
}

/** The story of an ITF file that nobody vouches for. Throws BadInput. */
export function readItf(file: string): Trace {
  const read = readBounded(file, { maxBytes: MAX_ITF_BYTES });
  if (read.kind === 'problem') throw new BadInput(printable(read.problem));
  const parsed = parseItf(read.text, file);
  if (parsed.kind === 'problems') throw new BadInput(parsed.problems.join('; '));
  checkNames(parsed.trace, () => placeOfHeader(read.text, file));
  return parsed.trace;
}
