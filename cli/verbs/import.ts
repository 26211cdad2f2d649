/** `import`: makes a trace from a file that was exported to ITF. */
import type { Command } from 'commander';
import { printTrace } from '../../checker/stories/trace-format.ts';
import { EXIT } from '../exit-codes.ts';
import { openItf } from '../../analysis/export/open-itf.ts';
import { refusePlace, writeTo } from '../output-file.ts';
import { addSpecOptions, choose, type SpecOptions } from '../specification-options.ts';

type Options = SpecOptions & { readonly out?: string };

export function addImport(program: Command, done: (code: number) => void): void {
  const verb = program
    .command('import')
    .description('make a trace from an ITF file that "export" wrote')
    .argument('<file>', 'an ITF file that "export" wrote')
    .option('--out <file>', 'where to write the trace (default: standard output)');
  addSpecOptions(verb).action(async (file: string, options: Options) =>
    done(await importStory(file, options)),
  );
}

async function importStory(file: string, options: Options): Promise<number> {
  const { spec } = await choose(options);
  refusePlace(spec, file, options.out);
  writeTo(printTrace(openItf(spec, file)), options.out);
  return EXIT.holds;
}
