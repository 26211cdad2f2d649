/** Text for a file or for standard output. */
import { printable } from '../checker/text/printable.ts';
import { writeWhole } from '../checker/text/files.ts';
import { BadInput } from '../analysis/errors.ts';
import { isSamePlace, refuseStored } from '../analysis/files/output-places.ts';
import type { Loaded } from '../analysis/specification/loaded.ts';
import { print } from './terminal.ts';

/** Writes the file whole or not at all. */
export function writeTo(text: string, out: string | undefined): void {
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeWhole(out, text);
  } catch (error) {
    const found = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new BadInput(printable(`cannot write ${out}: ${found}; give --out another file`));
  }
  print([`written to ${out}`]);
}

/** Where a file is, or why it was not written, which changes no verdict. */
export function writtenText(file: string, unwritten: string | undefined): string {
  return unwritten === undefined ? `written to ${file}` : `NOT WRITTEN to ${file}: ${unwritten}`;
}

/** Throws BadInput if `out` would overwrite the trace it is made of, or a stored file. */
export function refusePlace({ home }: Loaded, file: string, out: string | undefined): void {
  if (!isSamePlace(file, out)) {
    refuseStored(home, out);
    return;
  }
  throw new BadInput(
    printable(`cannot write ${out ?? ''} over the trace it is made of; give --out another file`),
  );
}
