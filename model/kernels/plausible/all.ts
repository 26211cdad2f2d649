/**
 * Plausible mistakes, never recorded: each shows that a property can fail which no historical fault
 * here makes fail.
 */
import type { ShippedKernel } from '../shipped.ts';
import { crashes } from './crashes.ts';
import { families } from './families.ts';
import { files } from './files.ts';
import { leftovers } from './leftovers.ts';
import { fromTheField } from './from-the-field.ts';
import { migrations } from './migrations.ts';
import { readings } from './readings.ts';

export const plausible: readonly ShippedKernel[] = [
  ...crashes,
  ...families,
  ...migrations,
  ...files,
  ...readings,
  ...leftovers,
  ...fromTheField,
];
