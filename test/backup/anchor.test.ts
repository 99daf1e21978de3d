import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemActor } from '../../server/access/rights.ts';
import { proveAnchor } from '../../server/backup/anchor.ts';
import { backupFolderOf } from '../../server/backup/backUp.ts';
import { writeBackup } from '../../server/backup/writeBackup.ts';
import { proveAudit } from '../../server/engine/audit.ts';
import { look } from '../../server/engine/transact.ts';
import { type Office, openOffice, stores } from '../scenarios/office.ts';
import { makeDataFolder } from '../support/childServer.ts';
import { tradepost } from '../support/console.ts';

type AuditRow = Record<string, unknown> & { seq: number; hash: string; previous_hash: string };

describe.each(stores)('somebody who holds the database of a company on $name', (kind) => {
  let office: Office;
  let last: number;
  beforeEach(async () => {
    office = await openOffice(kind);
    for (const name of ['浙江宏远贸易有限公司', '苏州青禾农机有限公司', '宁波海潮五金有限公司'])
      await office.create('wang', 'customer', { name });
    const { store, folder, code, name, timeZone } = office.company;
    mkdirSync(backupFolderOf(office.company), { recursive: true });
    const { auditHead } = await writeBackup(
      { store, folder, company: { code, name, timeZone }, version: '0.1.0' },
      join(backupFolderOf(office.company), 'test_2026-11-22_+0800.zip'),
    );
    last = auditHead?.seq ?? 0;
    await openTrail();
  });
  afterEach(async () => {
    rmSync(backupFolderOf(office.company), { recursive: true, force: true });
    await office.close();
  });

  /** The guards of the table are the first thing that whoever holds the database takes away. */
  async function openTrail(): Promise<void> {
    await office.company.store.write(async (tx) => {
      if (kind.name === 'postgres') return void (await tx.raw('alter table audit disable trigger all'));
      const triggers = await tx('sqlite_master').where({ type: 'trigger', tbl_name: 'audit' }).select('name');
      for (const { name } of triggers) await tx.raw('drop trigger ??', [name]);
    });
  }
  const write = (change: (rows: AuditRow[]) => void | Promise<void>) =>
    office.company.store.write(async (tx) => {
      const rows = (await tx('audit').orderBy('seq')) as AuditRow[];
      const before = new Map(rows.map((row) => [row.seq, JSON.stringify(row)]));
      await change(rows);
      for (const row of rows) if (before.get(row.seq) !== JSON.stringify(row)) await tx('audit').where({ seq: row.seq }).update(row);
    });
  const findings = async () => {
    const { company } = office;
    const chain = await look(company, systemActor(company), proveAudit);
    return { chain: chain.map(({ detail }) => detail), anchor: (await proveAnchor(company)).map(({ detail }) => detail) };
  };
  const seqOf = (place: number): number => last - 2 + place;

  test('is not noticed while nothing was done, nor when work goes on behind the backup', async () => {
    await office.create('wang', 'customer', { name: '在备份之后' });
    expect(await findings()).toEqual({ chain: [], anchor: [] });
  });

  test('and changes a row is told which one', async () => {
    await write((rows) => void Object.assign(rows[seqOf(0) - 1] ?? {}, { actor: 1, changes: null }));
    expect((await findings()).chain).toEqual([`row ${seqOf(0)} was changed`]);
  });

  test('and lets two rows change places is told so', async () => {
    await write((rows) => {
      const [one, other] = [rows[seqOf(0) - 1], rows[seqOf(1) - 1]];
      if (!one || !other) throw new Error('There are no such rows');
      const [seqOne, seqOther] = [one.seq, other.seq];
      const content = { ...one };
      Object.assign(one, other, { seq: seqOne });
      Object.assign(other, content, { seq: seqOther });
    });
    expect((await findings()).chain).toEqual([`row ${seqOf(0)} was changed`]);
  });

  test('and takes a row out of the middle is told which one', async () => {
    await office.company.store.write((tx) =>
      tx('audit')
        .where({ seq: seqOf(0) })
        .delete(),
    );
    expect((await findings()).chain).toEqual([`row ${seqOf(0)} is missing`]);
  });

  test('and takes the end away is found out by the counter, and by the backup when the counter was turned back', async () => {
    await office.company.store.write((tx) => tx('audit').where('seq', '>=', seqOf(1)).delete());
    expect((await findings()).chain).toEqual([`row ${last} is the last one given, row ${seqOf(0)} is the last one there`]);
    await office.company.store.write((tx) =>
      tx('number_series')
        .where({ series: 'audit' })
        .update({ last: seqOf(0) }),
    );
    expect(await findings()).toEqual({ chain: [], anchor: [`row ${last} is missing since the backup test_2026-11-22_+0800.zip`] });
  });

  test('and forges the whole chain anew is found out by the backup alone', async () => {
    await write((rows) => {
      let previous = '0'.repeat(64);
      for (const row of rows) {
        if (row.seq === seqOf(0)) row.changes = null;
        row.previous_hash = previous;
        row.hash = chained(row);
        previous = row.hash;
      }
    });
    expect(await findings()).toEqual({
      chain: [],
      anchor: [`row ${last} or one before it was changed since the backup test_2026-11-22_+0800.zip`],
    });
  });
});

test('what was written between a backup and its restore is rightly not there', { timeout: 120_000 }, async () => {
  const data = await makeDataFolder(stores[0] as (typeof stores)[number], {
    people: [],
    fill: async (office) => (await office.create('wang', 'customer', { name: '旧客户' })).id,
  });
  const backUp = async () => /proven {2}(\S+\.zip)/.exec((await tradepost(data.path, ['backup'])).text)?.[1] ?? '';
  try {
    const first = await backUp();
    expect((await tradepost(data.path, ['unlock'])).code).toBe(0);
    const second = await backUp();
    expect((await tradepost(data.path, ['prove'])).text).toContain('proven');
    expect((await tradepost(data.path, ['restore', first, '--yes'])).code).toBe(0);
    expect(await tradepost(data.path, ['prove'])).toMatchObject({ code: 0, text: expect.stringContaining('proven') });
    expect(await tradepost(data.path, ['prove', '--against', first])).toMatchObject({ code: 0 });
    expect(second).not.toBe(first);
  } finally {
    data.remove();
  }
});

/** How a row is chained to the one before it, worked out by itself. */
function chained(row: AuditRow): string {
  const covered = ['seq', 'at', 'actor', 'device', 'address', 'action', 'type', 'record_id', 'version', 'changes', 'previous_hash'];
  return createHash('sha256')
    .update(JSON.stringify(covered.map((name) => row[name] ?? null)))
    .digest('hex');
}
