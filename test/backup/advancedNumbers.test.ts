import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../server/database/openStore.ts';
import { deleteRecord, purgeRecord } from '../../server/engine/removeRecord.ts';
import { exportGaps } from '../../server/features/gaps/exportGaps.ts';
import { numberGaps } from '../../server/features/gaps/numberGaps.ts';
import { advanceNumbers, readAdvance } from '../../server/features/numbering/advance.ts';
import { proveNumbering } from '../../server/features/numbering/proveNumbers.ts';
import { catalogue } from '../../shared/catalogue.ts';
import type { ArchiveInside, RestoreState } from '../../shared/contracts/restoring.ts';
import { type Office, officeOf, stores } from '../scenarios/office.ts';
import { type DataFolder, makeDataFolder, startServer } from '../support/childServer.ts';
import { tradepost } from '../support/console.ts';

const piece = 1_000_000;
const quotation = catalogue.get('quotation');

interface Goods {
  readonly customer: number;
  readonly item: number;
}

const quote = (office: Office, { customer, item }: Goods) =>
  office.create('wang', 'quotation', { customer }, { lines: [{ item, quantity: piece, grossPrice: 12_000_000 }] });
const numberOf = ({ values }: { values: Readonly<Record<string, unknown>> }): string => String(values.number);

/** Lets people work in the company as it lies there, without a server. */
async function working<T>(home: DataFolder<Goods>, run: (office: Office) => Promise<T>): Promise<T> {
  const store = await openStore(home.place);
  const nothing = () => undefined;
  const folder = join(home.path, 'companies', 'test');
  const company = {
    code: 'test',
    name: '远航商贸',
    folder,
    catalogue,
    store,
    timeZone: 'Asia/Shanghai',
    announce: nothing,
    report: nothing,
  };
  try {
    return await run(officeOf(company, [], join(folder, 'none')));
  } finally {
    await store.close();
  }
}

