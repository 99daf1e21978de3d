import ExcelJS from 'exceljs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StoredRecord } from '../../server/database/rows.ts';
import { expensesOf } from '../../server/features/books/expensesOf.ts';
import { exportBook } from '../../server/features/books/exportBook.ts';
import { reconcile } from '../../server/features/books/reconcile.ts';
import { changeSettings, readSettings } from '../../server/features/settings/companySettings.ts';
import { accountBalances, accountBook } from '../../server/features/trade/accountBook.ts';
import { post } from '../../server/ledger/post.ts';
import { expectProven, movesOf, type Office, openOffice, stores } from '../scenarios/office.ts';

const yuan = 100;

describe.each(stores)('Expenses and the company’s accounts, on $name', (kind) => {
  let office: Office;
  let bank: number;
  let cash: number;
  let travel: number;
  beforeEach(async () => {
    office = await openOffice(kind);
    bank = await office.id('accounts', { main: 1 });
    cash = await office.id('accounts', { account_kind: 'cash' });
    travel = await office.id('dictionary_entries', { dictionary: 'expenseCategory', name: '差旅费' });
  });
  afterEach(async () => {
    await expectProven(office);
    await office.close();
  });

  const today = () => office.look('admin', async (work) => work.today);
  const claim = (amount: number, more: Record<string, string | number> = {}) =>
    office.create('wang', 'expenseClaim', {}, { lines: [{ category: travel, amount, taxAmount: 0, ...more }] });
  const approved = async (paper: StoredRecord) => office.step('zhou', await office.step('wang', paper, 'submit'), 'approve');
  const pay = async (paper: StoredRecord, account = bank) =>
    office.step('zhao', await office.change('zhao', paper, { values: { account } }), 'pay');
  const held = async (account: number) => (await office.look('zhao', accountBalances)).find((row) => row.account === account)?.balance;
  const set = async (values: Record<string, string | number | boolean>) => {
    const { version } = await office.look('admin', readSettings);
    await office.work('admin', (work) => changeSettings(work, version, values));
  };

  test('a claim is approved by the manager, paid by the cashier and stands in the account’s book', async () => {
    const ready = await approved(await claim(350 * yuan));
    await expect(office.step('zhou', ready, 'pay')).rejects.toMatchObject({ code: 'expense.cashierNeeded' });
    await expect(office.step('zhao', ready, 'pay')).rejects.toMatchObject({ code: 'expense.accountMissing' });
    const paid = await pay(ready);
    expect(await movesOf(office, paid)).toBe('cash | held -> staff | 35000');
    expect(await held(bank)).toBe(-350 * yuan);
    const book = await office.look('zhao', (work) => accountBook(work, bank, {}));
    expect(book.rows.map((row) => [row.type, row.number, row.credit])).toEqual([['expenseClaim', paid.values.number, 35_000]]);
    await office.step('zhao', paid, 'takeBack', '付错账户');
    expect(await held(bank)).toBe(0);
  });

  test('nobody approves their own claim, nor one that somebody else wrote for them, while another may', async () => {
    const lines = [{ category: travel, amount: 80 * yuan }];
    const own = await office.step('zhou', await office.create('zhou', 'expenseClaim', {}, { lines }), 'submit');
    await expect(office.step('zhou', own, 'approve')).rejects.toMatchObject({ code: 'step.notOwn' });
    expect((await office.step('sun', own, 'approve')).state).toBe('approved');
    const claimant = await office.id('users', { login: 'sun' });
    const written = await office.create('admin', 'expenseClaim', { claimant }, { lines });
    const waiting = await office.step('admin', written, 'submit');
    await expect(office.step('sun', waiting, 'approve')).rejects.toMatchObject({ code: 'step.notOwn' });
  });

  test('who is alone may approve what is their own', async () => {
    const lines = [{ category: travel, amount: 80 * yuan }];
    const people = await office.company.store.read((tx) => tx('users').whereNot({ login: 'zhou' }).pluck('id'));
    await office.company.store.write((tx) => tx('users').whereIn('id', people).update({ employment: 'left' }));
    const own = await office.step('zhou', await office.create('zhou', 'expenseClaim', {}, { lines }), 'submit');
    expect((await office.step('zhou', own, 'approve')).state).toBe('approved');
  });

  test('an advance is offset by a claim, the rest comes back, and nothing is owed any more', async () => {
    const wish = await office.create('wang', 'advance', { amount: 1000 * yuan, purpose: '出差广州' });
    const given = await pay(await approved(wish));
    expect(await movesOf(office, given)).toBe('cash | held -> staff | 100000\nadvance | paid -> owed | 100000');
    expect(given.values.openAmount).toBe(1000 * yuan);
    const offsets = [{ sourceType: 'advance', source: given.id, amount: 700 * yuan }];
    const whole = await office.create('wang', 'expenseClaim', {}, { lines: [{ category: travel, amount: 700 * yuan }], offsets });
    expect(whole.values).toMatchObject({ total: 700 * yuan, offset: 700 * yuan, payable: 0 });
    const settled = await office.step('zhao', await approved(whole), 'pay');
    expect(await movesOf(office, settled)).toBe('advance | owed -> claimed | 70000');
    const back = await office.become('zhao', 'advanceReturn', [{ type: 'advance', id: given.id }], { values: { account: bank } });
    const returned = await office.step('zhao', back, 'post');
    expect(await movesOf(office, returned)).toBe('cash | staff -> held | 30000\nadvance | owed -> returned | 30000');
    expect((await office.read('wang', 'advance', given.id)).values).toMatchObject({ cleared: 1000 * yuan, openAmount: 0 });
    expect(await held(bank)).toBe(-700 * yuan);
    const done = (await office.read('zhao', 'advance', given.id)) as unknown as StoredRecord;
    await expect(office.step('zhao', done, 'takeBack', '撤销')).rejects.toMatchObject({ code: 'document.hasFollowers' });
  });

  test('no more is offset than was claimed or advanced', async () => {
    const given = await pay(await approved(await office.create('wang', 'advance', { amount: 100 * yuan })));
    const row = { sourceType: 'advance', source: given.id };
    const high = await office.create(
      'wang',
      'expenseClaim',
      {},
      { lines: [{ category: travel, amount: 50 * yuan }], offsets: [{ ...row, amount: 60 * yuan }] },
    );
    await expect(office.step('wang', high, 'submit')).rejects.toMatchObject({ code: 'expense.offsetTooHigh' });
    const more = await office.create(
      'wang',
      'expenseClaim',
      {},
      { lines: [{ category: travel, amount: 500 * yuan }], offsets: [{ ...row, amount: 160 * yuan }] },
    );
    const ready = await approved(more);
    const withAccount = await office.change('zhao', ready, { values: { account: bank } });
    await expect(office.step('zhao', withAccount, 'pay')).rejects.toMatchObject({ code: 'flow.overQuantity' });
  });

  test('an advance of somebody else does not pay my claim', async () => {
    const given = await pay(await approved(await office.create('wang', 'advance', { amount: 100 * yuan })));
    const other = await office.create(
      'zhao',
      'expenseClaim',
      {},
      {
        lines: [{ category: travel, amount: 100 * yuan }],
        offsets: [{ sourceType: 'advance', source: given.id, amount: 100 * yuan }],
      },
    );
    const ready = await office.step('sun', await office.step('zhao', other, 'submit'), 'approve');
    await expect(office.step('zhao', ready, 'pay')).rejects.toMatchObject({ code: 'flow.different' });
  });

  test('what was not advanced cannot be cleared', async () => {
    const wang = await office.id('users', { login: 'wang' });
    const move = { ledger: 'advance', subject: wang, from: 'owed', to: 'claimed', amount: 100 };
    const cause = { type: 'expenseClaim', id: 1, step: 'pay', day: '2026-03-02' };
    await expect(office.work('zhao', (work) => post(work, cause, [move]))).rejects.toMatchObject({
      code: 'advance.notHeld',
      facts: { wanted: 100, held: 0 },
    });
  });

  test('old receipts need somebody with the right and a reason, or are not taken at all', async () => {
    await set({ 'parameter.expenseReceiptDays': 30 });
    const old = await office.step('wang', await claim(80 * yuan, { receiptDay: '2026-01-05' }), 'submit');
    await expect(office.step('zhou', old, 'approve')).rejects.toMatchObject({
      code: 'expense.receiptTooOld',
      facts: { days: 30, count: 1 },
      fields: [{ path: 'lines.0.receiptDay' }],
    });
    const passed = await office.step('sun', old, 'approve', '客户年后才补开');
    expect(passed).toMatchObject({ state: 'approved', values: { reason: '客户年后才补开' } });
    await set({ 'parameter.expenseLateRefused': true });
    const refused = await claim(80 * yuan, { receiptDay: '2026-01-05' });
    await expect(office.step('wang', refused, 'submit')).rejects.toMatchObject({ code: 'expense.receiptTooOld' });
  });

  test('money moves between two accounts with a fee, and both books show it', async () => {
    const move = await office.create('zhao', 'cashTransfer', { fromAccount: bank, toAccount: cash, amount: 5000 * yuan, fee: 10 * yuan });
    const posted = await office.step('zhao', move, 'post');
    expect(await movesOf(office, posted)).toBe(
      'cash | held -> transfer | 500000\ncash | held -> fees | 1000\ncash | transfer -> held | 500000',
    );
    expect([await held(bank), await held(cash)]).toEqual([-5010 * yuan, 5000 * yuan]);
    const same = await office.create('zhao', 'cashTransfer', { fromAccount: bank, toAccount: bank, amount: yuan });
    await expect(office.step('zhao', same, 'post')).rejects.toMatchObject({ code: 'transfer.sameAccount' });
    const rated = { fromAccount: bank, toAccount: cash, amount: yuan, exchangeRate: 2_000_000_000 };
    const odd = await office.create('zhao', 'cashTransfer', rated);
    await expect(office.step('zhao', odd, 'post')).rejects.toMatchObject({ code: 'transfer.rateNotOne' });
  });

  test('between two currencies it is exchanged at the rate given, to whole units of the other', async () => {
    const twd = await office.id('currencies', { code: 'TWD' });
    const abroad = await office.create('zhao', 'account', { name: '台湾账户', accountKind: 'bank', currency: twd });
    const values = { fromAccount: bank, toAccount: abroad.id, amount: 1000 * yuan };
    const bare = await office.create('zhao', 'cashTransfer', values);
    await expect(office.step('zhao', bare, 'post')).rejects.toMatchObject({ code: 'transfer.rateMissing' });
    const move = await office.create('zhao', 'cashTransfer', { ...values, exchangeRate: 4_512_345_678 });
    expect(move.values).toMatchObject({ targetCurrency: twd, arrived: 4_512_345_678 });
    await office.step('zhao', move, 'post');
    expect(await held(abroad.id)).toBe(4512);
    const ready = await approved(await claim(yuan));
    const wrong = await office.change('zhao', ready, { values: { account: abroad.id } });
    await expect(office.step('zhao', wrong, 'pay')).rejects.toMatchObject({ code: 'expense.accountForeign' });
  });

  test('income and expense without an order have a category and stand in the book', async () => {
    const interest = await office.id('dictionary_entries', { dictionary: 'cashCategory', name: '利息收入' });
    const rent = await office.id('dictionary_entries', { dictionary: 'cashCategory', name: '房租' });
    const entry = async (direction: string, cashCategory: number, amount: number) =>
      office.step('zhao', await office.create('zhao', 'cashEntry', { direction, cashCategory, amount, account: bank }), 'post');
    expect(await movesOf(office, await entry('income', interest, 12_34))).toBe('cash | income -> held | 1234');
    expect(await movesOf(office, await entry('expense', rent, 3000 * yuan))).toBe('cash | held -> expense | 300000');
    expect(await held(bank)).toBe(1234 - 3000 * yuan);
  });

  describe('the daily close', () => {
    const entry = async (day: string, amount: number) => {
      const cashCategory = await office.id('dictionary_entries', { dictionary: 'cashCategory', name: '其他收入' });
      return office.create('zhao', 'cashEntry', { direction: 'income', cashCategory, amount, account: cash, day });
    };
    const close = async (day: string, counted?: number) => {
      const paper = await office.create('zhao', 'accountDay', { account: cash, day, ...(counted === undefined ? {} : { counted }) });
      return office.step('zhao', paper, 'close');
    };

    test('notes what came and went, and locks the account through that day', async () => {
      await office.step('zhao', await entry('2026-03-01', 100 * yuan), 'post');
      const second = await office.step('zhao', await entry('2026-03-02', 40 * yuan), 'post');
      const closed = await close('2026-03-02', 139 * yuan);
      expect(closed.values).toMatchObject({ opening: 10_000, income: 4000, expense: 0, closing: 14_000, difference: -100 });
      await expect(office.step('zhao', await entry('2026-03-02', yuan), 'post')).rejects.toMatchObject({
        code: 'ledger.locked',
        facts: { through: '2026-03-02' },
      });
      await expect(office.step('zhao', second, 'takeBack', '记错')).rejects.toMatchObject({ code: 'ledger.locked' });
      await office.step('zhao', await entry('2026-03-03', yuan), 'post');
    });

    test('days are closed in their order and opened again from the last', async () => {
      const first = await close('2026-03-02');
      const last = await close('2026-03-05');
      await expect(close('2026-03-04')).rejects.toMatchObject({ code: 'account.dayClosed', facts: { through: '2026-03-05' } });
      await expect(close(`${Number((await today()).slice(0, 4)) + 1}-01-01`)).rejects.toMatchObject({ code: 'account.dayAhead' });
      await expect(office.step('zhao', first, 'reopen', '补记')).rejects.toMatchObject({ code: 'account.laterDayClosed' });
      await office.step('zhao', last, 'reopen', '补记');
      await office.step('zhao', await entry('2026-03-04', yuan), 'post');
      await expect(office.step('zhao', await entry('2026-03-02', yuan), 'post')).rejects.toMatchObject({ code: 'ledger.locked' });
      await office.step('zhao', first, 'reopen', '补记');
      await office.step('zhao', await entry('2026-03-02', yuan), 'post');
    });
  });

  test('entries found on the bank’s statement are ticked, and the book goes into a workbook with them', async () => {
    const cashCategory = await office.id('dictionary_entries', { dictionary: 'cashCategory', name: '其他收入' });
    for (const amount of [100, 250]) {
      const values = { direction: 'income', cashCategory, amount, account: bank, day: '2026-03-02' };
      await office.step('zhao', await office.create('zhao', 'cashEntry', values), 'post');
    }
    const book = () => office.look('zhao', (work) => accountBook(work, bank, { from: '2026-03-01', to: '2026-03-31' }));
    const [first, second] = (await book()).rows.map((row) => row.entry);
    const tick = (entries: number[], isReconciled: boolean) =>
      office.work('zhao', (work) => reconcile(work, bank, { entries, isReconciled }));
    await tick([first ?? 0, second ?? 0], true);
    await tick([second ?? 0], false);
    expect((await book()).rows.map((row) => row.isReconciled)).toEqual([true, false]);
    await expect(office.work('zhao', (work) => reconcile(work, cash, { entries: [first ?? 0], isReconciled: true }))).rejects.toMatchObject(
      { code: 'record.notFound' },
    );
    const query = { from: '2026-03-01', to: '2026-03-31', language: 'zh-CN' } as const;
    const { bytes } = await office.work('zhao', (work) => exportBook(work, bank, query));
    const sheets = new ExcelJS.Workbook();
    await sheets.xlsx.load(bytes as unknown as ArrayBuffer);
    const rows = (sheets.worksheets[0]?.getSheetValues() ?? []).slice(1).map((row) => (row as unknown[]).slice(1));
    expect(rows.map((row) => [row[3], row[5], row[6]])).toEqual([
      ['收入', '余额', '已对账'],
      [undefined, 0, undefined],
      [1, 1, '✓'],
      [2.5, 3.5, undefined],
      [3.5, 3.5, undefined],
    ]);
  });

  test('what a claim spent for a customer and an order stands on both', async () => {
    const customer = await office.create('wang', 'customer', { name: '苏州青禾农机有限公司' });
    await office.step('wang', await claim(80 * yuan, { customer: customer.id }), 'submit');
    await claim(70 * yuan, { customer: customer.id });
    const seen = (who: string) => office.look(who, (work) => expensesOf(work, 'customer', customer.id));
    expect(await seen('wang')).toMatchObject({ total: 80 * yuan, rows: [{ state: 'pending', amount: 80 * yuan }] });
    await expect(seen('li')).rejects.toMatchObject({ code: 'record.notFound' });
    await expect(office.look('wang', (work) => expensesOf(work, 'item', 1))).rejects.toMatchObject({ code: 'record.notFound' });
  });

  test('a private account is seen by whoever has the right and by nobody else', async () => {
    const own = await office.create('sun', 'account', { name: '老板账户', accountKind: 'bank', privateAccount: true });
    await expect(office.read('zhao', 'account', own.id)).rejects.toMatchObject({ code: 'record.notFound' });
    expect((await office.look('zhao', accountBalances)).map((row) => row.account)).not.toContain(own.id);
    await expect(office.look('zhao', (work) => accountBook(work, own.id, {}))).rejects.toMatchObject({ code: 'record.notFound' });
    expect((await office.look('sun', accountBalances)).map((row) => row.account)).toContain(own.id);
  });
});
