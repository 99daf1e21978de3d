import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildDesktop, electronBinary } from '../../scripts/buildDesktop.mjs';

const binary = electronBinary();
const hasScreen = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
const reason =
  binary === undefined ? 'there is no Electron program in node_modules/electron/dist' : hasScreen ? null : 'there is no screen';
if (reason !== null) console.log(`桌面客户端的测试没有运行 · The journeys of the desktop client did not run: ${reason}.`);

describe.skipIf(reason !== null)('the desktop client', () => {
  let folder = '';
  let server: Server;
  let address = '';
  let client: ElectronApplication | undefined;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tradepost-client-'));
    await buildDesktop();
    server = createServer((_request, response) =>
      response.end(JSON.stringify({ setUp: true, version: '0.1.0', language: 'zh-CN', companies: [] })),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    await client?.close();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(...args: string[]) {
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    // The places where Electron looks for the person's own settings, by system.
    const env = { ...(process.env as Record<string, string>), XDG_CONFIG_HOME: folder, APPDATA: folder, HOME: folder };
    client = await _electron.launch({ executablePath: binary as string, args: [...asRoot, 'dist/main/main.js', ...args], env });
    return client.firstWindow();
  }

  test('asks for a server, tells a wrong one from a right one, and opens the screens', async () => {
    const page = await open();
    await page.fill('#address', 'http://127.0.0.1:1');
    await page.click('#connect');
    await expect.poll(() => page.textContent('#problem')).not.toBe('');
    await page.fill('#address', address);
    await page.click('#connect');
    await page.waitForURL('app://tradepost/index.html');
    expect(await page.evaluate('window.tradepost.server')).toBe(address);
  });

  test('gives its pages the bridge and nothing of Node', async () => {
    const page = await open(`--server=${address}`);
    expect(await page.evaluate('[typeof window.tradepost.printPdf, typeof window.require, typeof window.process]')).toEqual([
      'function',
      'undefined',
      'undefined',
    ]);
    const refused = await page.evaluate('window.tradepost.useServer(42).then(() => "answered", () => "refused")');
    expect(refused).toBe('refused');
  });

  test('goes nowhere and opens nothing else', async () => {
    const page = await open(`--server=${address}`);
    const before = page.url();
    await page.evaluate('window.open("https://evil.example/"); location.href = "https://evil.example/"; undefined');
    await page.evaluate(
      'const link = document.createElement("a"); link.href = "javascript:document.title=1"; document.body.append(link); link.click(); undefined',
    );
    expect(page.url()).toBe(before);
    expect(client?.windows()).toHaveLength(1);
    expect(await page.evaluate('fetch("https://evil.example/").then(() => "reached", () => "blocked")')).toBe('blocked');
  });
});
