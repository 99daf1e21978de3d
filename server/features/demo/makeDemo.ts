import { readyPositions } from '../../../shared/access/readyPositions.ts';
import { storePassword } from '../../access/changePassword.ts';
import { hashPassword } from '../../access/passwords.ts';
import { systemActor } from '../../access/rights.ts';
import { createRecord } from '../../engine/createRecord.ts';
import { transact } from '../../engine/transact.ts';
import type { Server } from '../../server.ts';
import type { Company, Work } from '../../work.ts';
import { setUpCompany, type SetUpResult } from '../setup/setUpCompany.ts';
import { demoDepartments, demoPeople } from './people.ts';

export interface DemoSize {
  /** Sales orders, up to a million. */
  readonly orders: number;
  /** The same seed makes the same company. */
  readonly seed: number;
}

export interface DemoPerson {
  readonly name: string;
  readonly password: string;
  readonly role: string;
}

export const demoPassword = 'tradepost-demo';

/** Opens the demo company, making it first where it is not there yet, and gives its logins. */
export async function makeDemo(server: Server, size: DemoSize): Promise<DemoPerson[]> {
  if (!server.company('demo')) {
    const place = { code: 'demo', name: '上海远航商贸有限公司', timeZone: 'Asia/Shanghai', engine: { kind: 'sqlite' } } as const;
    await server.createCompany(place, async (company) => {
      const done = await setUpCompany(company, {
        administrator: { login: 'admin', name: '系统管理员', password: demoPassword },
        language: 'zh-CN',
        currency: 'CNY',
        taxRate: 130_000,
      });
      await fillWithDemo(company, done, size);
    });
  }
  const roles = new Map(readyPositions.map((position) => [position.code, position.names['zh-CN']]));
  return [
    { name: 'admin', password: demoPassword, role: roles.get('administrator') ?? '' },
    ...demoPeople.map((person) => ({ name: person.login, password: demoPassword, role: roles.get(person.position) ?? '' })),
  ];
}

/** Fills a company that was just set up with people, goods, customers and business; deterministic from the seed. */
export async function fillWithDemo(company: Company, done: SetUpResult, _size: DemoSize): Promise<void> {
  const hash = await hashPassword(demoPassword);
  await transact(company, systemActor(company), (work) => hire(work, done, hash));
}

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
      values: { login: person.login, name: person.name, jobTitle: person.jobTitle, department: departments.get(person.department) ?? done.root, language: 'zh-CN' },
      parts: { positions: [{ held: done.positions[person.position] ?? null }] },
    });
    await storePassword(work.tx, record.id, hash, false);
  }
}
