import { readdirSync, readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openArchive } from '../../server/backup/readArchive.ts';
import { stores } from '../scenarios/office.ts';
import { type DataFolder, logOf, makeDataFolder, type RunningServer, startServer } from '../support/childServer.ts';

const [right, wrong] = ['correct horse battery', 'wrong-horse-battery-7'];
let data: DataFolder<void>;
let server: RunningServer;
beforeAll(async () => {
  data = await makeDataFolder(stores[0] as (typeof stores)[number], { people: ['wang'], fill: async () => undefined });
  server = await startServer(data);
}, 120_000);
afterAll(async () => {
  await server?.kill();
  data?.remove();
});

const signIn = (login: string, password: string) =>
  server.call('POST', '/api/sign-in', { body: { company: 'test', login, password, device: 'pad\u001b[2J\npad' } });

test('no file of the data folder repeats a password or a token, and no archive does', { timeout: 120_000 }, async () => {
  expect((await signIn('admin', wrong)).status).toBe(401);
  const { token } = (await signIn('admin', right)).body as unknown as { token: string };
  expect(token).toBeTypeOf('string');
  const program = await server.call('POST', '/api/tokens', { token, body: { name: 'shop', scopes: ['all'] } });
  expect(program.body.token).toBeTypeOf('string');
  expect((await server.call('POST', '/api/backups', { token, body: {} })).status).toBeLessThan(300);
  await expect.poll(() => filesBelow(data.path).some((path) => path.endsWith('.zip')), { timeout: 60_000 }).toBe(true);
  const secrets = [right, wrong, token, token.split('.').at(-1) ?? '', String(data.tokens.wang), String(program.body.token)];
  const zips = filesBelow(data.path).filter((path) => path.endsWith('.zip'));
  expect(zips).toHaveLength(1);
  expect(namesIn(readFileSync(join(data.path, 'companies', 'test', 'company.sqlite')), ['管理员', '不在这里'])).toEqual(['管理员']);
  for (const path of filesBelow(data.path)) expect(namesIn(readFileSync(path), secrets), path).toEqual([]);
  for (const zip of zips) {
    const opened = await openArchive(zip);
    for (const { name } of opened.manifest.entries) {
      const pieces: Buffer[] = [];
      for await (const piece of opened.read(name)) pieces.push(piece);
      expect(namesIn(Buffer.concat(pieces), secrets), name).toEqual([]);
    }
    opened.close();
  }
});

test('what strangers write stays inside its line of the log', async () => {
  await signIn('admin\n{"level":60,"msg":"forged"}\u001b[31m', wrong);
  const { port } = new URL(server.url);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () =>
      socket.end('GET /api/%0a%1b[31mforged HTTP/1.1\r\nHost: localhost\r\nX-A: \u001b[31m\r\n\r\n'),
    );
    socket.resume().once('close', () => resolve());
    socket.on('error', () => resolve());
  });
  await server.stop();
  const log = logOf(data);
  const lines = log.split('\n').filter((line) => line !== '');
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(JSON.parse(line)).not.toMatchObject({ msg: 'forged' });
  expect(log).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
});

const namesIn = (bytes: Buffer, secrets: readonly string[]): string[] => secrets.filter((secret) => bytes.includes(secret));

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile());
}
