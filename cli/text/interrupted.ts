/** The output of a verb that was interrupted before it had a result. */
import { EXIT } from '../exit-codes.ts';
import { print, printJson } from '../terminal.ts';

export function interrupted(known: string, { json }: { readonly json?: true }): number {
  const exitCode = EXIT.interrupted;
  if (json === true) printJson({ verdict: 'interrupted', exitCode });
  else print([`interrupted: ${known}`]);
  return exitCode;
}
