import { readyPositions } from '../../../shared/access/readyPositions.ts';
import { addDays } from '../../../shared/kernel/days.ts';
import { storePassword } from '../../access/changePassword.ts';
import { hashPassword } from '../../access/passwords.ts';
import { systemActor } from '../../access/rights.ts';
import { withoutIndexes } from '../../database/withoutIndexes.ts';
import { createRecord } from '../../engine/createRecord.ts';
import { storeSettings } from '../../engine/settings.ts';
import { transact } from '../../engine/transact.ts';
import type { Company, NewCompany, Work } from '../../work.ts';
import { recostItems } from '../costing/recost.ts';
import { type SetUpResult, setUpCompany } from '../setup/setUpCompany.ts';
import { Bulk } from './bulk.ts';
import { type History, historyTables, writeHistory } from './history.ts';
import { makeLife } from './life/makeLife.ts';
import { makeMasters } from './masters.ts';
import { demoDepartments, demoPeople } from './people.ts';
import { makePurchases } from './purchases.ts';
import { Random } from './random.ts';
import { Shelves } from './shelves.ts';

export interface DemoSize {
  /** Sales orders, up to a million. */
  readonly orders: number;
  /** The same seed makes the same company. */
  readonly seed: number;
  /** How many customers, and the fewest and most lines of an order; by default as many as the orders call for. */
  readonly customers?: number;
  readonly lines?: [number, number];
}

/** Where the demo company is made: the server, or a console. */
export interface DemoHost {
  readonly company: (code: string) => Company | undefined;
  readonly createCompany: <T>(wanted: NewCompany, fill: (company: Company) => Promise<T>) => Promise<unknown>;
}

export interface DemoPerson {
  readonly name: string;
  readonly password: string;
  readonly role: string;
}

export const demoPassword = 'tradepost-demo';

/** Opens the demo company, making it first where it is not there yet, and gives its logins. */
export async function makeDemo(server: DemoHost, size: DemoSize, onProgress: (share: number) => void = () => {}): Promise<DemoPerson[]> {
  if (!server.company('demo')) {
    const place = { code: 'demo', name: '上海远航商贸有限公司', timeZone: 'Asia/Shanghai', engine: { kind: 'sqlite' } } as const;
    await server.createCompany(place, async (company) => {
      const done = await setUpCompany(company, {
        administrator: { login: 'admin', name: '系统管理员', password: demoPassword },
        language: 'zh-CN',
        currency: 'CNY',
        taxRate: 130_000,
      });
      await fillWithDemo(company, done, size, onProgress);
    });
  }
  const roles = new Map(readyPositions.map((position) => [position.code, position.names['zh-CN']]));
  return [
    { name: 'admin', password: demoPassword, role: roles.get('administrator') ?? '' },
    ...demoPeople.map((person) => ({ name: person.login, password: demoPassword, role: roles.get(person.position) ?? '' })),
  ];
}

/** Fills a company that was just set up with people, goods, customers and business; deterministic from the seed but for today's date. */
export async function fillWithDemo(
  company: Company,
  done: SetUpResult,
  size: DemoSize,
  onProgress: (share: number) => void = () => {},
): Promise<void> {
  const hash = await hashPassword(demoPassword);
  const actor = systemActor(company);
  const tools = { bulk: new Bulk(), random: new Random(size.seed), shelves: new Shelves() };
  const isLarge = size.orders > 20_000;
  const days = isLarge ? 3650 : 730;
  const sizes = {
    customers: size.customers ?? clamp(Math.floor(size.orders / 4), 80, 100_000),
    items: clamp(Math.floor(size.orders / 2), 120, 2000),
  };
  const told = await transact(company, actor, async (work) => {
    await hire(work, done, hash);
    const started = addDays(work.today, -days);
    const masters = await makeMasters(work, tools.bulk, tools.random, sizes, started);
    const pieces = Math.max(40, Math.ceil((size.orders * (isLarge ? 2 : 3.5) * 6.5) / (sizes.items * 2)));
    await tools.shelves.open(work, tools.bulk, tools.random, masters, { day: started, pieces: Math.ceil(pieces * 4) });
    return { masters, started, today: work.today };
  });
  const history: History = {
    ...tools,
    ...told,
    company,
    actor,
    days,
    orders: size.orders,
    lines: size.lines ?? (isLarge ? [1, 3] : [2, 6]),
  };
  const tell = () => writeHistory(history, onProgress);
  // The indexes of a short history are kept sooner than they are made anew.
  await (isLarge ? withoutIndexes(company.store, historyTables(company), tell) : tell());
  await makePurchases(company, { random: tools.random, masters: told.masters });
  await makeLife(company, told.masters);
  await transact(company, actor, recostMixed);
  await transact(company, actor, (work) => storeSettings(work, demoSettings));
  await company.store.tune();
}

/** The history is written in the order of days; items that other papers moved too may have them between. */
async function recostMixed(work: Work): Promise<void> {
  const others = work.tx('moves').where({ ledger: 'cost' }).whereNotIn('document_type', ['openingStock', 'stockOut']);
  await recostItems(work, (await others.distinct('subject').pluck('subject')) as number[]);
}

const demoSettings = {
  'company.address': '上海市浦东新区张江路88号',
  'company.phone': '021-58880088',
  'company.fax': '021-58880089',
  'company.taxNumber': '91310115MA1H8K2T5B',
  'company.bank': '中国工商银行上海张江支行',
  'company.bankAccount': '1001 2345 6789 0123 456',
  'company.website': 'www.yuanhang.example',
};

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));

async function hire(work: Work, done: SetUpResult, hash: string): Promise<void> {
  const departments = new Map<string, number>([['', done.root]]);
  for (const { code, name, parent, kindOfUnit } of demoDepartments) {
    const record = await createRecord(work, work.company.catalogue.get('department'), {
      values: { code, name, kindOfUnit, parent: departments.get(parent) ?? done.root },
    });
    departments.set(code, record.id);
  }
  for (const person of demoPeople) {
    const record = await createRecord(work, work.company.catalogue.get('user'), {
      values: {
        login: person.login,
        name: person.name,
        jobTitle: person.jobTitle,
        department: departments.get(person.department) ?? done.root,
        language: 'zh-CN',
      },
      parts: { positions: [{ held: done.positions[person.position] ?? null }] },
    });
    await storePassword(work.tx, record.id, hash, false);
  }
}
