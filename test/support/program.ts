/**
 * Runs the command line, in a folder: in a process of its own, as people do, or in one that runs command
 * after command. The second takes less than half the time; it loads a file with a user's code once.
 */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const server = fileURLToPath(new URL('command-server.mjs', import.meta.url));

/** So wide that every text that a test looks for is in one line. */
const WIDE = '200';

export type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

/** `endedAfterMs` counts from the interrupt, or from the start. */
type Ended = Ran & { readonly endedAfterMs: number };

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
): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: folder,
    env: { ...process.env, ...plain(columns) },
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  let isToInterrupt = interruptAt !== undefined;
  let from = performance.now();
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    if (!isToInterrupt || interruptAt?.test(err) !== true) return;
    isToInterrupt = false;
    from = performance.now();
    child.kill('SIGINT');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code, out, err, endedAfterMs: performance.now() - from }),
    );
  });
}

export type CommandServer = {
  /** Commands wait for those before them. */
  readonly run: (args: readonly string[], columns?: string) => Promise<Ran>;
  readonly close: () => void;
};

/** A process that runs commands in a folder, one after another. */
export function createCommandServer(folder: string): CommandServer {
  let last: Promise<unknown> | undefined;
  let child: ChildProcess | undefined;
  return { run, close: () => child?.kill() };

  function run(args: readonly string[], columns = WIDE): Promise<Ran> {
    const answer = (last ?? started()).then(() => ask({ folder, args, env: plain(columns) }));
    last = answer.catch(() => undefined);
    return answer;
  }

  function started(): Promise<unknown> {
    child = fork(server, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    return answerOf(child);
  }

  function ask(message: object): Promise<Ran> {
    if (child === undefined) throw new Error('the process that runs commands was not started');
    child.send(message);
    return answerOf(child) as Promise<Ran>;
  }
}

function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void =>
      reject(new Error(`the process that runs commands ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (answer) => {
      child.off('exit', ended);
      resolve(answer);
    });
  });
}

function plain(columns: string): { readonly NO_COLOR: string; readonly COLUMNS: string } {
  return { NO_COLOR: '1', COLUMNS: columns };
}
