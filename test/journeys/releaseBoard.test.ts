import { afterAll, beforeAll, expect, test } from 'vitest';
import { takePicture } from '../support/browser.ts';
import { goTo, keepPicturesOfFailures, openPremises, type Person, type Premises, settled, soon } from './company.ts';
import { created, ground, rowsOf } from './ground.ts';

const customerName = '无锡明远机床有限公司';
let premises: Premises;
let seller: Person;
let manager: Person;
let keeper: Person;
let customer: Awaited<ReturnType<ReturnType<typeof ground>['customer']>>;
beforeAll(async () => {
  premises = await openPremises({ demoOrders: 20 });
  const boss = await premises.as('ma.qiang');
  const lay = ground(boss);
  customer = await lay.customer({ name: customerName, owner: 'zhang.wei' });
  const drill = await lay.item({ code: 'MY-01', name: '麻花钻', spec: '12mm', grossPrice: 11_300_000 });
  const vice = await lay.item({ code: 'MY-02', name: '平口钳', spec: '150', grossPrice: 113_000_000 });
  await lay.stocked([drill, vice], 50);
  const notice = await created(boss, 'orderType', { values: { name: '见单发货', outboundBy: 'notice' } });
  const deposit = await created(boss, 'orderType', { values: { name: '半款发货', outboundBy: 'notice', depositRate: 500_000 } });
  const lines = [{ item: drill, pieces: 8, grossPrice: 11_300_000 }];
  await lay.order({ customer, lines, values: { orderType: notice.id } });
  await lay.order({ customer, lines: [{ item: vice, pieces: 2, grossPrice: 113_000_000 }], values: { orderType: deposit.id } });
  [seller, manager, keeper] = await Promise.all([premises.person('zhang.wei'), premises.person('wang.fang'), premises.person('li.na')]);
});
afterAll(() => premises?.close());
keepPicturesOfFailures(() => premises);

const board = async ({ page }: Person) => {
  await goTo(page, '/release');
  await page.getByRole('heading', { level: 1, name: '发货放行' }).waitFor();
  const rows = page.getByRole('row').filter({ hasText: '无锡明远' });
  await rows.first().waitFor();
  return { drill: rows.filter({ hasText: '麻花钻' }), vice: rows.filter({ hasText: '平口钳' }) };
};

test('a seller sees what is ready and what holds the rest up, and releases part of a line by keyboard', async () => {
  const { page } = seller;
  const { drill, vice } = await board(seller);
  await drill.getByText('可发').waitFor();
  await vice.getByText('款未收足').waitFor();
  await takePicture(page, 'release-board');
  await drill.getByRole('textbox').fill('5');
  await page.keyboard.press('Enter');
  await expect.poll(() => drill.getByRole('checkbox').isChecked(), soon).toBe(true);
  await drill.getByRole('textbox').press('Control+Enter');
  await page.getByRole('heading', { name: /^发货通知单 DN/ }).waitFor();
  await page.getByText('待出库').first().waitFor();
  expect(seller.troubles).toEqual([]);
});

test('without the payment agreed a seller may not release, and a manager says why', async () => {
  const { vice } = await board(seller);
  await vice.getByRole('checkbox').check();
  await seller.page.getByRole('button', { name: /通知发货/ }).click();
  const refused = seller.page.getByRole('dialog');
  await refused.getByText(/发前须收|发货前须收/).waitFor();
  await expect.poll(() => refused.getByRole('button', { name: '仍要继续' }).isDisabled(), soon).toBe(true);
  const { page } = manager;
  const own = await board(manager);
  await own.vice.getByRole('checkbox').check();
  await page.getByRole('button', { name: /通知发货/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('老客户，尾款已在途');
  await takePicture(page, 'release-override');
  await dialog.getByRole('button', { name: '仍要继续' }).click();
  await page.getByRole('heading', { name: /^发货通知单 DN/ }).waitFor();
  expect(manager.troubles).toEqual([]);
});

test('the warehouse ships what was released, and nothing more', async () => {
  const { page } = keeper;
  const notices = await rowsOf(await premises.as('li.na'), 'deliveryNotice', { field: 'customer', is: 'in', value: [customer.id] });
  expect(notices.filter(({ state }) => state === 'approved')).toHaveLength(2);
  await goTo(page, '/list/deliveryNotice');
  await page.getByRole('link', { name: String(notices.at(-1)?.values.number) }).click();
  await page.getByRole('button', { name: '生成出库单' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '生成出库单' }).click();
  await page.getByRole('heading', { name: '新建出库单' }).waitFor();
  await settled(page);
  await page.keyboard.press('F8');
  await page.getByRole('heading', { name: /^出库单 OUT/ }).waitFor();
  await page.getByRole('button', { name: '确认出库' }).click();
  await page.getByText('已出库').first().waitFor();
  await goTo(page, '/transit');
  await page.getByRole('row').filter({ hasText: '无锡明远' }).first().waitFor();
  await takePicture(page, 'in-transit');
  expect(keeper.troubles).toEqual([]);
});
