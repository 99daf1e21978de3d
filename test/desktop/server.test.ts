import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { firstServer, type Trial, tryServer } from '../../app/main/findServer.ts';
import { reach } from '../../app/main/reach.ts';
import { serverAddressOf, serverInArguments } from '../../app/main/serverAddress.ts';
import { ServerStore } from '../../app/main/serverStore.ts';
import { type Safe, TokenStore } from '../../app/main/tokenStore.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tradepost-desktop-'));
  return () => rmSync(folder, { recursive: true });
});

describe('the address of a server', () => {
  test.each([
    ['192.168.1.10', 'http://192.168.1.10:7180'],
    [' 192.168.1.10:8080/ ', 'http://192.168.1.10:8080'],
    ['１９２．１６８．１．１０：７１８０', 'http://192.168.1.10:7180'],
    ['http://SERVER', 'http://server:7180'],
    ['https://erp.example.com:443', 'https://erp.example.com:443'],
    ['http://server:80', 'http://server:80'],
    ['[fe80::1]:7180', 'http://[fe80::1]:7180'],
  ])('%s is read as %s', (typed, address) => {
    expect(serverAddressOf(typed)).toBe(address);
    expect(serverAddressOf(address)).toBe(address);
  });

  test.each([
    '',
    'ftp://server',
    'file:///etc',
    'javascript:alert(1)',
    'http://user:pw@server',
    'http://server/path',
    'http://server?x',
    'http://',
    'a b',
    'x'.repeat(301),
  ])('%s is none', (typed) => expect(serverAddressOf(typed)).toBeNull());

  test('on the command line comes before the paired one', () => {
    const servers = { paired: 'http://a:7180', known: [] };
    expect(firstServer(['electron', 'main.js', '--server=http://127.0.0.1:7180'], servers)).toBe('http://127.0.0.1:7180');
    expect(firstServer(['electron', 'main.js', '--server=file:///etc'], servers)).toBe('http://a:7180');
    expect(firstServer([], { paired: null, known: ['http://a:7180'] })).toBeNull();
    expect(serverInArguments(['--servers=http://a'])).toBeNull();
  });
});

describe('the servers this computer knows', () => {
  const store = () => new ServerStore(join(folder, 'deep', 'servers.json'));

  test('are none at first', () => expect(store().read()).toEqual({ paired: null, known: [] }));

  test('are remembered with the last one first, each once and twenty at most', () => {
    for (let number = 1; number <= 22; number += 1) store().pair(`http://server${number}:7180`);
    store().pair('http://server21:7180');
    const { paired, known } = store().read();
    expect(paired).toBe('http://server21:7180');
    expect(known.slice(0, 3)).toEqual(['http://server21:7180', 'http://server22:7180', 'http://server20:7180']);
    expect(known).toHaveLength(20);
    expect(readdirSync(join(folder, 'deep'))).toEqual(['servers.json']);
  });

  test('stay known when the pairing ends', () => {
    store().pair('http://a:7180');
    store().pair(null);
    expect(store().read()).toEqual({ paired: null, known: ['http://a:7180'] });
  });

  test.each(['', '{"paired":', '{"paired":"file:///etc","known":[]}', '{"paired":null,"known":["javascript:alert(1)"]}', '[]'])(
    'are none when the file says %s',
    (text) => {
      writeFileSync(join(folder, 'servers.json'), text);
      expect(new ServerStore(join(folder, 'servers.json')).read()).toEqual({ paired: null, known: [] });
    },
  );
});

