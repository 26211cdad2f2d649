/** Every kernel that is shipped, by its name. */
import { sprite } from '../kernel.ts';
import { apparent } from './apparent.ts';
import { found } from './found.ts';
import { missing } from './missing.ts';
import { plausible } from './plausible/all.ts';
import { recorded } from './recorded.ts';
import { systems } from './systems.ts';
import type { ShippedKernel } from './shipped.ts';

export const kernels: readonly ShippedKernel[] = [
  {
    id: 'sprite',
    title: 'the repaired protocol: atomic stream transfer, every modeled fault corrected',
    record: 'this project',
    kernel: sprite,
    caughtBy: [],
    scenario: '',
  },
  ...recorded,
  ...apparent,
  ...found,
  ...missing,
  ...plausible,
  ...systems,
];
