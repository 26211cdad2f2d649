/** Reads an earlier SARIF report. Nobody vouches for it: what is wrong is told in one line. */
import { z } from 'zod';
import { printable } from '../../checker/printable.ts';
import { readJson } from '../../checker/read-json.ts';
import { readBounded } from '../../checker/store.ts';
import { BadInput } from '../exit.ts';
import { DRIVER, FINGERPRINT, type SarifBaseline } from './sarif.ts';

const MAX_BYTES = 8 * 1024 * 1024;
const MAX_DEPTH = 32;
const MAX_RUNS = 20;
const MAX_RESULTS = 25_000;

const text = z.string().max(100_000);

/** Of the format no more than is read; whatever else stands there is passed over. */
const reportSchema = z.object({
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z.object({
        tool: z.object({ driver: z.object({ name: z.literal(DRIVER) }) }),
        results: z
          .array(
            z.object({
              message: z.object({ text }),
              partialFingerprints: z.object({ [FINGERPRINT]: z.string().min(1).max(500) }),
              baselineState: z.enum(['new', 'unchanged', 'updated', 'absent']).optional(),
            }),
          )
          .max(MAX_RESULTS),
      }),
    )
    .max(MAX_RUNS),
});

/** What failed then, in all its runs. Throws BadInput. */
export function readSarifBaseline(file: string): SarifBaseline {
  const read = readBounded(file, { maxBytes: MAX_BYTES });
  if (read.kind === 'problem') throw new BadInput(printable(read.problem));
  return parseSarifBaseline(read.text, file);
}

export function parseSarifBaseline(source: string, file: string): SarifBaseline {
  const document = readJson(source, { maxDepth: MAX_DEPTH });
  if (document.kind === 'problem') {
    const { line, expected, found } = document.problem;
    throw refused(file, line, expected, found);
  }
  const checked = reportSchema.safeParse(document.value);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const path = issue?.path ?? [];
    const place = path.length === 0 ? '' : ` in "${path.map(String).join('.')}"`;
    const expected = `a SARIF 2.1.0 report that ${DRIVER} wrote`;
    throw refused(file, document.lineOf(path), expected, `${issue?.message ?? ''}${place}`);
  }
  return new Map(
    checked.data.runs
      .flatMap(({ results }) => results)
      .filter(({ baselineState }) => baselineState !== 'absent')
      .map((result) => [result.partialFingerprints[FINGERPRINT], result.message.text]),
  );
}

function refused(file: string, line: number, expected: string, found: string): BadInput {
  return new BadInput(printable(`${file}:${line}: expected ${expected}, found ${found}`));
}
