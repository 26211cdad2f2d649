/** `explain`: why a trace fails: the step at fault, the processes that wait, the point of no return. */
import type { Command } from 'commander';
import { createSystem } from '../../checker/engine/system.ts';
import { replayLine, replayTrace } from '../../checker/stories/replay-verdict.ts';
import { runSteps } from '../../checker/stories/strict-replay.ts';
import type { ViolatedTrace } from '../../checker/stories/trace-format.ts';
import { BadInput } from '../../analysis/errors.ts';
import { explainedSchema, type Gone } from '../../analysis/explain/document.ts';
import { explanationOf, type ExplainOptions } from '../../analysis/explain/explain.ts';
import { openTrace } from '../../analysis/files/open-trace.ts';
import { instanceIn, type CheckedInstance } from '../../analysis/specification/instance.ts';
import { variantOption } from '../../analysis/specification/loaded.ts';
import { EXIT } from '../exit-codes.ts';
import { maxAheadOption, quietOption, whole } from '../option-values.ts';
import { addSpecOptions, choose, type SpecOptions } from '../specification-options.ts';
import { print, printJson } from '../terminal.ts';
import { explanationLines } from '../text/explain.ts';

type Options = SpecOptions & {
  readonly maxStates: number;
  readonly maxAhead: number;
  readonly fewestFaults?: true;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly json?: true;
};

export function addExplain(program: Command, done: (code: number) => void): void {
  const verb = program
    .command('explain')
    .description('print why a trace fails: step at fault, point of no return, what matters')
    .argument('<file>', 'a trace that violates a property')
    .option('--max-states <n>', 'states of each search', whole(1), 300_000)
    .addOption(maxAheadOption())
    .option('--fewest-faults', 'also search for the fewest faults that break the property')
    .addOption(quietOption())
    .option('--verbose', 'print all steps, not only the last')
    .option('--json', 'one JSON document on standard output');
  addSpecOptions(verb, { variant: 'explain it on another variant than its own' }).action(
    async (file: string, options: Options) => done(await explain(file, options)),
  );
}

async function explain(file: string, options: Options): Promise<number> {
  const { spec, variant: elsewhere } = await choose(options);
  const trace = openTrace(spec, file, { elsewhere });
  if (trace.verdict === 'held') {
    throw new BadInput(
      `${file}:1: expected a trace that violates a property, found one that violates none; "sprite-check replay" prints it`,
    );
  }
  const variant = elsewhere ?? trace.variant;
  const { maxStates, maxAhead } = options;
  const asked: ExplainOptions = {
    file,
    variant,
    maxStates,
    fewestFaults: options.fewestFaults === true,
  };
  const scenario = trace.scenario.name;
  const instance = instanceIn(spec, { variant, scenario, properties: [trace.property], maxAhead });
  const { seen } = runSteps(instance.system, instance.claims, trace, {
    stopAt: ({ property }) => property === trace.property,
  });
  if (seen === undefined) return gone(trace, instance, { asked, isJson: options.json === true });
  const found = explanationOf(instance, trace, { seen, asked });
  const document = explainedSchema.parse({ ...found, exitCode: EXIT.holds });
  if (options.json === true) printJson(document);
  else {
    const manner = { isAll: options.verbose === true, isQuiet: options.quiet === true };
    print(explanationLines(document, { instance, trace }, manner));
  }
  return document.exitCode;
}

/** The trace fails no more: prints the same line as `replay`, with the same exit code. */
function gone(
  trace: ViolatedTrace,
  { spec, protocol, claims, scenario }: CheckedInstance,
  { asked, isJson }: { readonly asked: ExplainOptions; readonly isJson: boolean },
): number {
  const { file, variant } = asked;
  const { property } = trace;
  const replay = replayTrace(createSystem(protocol), claims, trace);
  const why = replay.kind === 'held' ? 'fixed' : replayLine(replay);
  const isUndecided = replay.kind === 'not decided';
  if (isJson) {
    const about = { file, variant, scenario: scenario.name, property };
    const result = isUndecided ? { notDecided: why } : { failsNoMore: why };
    printJson({ ...about, ...result, exitCode: EXIT.differs } satisfies Gone);
  } else {
    const again = `sprite-check replay ${file} ${variantOption(spec)} ${variant}${spec.options}`;
    const does = isUndecided ? 'is not known to' : 'does not';
    print([
      `${file}: nothing to explain: on ${spec.noun} ${variant} this trace ${does} violate ${property}`,
      `${why}; see "${again}"`,
    ]);
  }
  return EXIT.differs;
}
