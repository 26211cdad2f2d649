/**
 * Plausible mistakes, never recorded: each makes a property fail that no recorded fault makes fail.
 */
import type { ShippedKernel } from '../shipped.ts';
import { crashFaults } from './crashes.ts';
import { families } from './families.ts';
import { files } from './files.ts';
import { leftovers } from './leftovers.ts';
import { fromTheField } from './from-the-field.ts';
import { migrations } from './migrations.ts';
import { readings } from './readings.ts';
import { secondOnes } from './second-ones.ts';

export const plausible: readonly ShippedKernel[] = [
  ...crashFaults,
  ...families,
  ...migrations,
  ...files,
  ...readings,
  ...leftovers,
  ...fromTheField,
  ...secondOnes,
];
