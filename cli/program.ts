/** The verbs and their options. Each verb has a file of its own. */
import { Command, CommanderError } from 'commander';
import { ModelFault } from '../checker/specification/specification-error.ts';
import { printable } from '../checker/text/printable.ts';
import { nearestOf } from '../checker/text/nearest-name.ts';
import { addCompletion } from './completion.ts';
import { addCheck } from './verbs/check.ts';
import { addCost } from './verbs/cost.ts';
import { addDiff } from './verbs/diff.ts';
import { addExplain } from './verbs/explain.ts';
import { addExplore } from './verbs/explore.ts';
import { addExport } from './verbs/export.ts';
import { addImport } from './verbs/import.ts';
import { exampleText } from './examples.ts';
import { EXIT, EXIT_HELP } from './exit-codes.ts';
import { BadInput, InternalError } from '../analysis/errors.ts';
import { addList } from './verbs/list.ts';
import { addMutants } from './verbs/mutants.ts';
import { addRegress } from './verbs/regress.ts';
import { addReplay } from './verbs/replay.ts';
import { addShrink } from './verbs/shrink.ts';
import { say, width } from './terminal.ts';
import { VERSION } from '../analysis/version.ts';

/** Adds a verb, which passes its exit code to `done`. */
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
  const program = createProgram((said) => (code = said));
  await addCompletion(program, argv);
  addExamples(program);
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    return failed(error, specIn(program));
  }
}

/** Each verb passes its exit code to `done`. */
export function createProgram(done: (code: number) => void): Command {
  const program = new Command('sprite-check')
    .description(
      'A checker for protocols made of XState machines; the first is process migration in Sprite.',
    )
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      getOutHelpWidth: width,
      outputError: (text) => say(oneLine(text, verbNames())),
    })
    .addHelpText('after', EXIT_HELP);
  const verbNames = () => program.commands.map((verb) => verb.name());
  for (const add of verbs) add(program, done);
  for (const verb of program.commands) {
    verb.copyInheritedSettings(program).configureOutput({
      getOutHelpWidth: width,
      outputError: (text) => say(`${oneLine(text, verbNames())}${helpHint(text, verb.name())}`),
    });
  }
  return program;
}

function addExamples(program: Command): void {
  for (const verb of program.commands) verb.addHelpText('after', exampleText(verb.name()));
}

/** The file with the user's specification, if one was named. */
function specIn(program: Command): string | undefined {
  return program.commands.map((verb) => verb.opts<{ spec?: string }>().spec).find(Boolean);
}

function failed(error: unknown, spec: string | undefined): number {
  // Commander has printed the message.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.holds : EXIT.usage;
  if (error instanceof BadInput) return ended(error.message, EXIT.usage);
  if (error instanceof InternalError) return ended(error.message, EXIT.internal);
  if (error instanceof ModelFault) return ended(faultLine(error, spec), EXIT.usage);
  const refusal = systemRefusal(error);
  if (refusal !== undefined) return ended(refusal, EXIT.usage);
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return ended(`sprite-check: internal error: ${text}`, EXIT.internal);
}

/** An error in a model that is being edited, which is no error of the checker: no stack is printed. */
function faultLine({ message }: ModelFault, spec: string | undefined): string {
  const place = spec ?? 'sprite-check';
  const next = spec === undefined ? 'mend it in model/ or properties/' : 'mend it';
  return printable(
    `${place}: expected a model that can be run, found: ${message}; ${next}, and run again`,
  );
}

function ended(line: string, code: number): number {
  say(line);
  return code;
}

/** A refusal of the file system is no internal error. */
function systemRefusal(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error && 'path' in error)) return undefined;
  const path = String(error.path);
  const reason = error.message.replace(/^[A-Z]+: /, '').replace(`${path}: `, '');
  const said = reason.split(',', 1)[0] ?? '';
  return printable(`sprite-check: ${path}: cannot be written: ${said}; nothing was written there`);
}

/** Where to look, if an argument or an option is missing, unknown or too much. */
function helpHint(text: string, verb: string): string {
  const isUsage = /^error: (?:missing|required|too many|unknown option)/.test(text);
  return isUsage && !text.includes('Did you mean') ? `; see "sprite-check ${verb} --help"` : '';
}

/** "error: unknown option '--rnus' (Did you mean --runs?)", on one line. */
function oneLine(text: string, known: readonly string[]): string {
  const line = printable(
    text
      .trim()
      .replace(/^error: /, '')
      .replace(/\.$/, '')
      .replaceAll('\n', ' '),
  );
  const [, verb] = /^unknown command '(.*)'$/.exec(line) ?? [];
  const hint = verb === undefined ? '' : `${nearestOf(verb, known)}; see "sprite-check --help"`;
  return `sprite-check: ${line}${hint}`;
}
