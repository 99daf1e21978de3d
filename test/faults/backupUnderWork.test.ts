import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backUpUnderWork } from '../bench/faults/largeBackup.ts';

test('a company backed up while people write comes back whole: as many rows, every file, all proofs', { timeout: 180_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tradepost-large-'));
  try {
    const { findings } = await backUpUnderWork(folder, { orders: 200, attachmentsMb: 8, writers: 3, quietMs: 200 });
    expect(findings).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
