/** Text for a file or for standard output. */
import { printable } from '../checker/text/printable.ts';
import { writeWhole } from '../checker/text/files.ts';
import { BadInput } from '../analysis/errors.ts';
import { isSamePlace, refuseStored } from '../analysis/files/output-places.ts';
import { print } from './terminal.ts';

/** The file is written whole or not at all. */
export function put(text: string, out: string | undefined): void {
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeWhole(out, text);
  } catch (error) {
    const found = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new BadInput(printable(`${out}:1: expected a place that can be written, found ${found}`));
  }
  print([`written to ${out}`]);
}

/** Throws BadInput where the story would be replaced by what is made of it, or what is stored. */
export function refusePlace(file: string, out: string | undefined): void {
  if (!isSamePlace(file, out)) {
    refuseStored(out);
    return;
  }
  throw new BadInput(
    printable(
      `${out ?? ''}:1: expected another place than the story's own, found the same; name another`,
    ),
  );
}
