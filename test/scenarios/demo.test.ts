import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemActor } from '../../server/access/rights.ts';
import { tableOf } from '../../server/database/tables.ts';
import { readRecord } from '../../server/engine/answers.ts';
import { proveAudit } from '../../server/engine/audit.ts';
import { createRecord } from '../../server/engine/createRecord.ts';
import { listRecords } from '../../server/engine/list/listRecords.ts';
import { look, transact } from '../../server/engine/transact.ts';
import { proveCosts } from '../../server/features/costing/recost.ts';
import { fillWithDemo } from '../../server/features/demo/makeDemo.ts';
import { offerFeatures } from '../../server/features/offer.ts';
import { printDocument } from '../../server/features/printing/data/printDocument.ts';
import { closePrinting, renderPdf } from '../../server/features/printing/renderPdf.ts';
import { setUpCompany } from '../../server/features/setup/setUpCompany.ts';
import { proveLedgers } from '../../server/ledger/prove.ts';
import { proveFlows } from '../../server/ledger/proveFlows.ts';
import type { Company } from '../../server/work.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { formatExact } from '../../shared/kernel/numbers.ts';
import { readPdf } from '../printing/readPdf.ts';
import { type StoreKind, stores } from '../stores/stores.ts';

const opened: (() => Promise<void>)[] = [];

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
  let company: Company;
  beforeAll(async () => {
    company = await demoCompany(kind, 120);
  }, 120_000);
  afterAll(async () => {
    for (const close of opened.splice(0)) await close();
    await closePrinting();
  });

  test('its ledgers, flows, costs and audit chain prove, though all was written in bulk', async () => {
    expect(
      await asSystem(company, async (work) => [
        ...(await proveLedgers(work)),
        ...(await proveFlows(work)),
        ...(await proveCosts(work)),
        ...(await proveAudit(work)),
      ]),
    ).toEqual([]);
    const { orders } = await bookOf(company);
    expect(orders.length).toBeGreaterThanOrEqual(120);
  });

  test('every kind of paper is there, most of them posted, so that every page has something true to show', async () => {
    const papers = company.catalogue.definitions.filter((definition) => definition.kind === 'document');
    const counts = await asSystem(company, async ({ tx }) => {
      const found: [string, number][] = [];
      for (const definition of papers) {
        const done = Object.entries(definition.states ?? {}).flatMap(([name, { look }]) =>
          look === 'draft' || look === 'void' ? [] : [name],
        );
        const row = await tx(tableOf(definition)).whereIn('state', done).first(tx.raw('count(*) as count'));
        found.push([definition.type, Number((row as { count: number }).count)]);
      }
      return found;
    });
    expect(counts.filter(([, count]) => count === 0)).toEqual([]);
    const seen = await asSystem(company, async (work) => ({
      overdueLoans: await work.tx('loans').where('due_on', '<', work.today).whereNot({ settled_state: 'all' }).select('id'),
      inTransit: await work
        .tx('balances')
        .where({ ledger: 'stock' })
        .whereLike('place', 'transit:%')
        .where('amount', '>', 0)
        .select('subject'),
      plans: await work.tx('sales_order_instalments').select('id'),
      dollars: await work.tx('sales_orders').whereNot({ exchange_rate: 1_000_000_000 }).select('id'),
      closed: await work.tx('closings').select('id'),
    }));
    expect(Object.entries(seen).filter(([, rows]) => rows.length === 0)).toEqual([]);
  });

  test('the same seed makes the same company', async () => {
    expect(await bookOf(await demoCompany(kind, 120))).toEqual(await bookOf(company));
  }, 120_000);

  test('every kind of paper prints, in its own name, with its number and its sum', async () => {
    const missing: string[] = [];
    let printed = 0;
    for (const definition of company.catalogue.definitions.filter((one) => one.kind === 'document' && one.print)) {
      const [row] = await asSystem(company, (work) => work.tx(tableOf(definition)).orderBy('id', 'desc').limit(1).select('id'));
      for (const name of definition.print?.templates ?? []) {
        const print = await transact(company, systemActor(company), (work) =>
          printDocument(work, definition, row.id, { template: name, language: 'zh-CN' }),
        );
        const text = (await readPdf(await renderPdf(print.template, print.data, print)))
          .map((page) => page.text)
          .join('')
          .replace(/\s/g, '');
        const { grossAmount } = print.data.totals;
        const sum = grossAmount?.kind === 'money' ? formatExact(grossAmount.value, 2).replace(/\B(?=(\d{3})+(?!\d))/g, ',') : '';
        const shownSum = JSON.stringify(print.template.blocks).includes('total.grossAmount') ? sum : '';
        const title = JSON.stringify(print.template.blocks).includes('{{document.title}}') ? print.data.title : '';
        printed += 1;
        for (const words of [print.data.number, shownSum, title]) if (!text.includes(words)) missing.push(`${name}: ${words}`);
      }
    }
    expect(missing).toEqual([]);
    expect(printed).toBeGreaterThan(45);
  }, 120_000);

  test('what a customer last paid is the price of the newest approved order', async () => {
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
