import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { systemActor } from '../../server/access/rights.ts';
import { readRecord } from '../../server/engine/answers.ts';
import { proveAudit } from '../../server/engine/audit.ts';
import { createRecord } from '../../server/engine/createRecord.ts';
import { listRecords } from '../../server/engine/list/listRecords.ts';
import { look, transact } from '../../server/engine/transact.ts';
import { fillWithDemo } from '../../server/features/demo/makeDemo.ts';
import { offerFeatures } from '../../server/features/offer.ts';
import { setUpCompany } from '../../server/features/setup/setUpCompany.ts';
import { proveLedgers } from '../../server/ledger/prove.ts';
import { proveFlows } from '../../server/ledger/proveFlows.ts';
import type { Company } from '../../server/work.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { type StoreKind, stores } from '../stores/stores.ts';

const opened: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/** A demo company with a short history. */
async function demoCompany(kind: StoreKind, orders: number): Promise<Company> {
  offerFeatures();
  const store = await kind.open();
  const folder = mkdtempSync(join(tmpdir(), 'tradepost-demo-'));
  opened.push(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const report = (fault: unknown): void => {
    throw fault;
  };
  const place = { code: 'demo', name: '远航商贸', folder, catalogue, store, timeZone: 'Asia/Shanghai' };
  const company: Company = { ...place, announce: () => undefined, report };
  await store.migrate();
  const done = await setUpCompany(company, {
    administrator: { login: 'admin', name: '管理员', password: 'correct horse battery' },
    language: 'zh-CN',
    currency: 'CNY',
    taxRate: 130_000,
  });
  await fillWithDemo(company, done, { orders, seed: 7 });
  return company;
}

const asSystem = <T>(company: Company, run: Parameters<typeof look<T>>[2]) => look(company, systemActor(company), run);

const bookOf = (company: Company) =>
  asSystem(company, async ({ tx }) => ({
    orders: await tx('sales_orders').orderBy('id').select('number', 'customer', 'state', 'total', 'received'),
    moves: await tx('moves').orderBy('id').select('ledger', 'subject', 'from_place', 'to_place', 'amount', 'row_id'),
    prices: await tx('price_memory').orderBy(['customer', 'item']),
  }));

describe.each(stores)('A demo company, on $name', (kind) => {
  test('its ledgers, flows and audit chain prove, though all was written in bulk', async () => {
    const company = await demoCompany(kind, 120);
    expect(
      await asSystem(company, async (work) => [...(await proveLedgers(work)), ...(await proveFlows(work)), ...(await proveAudit(work))]),
    ).toEqual([]);
    const { orders } = await bookOf(company);
    expect(orders).toHaveLength(120);
  });

  test('the same seed makes the same company', async () => {
    const [one, other] = [await demoCompany(kind, 60), await demoCompany(kind, 60)];
    expect(await bookOf(one)).toEqual(await bookOf(other));
  });

  test('what a customer last paid is the price of the newest approved order', async () => {
    const company = await demoCompany(kind, 60);
    const { prices } = await bookOf(company);
    const lines = (await asSystem(company, ({ tx }) =>
      tx('sales_order_lines as line')
        .join('sales_orders as sold', 'sold.id', 'line.parent')
        .whereIn('sold.state', ['approved', 'completed'])
        .orderBy('line.id')
        .select('sold.customer', 'line.item', 'sold.number', 'line.price'),
    )) as { customer: number; item: number; number: string; price: number }[];
    const newest = new Map(lines.map((line) => [`${line.customer}|${line.item}`, line]));
    expect(prices).toHaveLength(newest.size);
    for (const price of prices)
      expect(newest.get(`${price.customer}|${price.item}`)).toMatchObject({ number: price.number, price: price.price });
  });

  test('work goes on where the history ends: found by number, numbered on, no id given twice', async () => {
    const company = await demoCompany(kind, 60);
    const order = company.catalogue.get('salesOrder');
    const [last] = await asSystem(company, (work) =>
      work.tx('sales_orders').orderBy('id', 'desc').limit(1).select('id', 'number', 'customer'),
    );
    const found = await asSystem(company, (work) => listRecords(work, order, { search: last.number }));
    expect(found.rows.map((row) => row.id)).toEqual([last.id]);
    const read = await asSystem(company, (work) => readRecord(work, order, last.id));
    const line = read.parts.lines?.[0];
    const next = await transact(company, systemActor(company), (work) =>
      createRecord(work, order, {
        values: { customer: last.customer },
        parts: { lines: [{ item: line?.item ?? 0, quantity: line?.quantity ?? 0, grossPrice: line?.grossPrice ?? 0 }] },
      }),
    );
    expect(next.id).toBe(last.id + 1);
    expect(next.values.number).not.toBe(last.number);
  });
});