describe('trying a server', () => {
  let running: Server;
  let port = 0;
  let answer = '';
  beforeAll(async () => {
    running = createServer((_request, response) => response.end(answer));
    await new Promise<void>((resolve) => running.listen(0, '127.0.0.1', resolve));
    port = (running.address() as AddressInfo).port;
  });
  afterAll(() => new Promise((resolve) => running.close(resolve)));
  const plain: Trial = {
    ask: async (address, signal) => (await reach(`${address}/api/state`, { pin: null, signal })).body,
    check: () => Promise.reject(new Error('no TLS there')),
    isPinned: () => false,
  };

  test('finds Tradepost', async () => {
    answer = JSON.stringify({ setUp: true, version: '0.1.0', language: 'zh-CN', companies: [] });
    expect(await tryServer(`127.0.0.1:${port}`, plain)).toEqual({ ok: true, server: `http://127.0.0.1:${port}` });
  });

  test('tells another program from no answer and from nonsense', async () => {
    answer = '<html>printer</html>';
    expect(await tryServer(`http://127.0.0.1:${port}`, plain)).toEqual({ ok: false, problem: 'notTradepost' });
    answer = '{"hello":"world"}';
    expect(await tryServer(`127.0.0.1:${port}`, plain)).toEqual({ ok: false, problem: 'notTradepost' });
    expect(await tryServer('http://127.0.0.1:1', plain)).toEqual({ ok: false, problem: 'noAnswer' });
    expect(await tryServer('http://127.0.0.1/path', plain)).toEqual({ ok: false, problem: 'badAddress' });
  });

  /** A server that answers everywhere, to those who trust it so. */
  const trial = (trust: 'ok' | 'needsCode' | 'otherRoot' | 'noTls', pinned = false): Trial & { asked: string[] } => {
    const asked: string[] = [];
    return {
      asked,
      ask: (address) => {
        asked.push(address);
        return Promise.resolve({ setUp: false, version: '0.1.0', companies: [] });
      },
      check: (address) => {
        asked.push(`tls ${address}`);
        if (trust === 'noTls') return Promise.reject(new Error('no TLS there'));
        return Promise.resolve(trust === 'ok' ? { ok: true } : { ok: false, problem: trust });
      },
      isPinned: () => pinned,
    };
  };

  test('takes https when no scheme was named, and http where nobody speaks it', async () => {
    const secure = trial('ok');
    expect(await tryServer('server', secure)).toEqual({ ok: true, server: 'https://server:7180' });
    expect(secure.asked).toEqual(['tls https://server:7180', 'https://server:7180']);
    expect(await tryServer('server', trial('noTls'))).toEqual({ ok: true, server: 'http://server:7180' });
  });

  test('never falls back to http when somebody answers who is not trusted, or where https is known', async () => {
    for (const problem of ['needsCode', 'otherRoot'] as const) {
      const doubtful = trial(problem);
      expect(await tryServer('server', doubtful)).toEqual({ ok: false, problem });
      expect(doubtful.asked).toEqual(['tls https://server:7180']);
    }
    for (const typed of ['server', 'http://server:7180']) {
      const blocked = trial('noTls', true);
      expect(await tryServer(typed, blocked)).toEqual({ ok: false, problem: 'noAnswer' });
      expect(blocked.asked).toEqual(['tls https://server:7180']);
    }
  });
});

describe('the token of a session', () => {
  const safe: Safe = {
    isEncryptionAvailable: () => true,
    encryptString: (text) => Buffer.from([...Buffer.from(text)].map((byte) => byte ^ 0x5a)),
    decryptString: (bytes) => Buffer.from([...bytes].map((byte) => byte ^ 0x5a)).toString(),
  };
  const openStore = (from = safe) => new TokenStore(join(folder, 'token'), from);

  test('outlives a restart, encrypted, for the server it belongs to', () => {
    openStore().keep('http://a:7180', 'main.secret');
    expect(openStore().read('http://a:7180')).toBe('main.secret');
    expect(openStore().read('http://b:7180')).toBeNull();
    expect(openStore().read(null)).toBeNull();
    expect(readFileSync(join(folder, 'token'), 'utf8')).not.toContain('secret');
  });

  test('is gone when it is forgotten', () => {
    const store = openStore();
    store.keep('http://a:7180', 'main.secret');
    store.forget();
    expect(store.read('http://a:7180')).toBeNull();
    expect(openStore().read('http://a:7180')).toBeNull();
  });

  test('stays in memory where the computer has no safe', () => {
    const store = openStore({ ...safe, isEncryptionAvailable: () => false });
    store.keep('http://a:7180', 'main.secret');
    expect(store.read('http://a:7180')).toBe('main.secret');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is asked for anew when the file was damaged', () => {
    writeFileSync(join(folder, 'token'), 'nonsense');
    expect(openStore().read('http://a:7180')).toBeNull();
  });
});
