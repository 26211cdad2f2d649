/** The verbs and their options; one file each does the work. */
import { Command, CommanderError } from 'commander';
import { addCheck } from './check.ts';
import { addCost } from './cost.ts';
import { addDiff } from './diff.ts';
import { addExplain } from './explain.ts';
import { addExplore } from './explore.ts';
import { addExport } from './export/export.ts';
import { addImport } from './export/import.ts';
import { BadInput, EXIT, EXIT_HELP, InternalError } from './exit.ts';
import { addList } from './list.ts';
import { addMutants } from './mutants.ts';
import { addRegress } from './regress.ts';
import { addReplay } from './replay.ts';
import { addShrink } from './shrink.ts';
import { VERSION } from './version.ts';

/** Adds a verb, which says with which exit code it is done. */
type AddVerb = (program: Command, done: (code: number) => void) => void;

const verbs: readonly AddVerb[] = [
  addCheck,
  addExplore,
  addReplay,
  addExplain,
  addShrink,
  addDiff,
  addRegress,
  addMutants,
  addCost,
  addExport,
  addImport,
  addList,
];

export async function runProgram(argv: readonly string[]): Promise<number> {
  let code: number = EXIT.holds;
  const program = new Command('sprite-check')
    .description('An executable model of process migration in Sprite, and its checker.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(oneLine(text)) })
    .addHelpText('after', EXIT_HELP);
  for (const add of verbs) add(program, (said) => (code = said));
  for (const verb of program.commands) verb.copyInheritedSettings(program);
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): number {
  // Commander has said what it had to say.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.holds : EXIT.usage;
  if (error instanceof BadInput) return say(error.message, EXIT.usage);
  if (error instanceof InternalError) return say(error.message, EXIT.internal);
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return say(`sprite-check: internal error: ${told}`, EXIT.internal);
}

function say(line: string, code: number): number {
  process.stderr.write(`${line}\n`);
  return code;
}

/** "error: unknown option '--rnus' (Did you mean --runs?)", on one line. */
function oneLine(text: string): string {
  return `sprite-check: ${text
    .trim()
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')}\n`;
}
