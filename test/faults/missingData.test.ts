import { readdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stores } from '../scenarios/office.ts';
import { type DataFolder, makeDataFolder, startServer } from '../support/childServer.ts';
import { tradepost } from '../support/console.ts';

describe.each(stores)('the data of a company on $name are not where they were', { timeout: 240_000 }, (kind) => {
  let data: DataFolder<number>;
  beforeAll(async () => {
    data = await makeDataFolder(kind, {
      people: ['wang'],
      fill: async (office) => (await office.create('wang', 'customer', { name: '浙江宏远贸易有限公司' })).id,
    });
  }, 120_000);
  afterAll(() => data?.remove());

  /** A disk that is not there, a folder that was moved, a schema that was renamed. */
  async function move(away: boolean): Promise<void> {
    const { place } = data;
    if (place.engine === 'sqlite') {
      const [folder, elsewhere] = [dirname(place.file), `${dirname(place.file)}-elsewhere`];
      return renameSync(away ? folder : elsewhere, away ? elsewhere : folder);
    }
    const client = new pg.Client(place.url);
    await client.connect();
    const [from, to] = away ? [place.schema, `${place.schema}_elsewhere`] : [`${place.schema}_elsewhere`, place.schema];
    await client.query(`alter schema ${from} rename to ${to}`);
    await client.end();
  }

  test('nothing new is begun in their place, everybody is told, and they are there again when they are back', async () => {
    await move(true);
    const before = readdirSync(data.path, { recursive: true }).filter((name) => String(name).startsWith('companies'));
    const server = await startServer(data);
    const asking = { token: data.tokens.wang };
    expect(await server.call('GET', '/api/session', asking)).toMatchObject({ status: 503, body: { code: 'database.missing' } });
    expect((await server.call('GET', '/api/state')).body).toMatchObject({
      setUp: true,
      companies: [{ code: 'test', closed: { phase: 'failed', refusal: { code: 'database.missing' } } }],
    });
    await server.stop();
    expect(await tradepost(data.path, ['prove'])).toMatchObject({ code: 1, text: expect.stringContaining('database.missing') });
    expect(readdirSync(data.path, { recursive: true }).filter((name) => String(name).startsWith('companies'))).toEqual(before);

    await move(false);
    const again = await startServer(data);
    const customer = await again.call('GET', `/api/records/customer/${data.filled}`, asking);
    expect(customer).toMatchObject({ status: 200, body: { values: { name: '浙江宏远贸易有限公司' } } });
    await again.stop();
  });
});