describe.each(stores)('an older backup is restored on $name, and papers of the days since lie about', { timeout: 120_000 }, (kind) => {
  let home: DataFolder<Goods>;
  let archive: string;
  let onPaper: string[];

  const restore = (...more: string[]) => {
    const engine = home.place.engine === 'postgres' ? ['--engine', 'postgres', '--url', home.place.url] : [];
    return tradepost(home.path, ['restore', archive, '--yes', ...more, ...engine]);
  };
  const prove = () => tradepost(home.path, ['prove']);

  beforeAll(async () => {
    home = await makeDataFolder(kind, {
      people: [],
      fill: async (office) => {
        const customer = (await office.create('wang', 'customer', { name: '浙江宏远贸易有限公司' })).id;
        const taxCode = await office.id('tax_codes', { rate: 130_000 });
        const item = (await office.create('admin', 'item', { name: '钢笔', unit: '支', taxCode, grossPrice: 12_000_000 })).id;
        const goods = { customer, item };
        for (let count = 0; count < 3; count += 1) await quote(office, goods);
        return goods;
      },
    });
    expect(await tradepost(home.path, ['backup'])).toMatchObject({ code: 0 });
    const folder = join(home.path, 'companies', 'test', 'backups');
    archive = join(folder, readdirSync(folder).find((name) => name.endsWith('.zip')) ?? 'none');
    onPaper = await working(home, async (office) => [
      numberOf(await quote(office, home.filled)),
      numberOf(await quote(office, home.filled)),
    ]);
  }, 120_000);
  afterAll(() => home?.remove());

  test('without the option the console warns, the administrator is told, and the first number comes again', async () => {
    expect(await restore()).toMatchObject({ code: 0, text: expect.stringContaining('may come again') });
    await working(home, async (office) => {
      const { restore: known, advancedAt, rows } = await office.look('admin', readAdvance);
      expect(known).not.toBeNull();
      expect(advancedAt).toBeNull();
      expect(rows.find(({ type }) => type === 'quotation')).toMatchObject({ by: 3, next: { serial: 4, digits: 4 } });
      expect(rows.find(({ type }) => type === 'receipt')).toMatchObject({ by: 0 });
      expect(numberOf(await quote(office, home.filled))).toBe(onPaper[0]);
    });
  });

  test('with it no number comes twice, what was left out is on record, and everything is proven', async () => {
    const said = await restore('--advance-numbers');
    expect(said).toMatchObject({ code: 0, text: expect.stringContaining('are left out, on record') });
    expect(said.text).toMatch(/: \+3\n/);
    await working(home, async (office) => {
      const after = numberOf(await quote(office, home.filled));
      expect(onPaper).not.toContain(after);
      expect(after).toMatch(/-0007$/);
      const { rows } = await office.look('admin', (work) => numberGaps(work, quotation, {}));
      expect(rows[0]).toMatchObject({
        missing: [],
        skipped: ['-0004', '-0005', '-0006'].map((end) => ({ number: expect.stringContaining(end), reason: null })),
      });
      expect(rows[0]?.skipped.map(({ number }) => number)).toEqual(expect.arrayContaining(onPaper));
      const { rows: exported } = await office.look('admin', (work) => exportGaps(work, quotation, {}, 'zh-CN'));
      expect(exported).toBe(3);
      const deed = await office.company.store.read((tx) => tx('audit').where({ action: 'advanceNumbers' }).first('actor', 'changes'));
      expect(deed).toMatchObject({ actor: 0, changes: expect.stringContaining('"quotation":3') });
      expect((await office.look('admin', readAdvance)).rows.every(({ by }) => by === 0)).toBe(true);
    });
    expect(await prove()).toMatchObject({ code: 0, text: expect.stringContaining('proven') });
  });

  test('a hole that nobody wrote down is found, and so is a number that was left out and given all the same', async () => {
    expect(await restore('--advance-numbers=5')).toMatchObject({ code: 0 });
    await working(home, async (office) => {
      const third = await quote(office, home.filled);
      expect(numberOf(third)).toMatch(/-0009$/);
      // Removed for good on record: accounted for.
      const gone = await quote(office, home.filled);
      await office.work('admin', (work) => deleteRecord(work, quotation, gone.id, gone.version));
      await office.work('admin', (work) => purgeRecord(work, quotation, gone.id));
      expect(await proveNumbering(office.company)).toEqual([]);
      await office.company.store.write((tx) => tx('number_series').where({ series: 'quotation' }).increment('last', 2));
      await quote(office, home.filled);
      expect(await proveNumbering(office.company)).toEqual([
        { proof: 'numbers', detail: expect.stringMatching(/^quotation QT\d{8}-#: 2 of 13 are missing, the first is 11$/) },
      ]);
      await office.company.store.write((tx) =>
        tx('quotations')
          .where({ id: third.id })
          .update({ number: numberOf(third).replace(/9$/, '6') }),
      );
      expect((await proveNumbering(office.company)).map(({ detail }) => detail)).toEqual([
        expect.stringMatching(/4-8 was left out and has a document$/),
        expect.stringMatching(/: 3 of 13 are missing, the first is 9$/),
      ]);
      await office.company.store.write((tx) => tx('number_series').where({ series: 'quotation' }).update({ last: 10 }));
      expect((await proveNumbering(office.company)).map(({ detail }) => detail)).toContainEqual(
        expect.stringMatching(/1 are beyond 10, the last one given$/),
      );
    });
    expect(await prove()).toMatchObject({ code: 1, text: expect.stringContaining('numbers: quotation') });
    expect(await restore('--advance-numbers=many')).toMatchObject({ code: 2 });
  });

  test('the administrator moves them on later, with a reason, once for each of the days that are not known', async () => {
    expect(await restore()).toMatchObject({ code: 0 });
    await working(home, async (office) => {
      const reason = '恢复备份后，避免与已开出的单号重复';
      const moved = await office.work('admin', (work) => advanceNumbers(work, { wish: { quotation: 2, customer: 1 }, reason }));
      expect(moved).toEqual([
        { type: 'customer', periods: 1, by: 1 },
        { type: 'quotation', periods: 1, by: 2 },
      ]);
      expect(onPaper).not.toContain(numberOf(await quote(office, home.filled)));
      const { rows } = await office.look('admin', (work) => numberGaps(work, quotation, {}));
      expect(rows[0]?.skipped).toEqual(onPaper.map((number) => ({ number, reason })));
      expect((await office.look('admin', readAdvance)).advancedAt).not.toBeNull();
      await expect(office.work('admin', (work) => advanceNumbers(work, { wish: { contact: 2 }, reason }))).rejects.toMatchObject({
        code: 'record.notFound',
        facts: { type: 'contact' },
      });
    });
  });

  test('an empty server shows how many would be left out before it restores, and takes other wishes', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'tradepost-empty-'));
    const server = await startServer({ path: empty });
    try {
      const inside = (await server.call('POST', '/api/setup/restore/look', { body: { path: archive } })).body as unknown as ArchiveInside;
      expect(inside.numbers.rows.find(({ type }) => type === 'quotation')).toMatchObject({ by: 3, next: { serial: 4, digits: 4 } });
      expect(inside.numbers.rows.find(({ type }) => type === 'refund')).toMatchObject({ by: 0 });
      const wrong = { path: archive, numbers: { quotation: -1 } };
      expect((await server.call('POST', '/api/setup/restore', { body: wrong })).status).toBe(400);
      await server.call('POST', '/api/setup/restore', { body: { path: archive, numbers: { quotation: 9 } } });
      const state = async () => (await server.call('GET', '/api/setup/restore')).body as unknown as RestoreState;
      while ((await state()).phase === 'loading') await new Promise((resolve) => setTimeout(resolve, 50));
      expect(await state()).toMatchObject({ phase: 'done' });
      const signedIn = await server.call('POST', '/api/sign-in', {
        body: { company: 'test', login: 'admin', password: 'correct horse battery' },
      });
      const { token } = signedIn.body as unknown as { token: string };
      const { body } = await server.call('GET', '/api/numbering', { token });
      expect((body as unknown as { rows: { type: string; next: string }[] }).rows.find(({ type }) => type === 'quotation')?.next).toMatch(
        /-0013$/,
      );
      const again = { by: { quotation: 1 }, reason: '还有一张' };
      const key = 'one-more-paper';
      for (let turn = 0; turn < 2; turn += 1)
        expect(await server.call('POST', '/api/numbering/advance', { token, key, body: again })).toMatchObject({ status: 200 });
      const { body: later } = await server.call('GET', '/api/numbering/advance', { token });
      expect(JSON.stringify(later)).toContain('"serial":14');
    } finally {
      await server.stop();
      rmSync(empty, { recursive: true, force: true });
    }
  });
});
