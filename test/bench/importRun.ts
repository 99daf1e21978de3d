import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pino from 'pino';
import { companyFor, mobileFor, personFor, phoneFor, placeFor } from '../../server/features/demo/names.ts';
import { Random } from '../../server/features/demo/random.ts';
import { readWorkbook } from '../../server/features/exchange/workbook/readWorkbook.ts';
import { writeWorkbook } from '../../server/features/exchange/workbook/writeWorkbook.ts';
import { offerFeatures } from '../../server/features/offer.ts';
import { setUpCompany } from '../../server/features/setup/setUpCompany.ts';
import { Companies } from '../../server/start/companies.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { startProduct } from './servers.ts';

const headers = [
  '客户名称',
  '简称',
  '客户等级',
  '所属行业',
  '省份',
  '城市',
  '地址',
  '联系人',
  '职务',
  '手机',
  '电话',
  '邮箱',
  '税号',
  '开户行',
  '银行账号',
  '客户来源',
  '信用额度',
  '负责人',
  '备注',
];
const rows = 50_000;
const password = 'correct horse battery';

/** 50,000 customers through the import (upload, check, commit) against a bare read of the same workbook and one insert a row. */
export async function compareImport(): Promise<{ ours: number; bare: number; rows: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'tradepost-bench-'));
  try {
    const file = join(folder, 'customers.xlsx');
    await writeWorkbook(file, {
      sheets: [{ name: '客户资料', columns: headers.map((header) => ({ header, kind: 'text' as const })), rows: customers() }],
    });
    return { bare: await bareImport(file, join(folder, 'bare.sqlite')), ours: await ourImport(file, join(folder, 'data')), rows };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function* customers() {
  const random = new Random(7);
  for (let index = 0; index < rows; index++) {
    const place = placeFor(random);
    const { name, shortName } = companyFor(random, place.city, index);
    yield [
      name,
      shortName,
      random.pick(['A', 'B', 'C', 'D']),
      random.pick(['制造业', '批发零售', '建筑业']),
      place.province,
      place.city,
      place.address,
      personFor(random),
      '采购经理',
      mobileFor(random),
      phoneFor(random),
      '',
      '',
      '',
      '',
      random.pick(['展会', '广告']),
      String(random.whole(0, 20) * 10_000),
      '',
      '',
    ];
  }
}

async function bareImport(file: string, target: string): Promise<number> {
  const database = new Database(target);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(`create table customers (id integer primary key, ${headers.map((_, index) => `c${index} text`).join(', ')})`);
  const insert = database.prepare(
    `insert into customers (${headers.map((_, index) => `c${index}`).join(', ')}) values (${headers.map(() => '?').join(', ')})`,
  );
  const started = performance.now();
  database.exec('begin');
  for await (const { cells } of (await readWorkbook(file)).rows()) {
    insert.run(
      ...headers.map((_, index) => {
        const cell = cells[index];
        return cell && 'text' in cell ? cell.text : null;
      }),
    );
  }
  database.exec('commit');
  const took = performance.now() - started;
  database.close();
  return took;
}

async function ourImport(file: string, data: string): Promise<number> {
  offerFeatures();
  const companies = await Companies.open({ dataFolder: data, catalogue, log: pino({ level: 'silent' }), announce: () => {} });
  const place = { code: 'bench', name: '测试公司', timeZone: 'Asia/Shanghai', engine: { kind: 'sqlite' } } as const;
  await companies.create(place, (company) =>
    setUpCompany(company, {
      administrator: { login: 'admin', name: 'admin', password },
      language: 'zh-CN',
      currency: 'CNY',
      taxRate: 130_000,
    }),
  );
  await companies.close();
  const product = await startProduct(data);
  try {
    const call = async (method: string, path: string, body?: unknown, token = '') => {
      const isRaw = Buffer.isBuffer(body);
      const answer = await fetch(product.url + path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          'idempotency-key': randomUUID(),
          ...(body === undefined || isRaw ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: isRaw ? new Uint8Array(body) : JSON.stringify(body) }),
      });
      const json = (await answer.json()) as Record<string, unknown>;
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(json)}`);
      return json;
    };
    const { token } = (await call('POST', '/api/sign-in', { company: 'bench', login: 'admin', password })) as { token: string };
    const bytes = await readFile(file);
    const until = async (id: unknown, state: string) => {
      for (;;) {
        const status = await call('GET', `/api/imports/${id}`, undefined, token);
        if (status.state === state) return;
        if (status.state === 'failed') throw new Error(JSON.stringify(status));
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    const started = performance.now();
    const { id } = await call('POST', '/api/imports?type=customer&name=customers.xlsx', bytes, token);
    await call('POST', `/api/imports/${id}/check`, {}, token);
    await until(id, 'checked');
    await call('POST', `/api/imports/${id}/commit`, { decisions: { all: 'take' } }, token);
    await until(id, 'done');
    return performance.now() - started;
  } finally {
    await product.stop();
  }
}
