import pg from 'pg';
import { expect, test } from 'vitest';
import { newPostgresDatabase } from '../support/postgresDatabase.ts';

test('every test file gets a PostgreSQL database of its own that keeps Chinese text', async () => {
  const [first, second] = [await newPostgresDatabase(), await newPostgresDatabase()];
  expect(first).not.toBe(second);
  const client = new pg.Client({ connectionString: first });
  await client.connect();
  const { rows } = await client.query("SELECT '商驿' AS name, current_setting('server_encoding') AS encoding");
  await client.end();
  expect(rows).toEqual([{ name: '商驿', encoding: 'UTF8' }]);
});
