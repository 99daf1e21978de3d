import { actorOf } from '../../../access/rights.ts';
import { transact } from '../../../engine/transact.ts';
import type { Actor, Company } from '../../../work.ts';
import type { Masters } from '../masters.ts';
import { makeCast } from './cast.ts';
import { Diary } from './diary.ts';
import { assembleTools, bringToolsBack, buyTools, countToday, countTools, moveMore, moveTools, useTools } from './goodsLife.ts';
import { closeBooks, openBooks, runShort, settleTools, spendMoney } from './moneyLife.ts';
import { lendTools, priceTools, sellOtherwise, sellTools, settleLoans } from './salesLife.ts';

/** A few of everything that a year of orders does not bring, done by the people of the company through the same doors as at work. */
export async function makeLife(company: Company, masters: Masters): Promise<void> {
  const people = new Map<string, Actor>();
  for (const login of staff) {
    const { id } = (await company.store.read((tx) => tx('users').where({ login }).first('id'))) as { id: number };
    people.set(login, await actorOf(company, id));
  }
  await transact(company, people.get('admin') as Actor, async (work) => {
    const cast = await makeCast(new Diary(work, people), masters);
    for (const chapter of chapters) await chapter(cast);
  });
}

/** Who has something to do in these stories. */
const staff = ['admin', 'zhang.wei', 'wang.fang', 'li.na', 'zhou.min', 'wu.ting', 'ma.qiang'];

/** In the order of the days as far as goods follow from each other, so that nothing is dated before what was already posted. */
const chapters = [
  openBooks,
  buyTools,
  sellTools,
  assembleTools,
  moveTools,
  lendTools,
  useTools,
  countTools,
  priceTools,
  bringToolsBack,
  sellOtherwise,
  settleLoans,
  settleTools,
  spendMoney,
  runShort,
  moveMore,
  countToday,
  closeBooks,
];
