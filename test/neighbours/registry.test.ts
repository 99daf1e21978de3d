import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Companies } from '../../server/start/companies.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { newPostgresDatabase } from '../support/postgresDatabase.ts';

describe('the registry of companies', { timeout: 60_000 }, () => {
  let dataFolder: string;
  let opened: Companies[];
  const open = async (): Promise<Companies> => {
    const companies = await Companies.open({ dataFolder, catalogue, log: pino({ level: 'silent' }), announce: () => undefined });
    opened.push(companies);
    return companies;
  };
  const make = (companies: Companies, code: string, engine: Parameters<Companies['create']>[0]['engine']) =>
    companies.create({ code, name: code, timeZone: 'Asia/Shanghai', engine }, async () => undefined);
  const spoil = () => writeFileSync(join(dataFolder, 'companies.json'), 'no registry');

  beforeEach(() => {
    dataFolder = mkdtempSync(join(tmpdir(), 'tradepost-registry-'));
    opened = [];
  });
  afterEach(async () => {
    for (const companies of opened) await companies.close();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  test('is read again by a server without companies, and no more by one that has its company on SQLite to itself', async () => {
    const [waiting, making] = [await open(), await open()];
    await make(making, 'main', { kind: 'sqlite' });
    await making.close();
    await waiting.openNew();
    expect(waiting.list().map(({ code }) => code)).toEqual(['main']);
    spoil();
    await waiting.openNew();
    expect(waiting.list()).toHaveLength(1);
  });

  test('is read again as long as companies lie on PostgreSQL, where others make and remove them', async () => {
    const url = await newPostgresDatabase();
    const [one, other] = [await open(), await open()];
    await make(one, 'main', { kind: 'postgres', url });
    await other.openNew();
    await make(other, 'second', { kind: 'postgres', url });
    await one.openNew();
    for (const companies of [one, other]) expect(companies.list().map(({ code }) => code)).toEqual(['main', 'second']);
    spoil();
    await expect(one.openNew()).rejects.toThrow();
  });
});
