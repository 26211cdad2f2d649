/**
 * A stamp of the last full run: the hash of its tree, and its measurements. It contains no verdict.
 *
 *   On an unchanged tree the same function judges the measurements again, so the file has no verdict to
 *   change from red to green. A stamp of another tree or version is not used, nor a damaged or edited one.
 *   A stamp that is forged on purpose is noticed only if a repeated measurement differs
 *   (unchanged-tree.ts): `--force` uses no stamp.
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
  /** SHA-256 of the canonical text of all the rest: it shows an edit by hand, or half a file. */
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
  /** Why the file is no stamp, in one line. */
  | { readonly kind: 'unusable'; readonly why: string };

export function writeStamp(file: string, stamp: Stamp): void {
  const held = { format: FORMAT, version: VERSION, ...stamp };
  writeWhole(file, `${JSON.stringify({ ...held, seal: sealOf(held) })}\n`);
}

/** Does not throw, whatever the file contains. */
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
