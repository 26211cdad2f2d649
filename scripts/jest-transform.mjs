// What @swc/jest makes of a file, or a library as it is, with the globals of the language bound in
// the module itself. Jest runs tests in a context of `node:vm`, where each use of a global asks an
// interceptor: an exploration takes half as long again there, and what makes many maps three times
// as long.

import { createHash } from 'node:crypto';
import swc from '@swc/jest';

const names = [
  'Array',
  'ArrayBuffer',
  'Atomics',
  'BigInt',
  'Boolean',
  'Error',
  'Float64Array',
  'Infinity',
  'Int32Array',
  'JSON',
  'Map',
  'Math',
  'NaN',
  'Number',
  'Object',
  'Proxy',
  'RegExp',
  'Set',
  'SharedArrayBuffer',
  'String',
  'Symbol',
  'Uint8Array',
  'Uint16Array',
  'Uint32Array',
  'WeakMap',
];
/** On the first line, so that every line keeps its number; only a directive may come before it. */
const bound = `'use strict'; const { ${names.join(', ')} } = globalThis; `;

const asItIs = {
  process: (code) => ({ code }),
  processAsync: (code) => Promise.resolve({ code }),
  getCacheKey: (code) => createHash('sha256').update(code).digest('hex'),
};

// oxlint-disable-next-line import/no-default-export -- so Jest loads a transformer
export default {
  createTransformer(options) {
    const own = options.isLibrary ? asItIs : swc.createTransformer(options);
    const withBound = ({ code, ...rest }) => ({ ...rest, code: `${bound}${code}` });
    return {
      ...own,
      getCacheKey: (...args) => `bound-${own.getCacheKey(...args)}`,
      process: (...args) => withBound(own.process(...args)),
      processAsync: async (...args) => withBound(await own.processAsync(...args)),
    };
  },
};
