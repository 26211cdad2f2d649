/**
 * The two threads of a nightly program: one works, and the other is left to say that it hangs. The
 * worker is the same file, and gets a board to note how far it is.
 */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { EXIT } from '../../cli/exit-codes.ts';
import { print } from '../../cli/terminal.ts';

type Posted = { readonly lines: readonly string[] } | { readonly code: number };

type Program<Asked> = {
  /** Numbers on the board. Where none of them changes for `hangsMs` it hangs. */
  readonly fields: number;
  readonly hangsMs: number;
  /** Whether what the board says may take as long as it likes. */
  readonly mayTakeLong?: (board: Int32Array) => boolean;
  /** What to print then. */
  readonly hanging: (asked: Asked, board: Int32Array) => readonly string[];
  /** The work; gives back the exit code. */
  readonly work: (asked: Asked & { readonly board: Int32Array }) => number;
};

/** Starts both, with what the command line says as JSON. */
export function runNightly<Asked extends object>(program: Program<Asked>): void {
  if (isMainThread) watch(JSON.parse(process.argv[2] ?? '{}') as Asked, program);
  else post({ code: program.work(workerData as Asked & { readonly board: Int32Array }) });
}

/** On the thread that works. */
export function say(...lines: readonly string[]): void {
  post({ lines });
}

function post(posted: Posted): void {
  parentPort?.postMessage(posted);
}

function watch<Asked extends object>(
  asked: Asked,
  { fields, hangsMs, mayTakeLong, hanging }: Program<Asked>,
): void {
  const board = new Int32Array(new SharedArrayBuffer(4 * fields));
  const worker = new Worker(process.argv[1] ?? '', { workerData: { ...asked, board } });
  let [last, since] = ['', Date.now()];
  const watching = setInterval(() => {
    const now = board.join(' ');
    if (now !== last) [last, since] = [now, Date.now()];
    if (mayTakeLong?.(board) === true || Date.now() - since < hangsMs) return;
    print(hanging(asked, board));
    process.exit(EXIT.differs);
  }, 1000);
  worker.on('error', (error) => {
    print([`nightly: ${error.stack ?? error.message}`]);
    process.exit(EXIT.internal);
  });
  worker.on('message', (posted: Posted) => {
    if ('lines' in posted) print(posted.lines);
    else process.exitCode = posted.code;
  });
  worker.on('exit', () => clearInterval(watching));
}
