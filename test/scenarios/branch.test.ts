import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listRecords } from '../../server/engine/list/listRecords.ts';
import { storeSettings } from '../../server/engine/settings.ts';
import { accountBalances } from '../../server/features/trade/accountBook.ts';
import { openShop, piece, priced, type Shop, yuan } from '../trade/shop.ts';
import { stores } from './office.ts';

describe.each(stores)('a branch with people, a warehouse, an account and numbers of its own, on $name', (kind) => {
  let shop: Shop;
  let branch: number;
  let till: number;
  let store: number;
  let other: number;
  beforeAll(async () => {
    shop = await openShop(kind);
    const { office } = shop;
    const root = await office.id('departments', { kind_of_unit: 'company' });
    branch = (await office.create('admin', 'department', { name: '深圳分公司', code: 'SZ', kindOfUnit: 'branch', parent: root })).id;
    const team = await office.create('admin', 'department', { name: '深圳销售组', kindOfUnit: 'team', parent: branch });
    const north = await office.create('admin', 'department', { name: '北京分公司', code: 'BJ', kindOfUnit: 'branch', parent: root });
    till = (await office.create('admin', 'account', { name: '深圳现金', accountKind: 'cash', department: branch })).id;
    other = (await office.create('admin', 'account', { name: '北京现金', accountKind: 'cash', department: north.id })).id;
    store = (await office.create('admin', 'warehouse', { name: '深圳仓', department: branch })).id;
    const grants = ['read', 'create', 'change', 'approve'].flatMap((operation) =>
      ['receipt', 'account'].map((type) => ({ type, operation, scope: 'departmentTree' })),
    );
    const reading = ['customer', 'salesOrder'].map((type) => ({ type, operation: 'read', scope: 'departmentTree' }));
    const cashier = await office.create(
      'admin',
      'position',
      { name: '分公司出纳' },
      { grants: [...grants, ...reading], specialRights: [{ right: 'see.salesPrice' }] },
    );
    const salesperson = await office.id('positions', { code: 'salesperson' });
    await office.create('admin', 'user', { login: 'pan', name: '潘', department: team.id }, { positions: [{ held: salesperson }] });
    await office.create('admin', 'user', { login: 'qian', name: '钱', department: branch }, { positions: [{ held: cashier.id }] });
  });
  afterAll(() => shop.office.close());

  const customers = new Map<string, number>();
  const sell = async (who: string) => {
    const { office, pen, taxCode } = shop;
    const customer = customers.get(who) ?? (await office.create(who, 'customer', { name: `${who}的客户有限公司` })).id;
    customers.set(who, customer);
    const line = { item: pen.id, quantity: piece, unit: '支', grossPrice: priced(12), taxCode, taxRate: 130_000 };
    return office.create(who, 'salesOrder', { customer }, { lines: [line] });
  };
  const accountsSeenBy = async (who: string) => {
    const { rows } = await shop.office.look(who, (work) => listRecords(work, work.company.catalogue.get('account'), { limit: 50 }));
    return rows.map((row) => row.id);
  };

  test('whoever fills a form gets what belongs to the own branch, and head office what is the main one', async () => {
    const { office, warehouse, pen } = shop;
    const given = async (salesperson: string, cashier: string) => {
      await sell(salesperson);
      const customer = customers.get(salesperson) ?? 0;
      const lent = await office.create(
        salesperson,
        'loan',
        { customer, dueOn: '2027-12-31' },
        { lines: [{ item: pen.id, quantity: piece, unit: '支' }] },
      );
      const paid = await office.create(cashier, 'receipt', { customer, amount: 10 * yuan });
      return { warehouse: lent.values.warehouse, account: paid.values.account };
    };
    expect(await given('pan', 'qian')).toEqual({ warehouse: store, account: till });
    const main = await office.id('accounts', { main: 1 });
    expect(await given('wang', 'zhao')).toEqual({ warehouse, account: main });
  });

  test('the money of a branch is seen by its people and by head office, and by no other branch', async () => {
    const { office } = shop;
    expect(await accountsSeenBy('qian')).toContain(till);
    expect(await accountsSeenBy('qian')).not.toContain(other);
    for (const who of ['zhao', 'sun', 'admin']) expect(await accountsSeenBy(who)).toEqual(expect.arrayContaining([till, other]));
    await expect(office.read('qian', 'account', other)).rejects.toMatchObject({ code: 'record.notFound' });
    expect((await office.look('qian', accountBalances)).map(({ account }) => account)).not.toContain(other);
    const customer = customers.get('pan') ?? 0;
    const paidElsewhere = office.create('qian', 'receipt', { customer, amount: 10 * yuan, account: other });
    await expect(paidElsewhere).rejects.toMatchObject({ code: 'record.invalid' });
    const known = await office.read('qian', 'account', till);
    expect(known.may).toContain('change');
  });

  test('its documents are seen above it and in no other place, and bear its letters in their numbers', async () => {
    const { office } = shop;
    await office.work('admin', (work) => storeSettings(work, { 'numbering.salesOrder': '{branch}SO{yyyy}{mm}-{serial:4}' }, {}));
    const order = await sell('pan');
    expect(order.values.number).toMatch(/^SZSO\d{6}-0001$/);
    for (const who of ['sun', 'qian']) expect((await office.read(who, 'salesOrder', order.id)).id).toBe(order.id);
    for (const who of ['zhou', 'li'])
      await expect(office.read(who, 'salesOrder', order.id)).rejects.toMatchObject({ code: 'record.notFound' });
  });
});
