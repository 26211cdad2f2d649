import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const helper = fileURLToPath(new URL('../../test/support/ended-threads.mjs', import.meta.url));

test('a thread may be ended at any moment of its start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sprite-check-threads-'));
  try {
    const { status, signal, stderr } = spawnSync(process.execPath, [helper, folder], {
      encoding: 'utf8',
    });
    expect({ status, signal, stderr }).toEqual({ status: 0, signal: null, stderr: '' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
