/**
 * The memory of the last full run: which tree it was, and what was measured. No verdict stands in it.
 *
 *   On an unchanged tree the verdict is drawn again from the measurements, by the same function, so
 *   there is no word to turn from red to green. A stamp of another tree, another version, a broken
 *   or an edited one is no stamp. Somebody who forges all of it on purpose is found out as far as
 *   measurements are repeated (unchanged-tree.ts), and not further: `--force` trusts nobody.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { canonical } from '../../checker/text/canonical-json.ts';
import type { Json } from '../../checker/text/json.ts';
import { writeWhole } from '../../checker/text/files.ts';
import { BadInput } from '../errors.ts';
import { readStored } from '../files/read-stored-json.ts';
import { measuredSchema, type Measured } from './measurements.ts';

const FORMAT = 'sprite-check-regress-stamp';
const VERSION = 3;

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

const stored = {
  schema: stampSchema,
  expected: `a stamp of version ${VERSION}`,
  maxBytes: 8 * 1024 * 1024,
  maxDepth: 16,
};

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
  try {
    const { seal, ...held } = readStored(file, stored);
    if (seal === sealOf(held)) return { kind: 'stamp', stamp: held };
    throw new BadInput(
      `${file}:1: its contents do not match its seal: it was edited or is damaged`,
    );
  } catch (error) {
    if (error instanceof BadInput) return { kind: 'unusable', why: error.message };
    throw error;
  }
}

function sealOf(held: object): string {
  return createHash('sha256')
    .update(canonical(held as Json))
    .digest('hex');
}
