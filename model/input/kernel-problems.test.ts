import { expect, test } from '@jest/globals';
import { kernels } from '../kernels/all.ts';
import { sprite } from '../kernel.ts';
import { kernelProblems } from './kernel-problems.ts';

test.each(kernels.map(({ id, kernel }) => [id, kernel] as const))('%s is one', (_, kernel) => {
  expect(kernelProblems(kernel)).toEqual([]);
});

test.each([
  [{ ...sprite, straem: sprite.stream }, 'a kernel has no part "straem" (did you mean "stream"?)'],
  [
    { ...sprite, stream: undefined },
    'part stream of the kernel must be { machine, observes, offers }, as sprite.stream is, and is missing',
  ],
  [
    { ...sprite, stream: {} },
    'part stream of the kernel must be { machine, observes, offers }, as sprite.stream is, and is none',
  ],
  [
    {
      ...sprite,
      file: {
        ...sprite.file,
        machine: sprite.file.machine.provide({ actions: { countUses: () => undefined } } as never),
      },
    },
    'part file of the kernel: actions has "countUses", which its machine does not use (did you mean "countUse"?)',
  ],
  [
    { ...sprite, modules: ['files', 'memroy'] },
    'modules of the kernel has "memroy": there are files, memory, signals (did you mean "memory"?)',
  ],
  [
    { ...sprite, modules: undefined },
    'modules of the kernel must be a list of files, memory, signals',
  ],
  [7, 'a kernel must be an object with all its parts: { ...sprite, stream: yours }'],
])('case %#', (kernel, problem) => {
  expect(kernelProblems(kernel)).toEqual([problem]);
});
