import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server as HttpServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemOf } from '../../app/renderer/pages/desktop/systemOf.ts';
import { addClients } from '../../server/clients/addClients.ts';
import { installerNamed, listInstallers } from '../../server/clients/installers.ts';
import { createApp } from '../../server/http/app.ts';
import type { Server } from '../../server/server.ts';
import { catalogue } from '../../shared/catalogue.ts';

const version = '0.2.0';
const contents = {
  'tradepost-client-0.2.0-win-x64.exe': Buffer.concat([Buffer.from('MZ'), Buffer.alloc(5000, 1)]),
  'tradepost-client-0.2.0-linux-x86_64.AppImage': Buffer.concat([Buffer.alloc(8, 2), Buffer.from('AI\u0002'), Buffer.alloc(4000, 2)]),
  'tradepost-client-0.2.0-linux-amd64.deb': Buffer.concat([Buffer.from('!<arch>\n'), Buffer.alloc(3000, 3)]),
};
const windows = 'tradepost-client-0.2.0-win-x64.exe';

describe('installers of the desktop client', () => {
  let base: string;
  let folder: string;
  let http: HttpServer;
  const put = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(base, name), bytes);
    return join(base, name);
  };
  /** As it is written: a client of Node would tidy the path up. */
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
      const { port } = http.address() as AddressInfo;
      const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, async (answer) => {
        const pieces: Buffer[] = [];
        for await (const piece of answer) pieces.push(piece as Buffer);
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(pieces) });
      });
      asked.once('error', reject);
      asked.end();
    });

  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'tradepost-clients-'));
    folder = join(base, 'clients');
    const server = { version, dataFolder: base, catalogue, log: pino({ level: 'silent' }), companies: () => [], hostNames: [], tls: null };
    http = createServer(createApp(server as unknown as Server, [], null));
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    await addClients(
      Object.entries(contents).map(([name, bytes]) => put(name, bytes)),
      { folder, version },
    );
  });
  afterAll(async () => {
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
    rmSync(base, { recursive: true });
  });

  test('are listed with what their names say, and nothing else that lies there is', () => {
    writeFileSync(join(folder, 'notes.txt'), 'x');
    expect(listInstallers([folder]).map(({ system, arch, kind, bytes }) => [system, arch, kind, bytes])).toEqual([
      ['linux', 'x64', 'deb', 3008],
      ['linux', 'x64', 'AppImage', 4011],
      ['windows', 'x64', 'exe', 5002],
    ]);
    for (const name of [
      'setup.exe',
      'tradepost-client-0.2-win-x64.exe',
      'tradepost-client-0.2.0-win-x64.deb',
      `../${windows}`,
      `${windows}.new`,
    ])
      expect([name, installerNamed(name)]).toEqual([name, null]);
  });

  test('stand in feeds with the size and the hash of every byte, the program that replaces itself first', () => {
    expect(readdirSync(folder).filter((name) => name.endsWith('.yml'))).toEqual(['latest-linux.yml', 'latest.yml']);
    const feed = readFileSync(join(folder, 'latest-linux.yml'), 'utf8');
    const hashes = [...feed.matchAll(/^ {4}sha512: (.*)$/gm)].map(([, hash]) => hash);
    const names = [...feed.matchAll(/^ {2}- url: (.*)$/gm)].map(([, name]) => name as keyof typeof contents);
    expect(names[0]).toMatch(/AppImage$/);
    expect(hashes).toEqual(names.map((name) => createHash('sha512').update(contents[name]).digest('base64')));
    expect(feed).toMatch(/^version: 0\.2\.0$/m);
    expect([...feed.matchAll(/size: (\d+)/g)].map(([, size]) => Number(size))).toEqual(names.map((name) => contents[name].length));
  });

  test('are given out whole and in parts to whoever asks, and never shown as a page', async () => {
    const whole = await get(`/clients/${windows}`);
    expect([whole.status, whole.body.equals(contents[windows])]).toEqual([200, true]);
    expect(whole.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
    });
    const part = await get(`/clients/${windows}`, { range: 'bytes=1-3' });
    expect([part.status, part.headers['content-range'], part.body.equals(contents[windows].subarray(1, 4))]).toEqual([
      206,
      'bytes 1-3/5002',
      true,
    ]);
    expect((await get(`/clients/${windows}`, { range: 'bytes=9000-' })).status).toBe(416);
    const head = await get('/clients/latest.yml', {}, 'HEAD');
    expect([head.status, head.headers['content-type'], head.body.length]).toEqual([200, 'text/yaml; charset=utf-8', 0]);
  });

  test('are all that is given out: no other file, no way out of the folder, no link, nothing to write', async () => {
    put('secret.exe', contents[windows]);
    symlinkSync(join(base, 'secret.exe'), join(folder, 'tradepost-client-0.1.0-win-x64.exe'));
    mkdirSync(join(folder, 'tradepost-client-0.1.1-win-x64.exe'));
    for (const path of [
      '/clients',
      '/clients/',
      '/clients/notes.txt',
      '/clients/tradepost-client-0.1.0-win-x64.exe',
      '/clients/tradepost-client-0.1.1-win-x64.exe',
      `/clients/../${windows}`,
      '/clients/..%2Fsecret.exe',
      '/clients/%2e%2e/secret.exe',
      '/clients/..%5Csecret.exe',
      `/clients/x%2F..%2F${windows}`,
      '/clients/%00',
      '/clients/latest-mac.yml',
    ])
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    for (const method of ['PUT', 'POST', 'DELETE']) expect((await get(`/clients/${windows}`, {}, method)).status).toBe(404);
    expect(existsSync(join(folder, windows))).toBe(true);
  });

  test('are refused under another name, of another version than the server’s, and broken, and then none is taken', async () => {
    const fine = put('tradepost-client-0.2.0-mac-arm64.dmg', Buffer.concat([Buffer.alloc(4000), Buffer.from('koly'), Buffer.alloc(508)]));
    const refusals: [string, Uint8Array, string][] = [
      ['setup.exe', contents[windows], 'client.badName'],
      ['tradepost-client-0.3.0-win-x64.exe', contents[windows], 'client.otherVersion'],
      ['tradepost-client-0.2.0-win-arm64.exe', Buffer.alloc(5000, '<html>'), 'client.broken'],
      ['tradepost-client-0.2.0-linux-arm64.deb', Buffer.from('!<arch>\n'), 'client.broken'],
    ];
    for (const [name, bytes, code] of refusals)
      await expect(addClients([fine, put(name, bytes)], { folder, version })).rejects.toMatchObject({ code });
    expect(listInstallers([folder]).filter(({ system }) => system === 'mac')).toEqual([]);
    await addClients([fine], { folder, version });
    expect(listInstallers([folder]).filter(({ system }) => system === 'mac')).toHaveLength(1);
  });

  test('fit the computer whose browser asks', () => {
    expect(systemOf('Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140')).toBe('windows');
    expect(systemOf('Mozilla/5.0 (X11; Linux x86_64) Firefox/140')).toBe('linux');
    expect(systemOf('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605')).toBe('mac');
    expect(systemOf('Mozilla/5.0 (Linux; Android 14) Mobile')).toBeNull();
  });
});
