/**
 * The memory of the last full run: which tree it was, and what was measured. No verdict stands in it.
 *
 *   On an unchanged tree the verdict is drawn again from the measurements, by the same function, so
 *   there is no word to turn from red to green. A stamp of another tree, another version, a broken
 *   or an edited one is no stamp. Somebody who forges all of it on purpose is found out as far as
 *   measurements are repeated (fast-path.ts), and not further: `--force` trusts nobody.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { canonical } from '../../checker/canonical.ts';
import type { Json } from '../../checker/protocol.ts';
import { readJson } from '../../checker/read-json.ts';
import { readBounded, writeWhole } from '../../checker/store.ts';
import { measuredSchema, type Measured } from './measured.ts';

const FORMAT = 'sprite-check-regress-stamp';
const VERSION = 2;
const MAX_BYTES = 8 * 1024 * 1024;
const MAX_DEPTH = 16;

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const stampSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  /** See tree-hash.ts. */
  tree: hex,
  /** When the run ended: ISO 8601, UTC. */
  finished: z.iso.datetime(),
  measured: measuredSchema,
  /** SHA-256 of the canonical text of all the rest: an edit by hand, or half a file, shows. */
  seal: hex,
});

export type Stamp = {
  readonly tree: string;
  readonly finished: string;
  readonly measured: Measured;
};

export type ReadStamp =
  | { readonly kind: 'stamp'; readonly stamp: Stamp }
  | { readonly kind: 'none' }
  /** One line of why what stands there is no stamp. */
  | { readonly kind: 'unusable'; readonly why: string };

export function writeStamp(file: string, stamp: Stamp): void {
  const held = { format: FORMAT, version: VERSION, ...stamp };
  writeWhole(file, `${JSON.stringify({ ...held, seal: sealOf(held) })}\n`);
}

/** Never throws on what stands in the file. */
export function readStamp(file: string): ReadStamp {
  if (!existsSync(file)) return { kind: 'none' };
  const read = readBounded(file, { maxBytes: MAX_BYTES });
  if (read.kind === 'problem') return { kind: 'unusable', why: read.problem };
  const document = readJson(read.text, { maxDepth: MAX_DEPTH });
  if (document.kind === 'problem') {
    const { line, expected, found } = document.problem;
    return { kind: 'unusable', why: `${file}:${line}: expected ${expected}, found ${found}` };
  }
  const checked = stampSchema.safeParse(document.value);
  if (!checked.success) {
    const line = document.lineOf(checked.error.issues[0]?.path ?? []);
    return {
      kind: 'unusable',
      why: `${file}:${line}: expected a stamp of version ${VERSION}, found something else`,
    };
  }
  const { seal, ...held } = checked.data;
  return seal === sealOf(held)
    ? { kind: 'stamp', stamp: held }
    : { kind: 'unusable', why: `${file}:1: expected the seal of what it holds, found another` };
}

function sealOf(held: object): string {
  return createHash('sha256')
    .update(canonical(held as Json))
    .digest('hex');
}
