import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendJson } from '../../server/http/coding.ts';
import { serveScreens } from '../../server/http/screens.ts';

interface Got {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly bytes: Buffer;
}

const page = '<!doctype html><title>页</title>';
const script = 'export const words = "客户 报价单 销售订单";'.repeat(200);
const list = { rows: Array.from({ length: 50 }, (_, id) => ({ id, name: '苏州顺达贸易有限公司' })) };

let server: Server;
beforeAll(async () => {
  const screens = mkdtempSync(join(tmpdir(), 'tradepost-screens-'));
  mkdirSync(join(screens, 'assets'));
  writeFileSync(join(screens, 'index.html'), page);
  writeFileSync(join(screens, 'assets', 'work-1.js'), script);
  writeFileSync(join(screens, 'assets', 'work-1.js.br'), brotliCompressSync(script));
  writeFileSync(join(screens, 'assets', 'work-1.js.gz'), gzipSync(script));
  writeFileSync(join(screens, 'assets', 'plain-1.js'), script);
  const app = express();
  app.get('/api/list', (asked, answer) => sendJson(asked, answer, { status: 200, json: list }));
  app.get('/api/one', (asked, answer) => sendJson(asked, answer, { status: 201, json: { id: 1 } }));
  serveScreens(app, screens);
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const get = (path: string, coding?: string): Promise<Got> =>
  new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const headers = coding === undefined ? {} : { 'accept-encoding': coding };
    const asked = request({ host: '127.0.0.1', port, path, headers, agent: false }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes: Buffer.concat(pieces) }));
    });
    asked.on('error', reject);
    asked.end();
  });

describe('a piece of the program', () => {
  test('comes in the smallest form the browser can read, with its own type, and is kept', async () => {
    const small = await get('/assets/work-1.js', 'gzip, deflate, br');
    expect(small.headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' });
    expect(small.headers['content-type']).toMatch(/^text\/javascript/);
    expect(small.headers['cache-control']).toMatch(/max-age=2592000, immutable/);
    expect(brotliDecompressSync(small.bytes).toString()).toBe(script);
    const other = await get('/assets/work-1.js', 'gzip, deflate');
    expect(other.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(other.bytes).toString()).toBe(script);
  });

  test('comes as it is to whoever can unpack nothing, and where no packed form lies beside it', async () => {
    for (const got of [await get('/assets/work-1.js'), await get('/assets/work-1.js', 'br;q=0'), await get('/assets/plain-1.js', 'br')]) {
      expect(got.headers['content-encoding']).toBeUndefined();
      expect(got.bytes.toString()).toBe(script);
    }
  });

  test('is found by its own name only', async () => {
    expect((await get('/assets/none-1.js', 'br')).status).toBe(404);
    expect((await get('/list/customer', 'br')).bytes.toString()).toBe(page);
  });
});

describe('an answer', () => {
  test('comes packed when it is long, and says the same', async () => {
    const plain = await get('/api/list');
    expect(JSON.parse(plain.bytes.toString())).toEqual(list);
    const packed = await get('/api/list', 'gzip, br');
    expect(packed.headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' });
    expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 10);
    expect(brotliDecompressSync(packed.bytes)).toEqual(plain.bytes);
    expect(gunzipSync((await get('/api/list', 'gzip')).bytes)).toEqual(plain.bytes);
  });

  test('comes as it is when one packet carries it', async () => {
    const { status, headers, bytes } = await get('/api/one', 'gzip, br');
    expect([status, headers['content-encoding'], bytes.toString()]).toEqual([201, undefined, '{"id":1}']);
    expect(headers['content-type']).toMatch(/^application\/json/);
  });
});
