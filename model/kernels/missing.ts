/**
 * Kernels with a module that ignores migration: "use it or lose it". No record names a date; the paper says
 * that it happened whenever a module was added.
 */
import { sprite } from '../kernel.ts';
import type { ShippedKernel } from './shipped.ts';

export const missing: readonly ShippedKernel[] = [
  {
    id: 'missing-signals',
    title: 'a module that keeps state for processes has no entry in the call-back table',
    record: 'the paper, section 5 "Insulating migration is difficult"',
    kernel: { ...sprite, modules: ['files', 'memory'] },
    caughtBy: ['every-module-moves'],
    scenario: 'memory-travels',
  },
  {
    id: 'missing-memory',
    title: 'memory has no entry in the call-back table',
    record: 'the paper, section 5 "Insulating migration is difficult"',
    kernel: { ...sprite, modules: ['files', 'signals'] },
    caughtBy: ['pages-survive'],
    scenario: 'memory-travels',
  },
];
