/** Runs the command line as people do: `dist/cli/main.js`, in a folder. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** So wide that every text that a test looks for is in one line. */
const WIDE = '200';

export type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

/**
 * Where a pattern is given, the run is interrupted as soon as standard error matches it. The terminal
 * is as wide as `columns` says.
 */
export async function runProgram(
  folder: string,
  args: readonly string[],
  {
    interruptAt,
    columns = WIDE,
  }: { readonly interruptAt?: RegExp; readonly columns?: string } = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', COLUMNS: columns },
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  let isToInterrupt = interruptAt !== undefined;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    if (!isToInterrupt || interruptAt?.test(err) !== true) return;
    isToInterrupt = false;
    child.kill('SIGINT');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}
