// A registry may lack platform packages of a package's newest release. `npm install` then writes a
// lock without them and says nothing, and `npm ci` refuses that lock (npm/cli#9846).

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';

type Dependencies = Readonly<Record<string, string>>;

type Locked = Readonly<{
  resolved?: string;
  integrity?: string;
  inBundle?: boolean;
  optionalDependencies?: Dependencies;
}>;

type Manifest = Readonly<{
  dependencies: Dependencies;
  devDependencies: Dependencies;
  overrides: Dependencies;
}>;

const { packages } = readJson('package-lock.json') as {
  packages: Readonly<Record<string, Locked>>;
};
const manifest = readJson('package.json') as Manifest;
const installed = Object.entries(packages).filter(([path]) => path !== '');

describe('package-lock.json', () => {
  test('holds every optional platform package that it names', () => {
    const names = new Set(installed.map(([path]) => packageName(path)));
    const missing = installed.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !names.has(name))
        .map((name) => `${packageName(path)} needs ${name}`),
    );
    expect(missing).toEqual([]);
  });

  test('names no server', () => {
    const resolved = installed.filter(([, entry]) => entry.resolved !== undefined);
    expect(resolved.map(([path]) => path)).toEqual([]);
  });

  test('has an integrity hash for every package', () => {
    const unhashed = installed.filter(
      ([, entry]) => entry.integrity === undefined && entry.inBundle !== true,
    );
    expect(unhashed.map(([path]) => path)).toEqual([]);
  });
});

describe('package.json', () => {
  test('pins every dependency and override to one version', () => {
    const ranges = Object.entries({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.overrides,
    }).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
    expect(ranges).toEqual([]);
  });
});

function packageName(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'));
}
