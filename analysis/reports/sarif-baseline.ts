/** Reads an earlier SARIF report. It is not trusted: an error in it is reported in one line. */
import { z } from 'zod';
import { parseStored, readStored } from '../files/read-stored-json.ts';
import { DRIVER, FINGERPRINT, type SarifBaseline } from './sarif.ts';

const MAX_RUNS = 20;
const MAX_RESULTS = 25_000;

const text = z.string().max(100_000);

/** The part of the format that is read; all else is ignored. */
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

const stored = {
  schema: reportSchema,
  expected: `a SARIF 2.1.0 report that ${DRIVER} wrote`,
  maxBytes: 8 * 1024 * 1024,
  maxDepth: 32,
};

/** The failures in all runs of the report. Throws BadInput. */
export function readSarifBaseline(file: string): SarifBaseline {
  return baselineOf(readStored(file, stored));
}

export function parseSarifBaseline(source: string, file: string): SarifBaseline {
  return baselineOf(parseStored(source, file, stored));
}

function baselineOf({ runs }: z.infer<typeof reportSchema>): SarifBaseline {
  return new Map(
    runs
      .flatMap(({ results }) => results)
      .filter(({ baselineState }) => baselineState !== 'absent')
      .map((result) => [result.partialFingerprints[FINGERPRINT], result.message.text]),
  );
}
