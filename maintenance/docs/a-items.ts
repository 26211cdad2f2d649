/** `docs/paper/a-items.json`: the apparent faults of the final kernel, and the kernels that have them. */
import { join } from 'node:path';
import { z } from 'zod';
import { readStored } from '../../analysis/files/read-stored-json.ts';
import { kernels } from '../../model/kernels/all.ts';
import type { ShippedKernel } from '../../model/kernels/shipped.ts';

const text = z.string().min(1);
const itemSchema = z.strictObject({
  id: z.string().regex(/^A\d+$/),
  where: text,
  fault: text,
  /** Who suffers from it, and how. */
  happens: text.optional(),
  /** What the repaired kernel does instead. */
  repair: text.optional(),
  /** State that the model does not have yet, and why the fault cannot show without it. */
  needs: text.optional(),
  because: text.optional(),
  /** Why it is not a fault in a faithful model. */
  notAFault: text.optional(),
});

export type Item = z.infer<typeof itemSchema>;

export const SOURCE = 'docs/paper/a-items.json';
const stored = {
  schema: z.array(itemSchema).max(1000),
  expected: 'a list of faults',
  maxBytes: 1024 * 1024,
  maxDepth: 8,
};

/** Throws BadInput. */
export function itemsOf(root: string): readonly Item[] {
  return readStored(join(root, SOURCE), stored);
}

/** The kernels of an item: those with its name, or with its name and a word behind it. */
export function kernelsOf({ id }: Item): readonly ShippedKernel[] {
  return kernels.filter((kernel) => kernel.id === id || kernel.id.startsWith(`${id}-`));
}
