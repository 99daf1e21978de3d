import { randomFillSync } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { clock } from '../../../server/clock.ts';
import type { StorePlace } from '../../../server/database/store.ts';
import { demoPassword, makeDemo } from '../../../server/features/demo/makeDemo.ts';
import { storeBytes } from '../../../server/features/files/disk.ts';
import { offerFeatures } from '../../../server/features/offer.ts';
import { Companies } from '../../../server/start/companies.ts';
import { catalogue } from '../../../shared/catalogue.ts';
import type { ListAnswer, RecordAnswer } from '../../../shared/contracts/wire.ts';
import { instantOf } from '../../../shared/kernel/days.ts';
import type { DataFolder } from '../../support/childServer.ts';
import { ask, one, stockUp } from '../workloads.ts';

export interface CompanySize {
  readonly orders: number;
  readonly attachmentsMb: number;
  /** A PostgreSQL database for it; a file unless said. */
  readonly postgres?: string;
}

/** Makes a data folder with one company in it: history, and attachments that no zip makes smaller. */
export async function makeCompany(path: string, { orders, attachmentsMb, postgres }: CompanySize): Promise<DataFolder<null>> {
  mkdirSync(path, { recursive: true });
  offerFeatures();
  const companies = await Companies.open({ dataFolder: path, catalogue, log: pino({ level: 'silent' }), announce: () => undefined });
  await makeDemo(
    {
      company: (code) => companies.find(code),
      createCompany: (wanted, fill) =>
        companies.create({ ...wanted, engine: postgres ? { kind: 'postgres', url: postgres } : wanted.engine }, fill),
    },
    { orders, seed: 1 },
  );
  const company = companies.find('demo')!;
  const { place } = company.store;
  const created_by = Number((await company.store.read((tx) => tx('users').min({ id: 'id' }).first()))?.id);
  for (let left = attachmentsMb; left > 0; left -= 4) {
    const bytes = randomFillSync(Buffer.alloc(Math.min(left, 4) * (1 << 20)));
    const row = { hash: await storeBytes(company, bytes), size: bytes.length, media_type: 'application/octet-stream', name: `${left}.bin` };
    await company.store.write((tx) => tx('files').insert({ ...row, created_at: instantOf(clock.now()), created_by }));
  }
  await companies.close();
  return { path, place: forReading(place), tokens: {}, filled: null, remove: () => undefined };
}

const forReading = (place: StorePlace): StorePlace => (place.engine === 'sqlite' ? { engine: 'sqlite', file: place.file } : place);

/** What people of the company do, and with which session. */
export interface Desk {
  readonly token: string;
  /** A draft of an order of three lines, different each turn. */
  readonly order: (turn: number) => { values: object; parts: object };
}

/** Signs in as the administrator, sees to it that the shelves are full, and learns what is sold to whom. */
export async function openDesk(url: string): Promise<Desk> {
  const { token } = await ask<{ token: string }>(url, 'POST', '/api/sign-in', { company: 'demo', login: 'admin', password: demoPassword });
  const call = <T>(method: string, path: string, body?: unknown) => ask<T>(url, method, path, body, token);
  await stockUp(call);
  const list = async (type: string, fields: string[]) =>
    (await call<ListAnswer>('POST', `/api/records/${type}/list`, { fields, limit: 100 })).rows;
  const [items, customers] = [await list('item', ['name', 'unit', 'grossPrice']), await list('customer', ['name'])];
  const line = (index: number) => {
    const item = items[index % items.length]!;
    const { name, unit, grossPrice } = item.values;
    return { item: item.id, name, unit, grossPrice, quantity: one, taxRate: 130_000, warehouse: 1 };
  };
  return {
    token,
    order: (turn) => ({
      values: { customer: customers[turn % customers.length]?.id },
      parts: { lines: [line(3 * turn), line(3 * turn + 1), line(3 * turn + 2)] },
    }),
  };
}

/** Makes orders until it is told to stop; notes how long each took, in ms. */
export async function keepWriting(url: string, desk: Desk, of: { signal: AbortSignal; from: number; pauseMs?: number }): Promise<number[]> {
  const times: number[] = [];
  for (let turn = of.from; !of.signal.aborted; turn += 1) {
    const began = performance.now();
    await ask<RecordAnswer>(url, 'POST', '/api/records/salesOrder', desk.order(turn), desk.token);
    times.push(performance.now() - began);
    if (of.pauseMs) await sleep(of.pauseMs);
  }
  return times;
}

/** The memory that a program holds, in MB. */
export const memoryMb = (pid: number | undefined): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

/** The memory of all programs that a program has started, in MB. */
export function childrenMb(pid: number | undefined): number {
  const pids = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  if (pids === '') return 0;
  return pids.split(' ').reduce((sum, child) => sum + memoryOrNothing(Number(child)), 0);
}

/** Whoever has ended meanwhile holds nothing. */
function memoryOrNothing(pid: number): number {
  try {
    return memoryMb(pid);
  } catch {
    return 0;
  }
}

export const companyFolderIn = (path: string): string => join(path, 'companies', 'demo');
