/** Opens a story that was exported to ITF. The file is not trusted: an error in it is reported in one line. */
import { printable } from '../../checker/text/printable.ts';
import { readBounded } from '../../checker/text/files.ts';
import type { Trace } from '../../checker/stories/trace-format.ts';
import { BadInput } from '../errors.ts';
import { checkNames } from '../files/open-trace.ts';
import type { Loaded } from '../specification/loaded.ts';
import { MAX_ITF_BYTES } from './itf-limits.ts';
import { parseItf, placeOfHeader } from './itf-reader.ts';

/** The story of an ITF file. Throws BadInput. */
export function openItf(spec: Loaded, file: string): Trace {
  const read = readBounded(file, { maxBytes: MAX_ITF_BYTES });
  if (read.kind === 'problem') throw new BadInput(printable(read.problem));
  const parsed = parseItf(read.text, file);
  if (parsed.kind === 'problems') throw new BadInput(parsed.problems.join('; '));
  checkNames(spec, parsed.trace, () => placeOfHeader(read.text, file));
  return parsed.trace;
}
