import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileFor } from '../../app/main/appFiles.ts';
import { contentSecurityPolicy, pageHeaders } from '../../app/main/contentSecurity.ts';
import { menuTemplate, trayTemplate } from '../../app/main/menu.ts';
import { isOwnPage, mayNavigate, mayRequest, mayUse, outsideAddress } from '../../app/main/policy.ts';
import type { Distrust } from '../../app/main/trust.ts';
import { printWindowOptions, windowOptions } from '../../app/main/windowOptions.ts';
import { shellWords } from '../../app/main/words.ts';
import type { ConnectProblem } from '../../app/preload/bridge.ts';

const server = 'http://192.168.1.10:7180';

describe('a window', () => {
  const window = windowOptions({ preload: '/x/preload.cjs', title: 'Tradepost', isRelease: true }).webPreferences;

  test('runs its page in a sandbox without Node and apart from the bridge', () => {
    expect(window).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      devTools: false,
    });
  });

  test('for printing is unseen and has no bridge', () => {
    const { show, webPreferences } = printWindowOptions();
    expect(show).toBe(false);
    expect(webPreferences).toMatchObject({ sandbox: true, nodeIntegration: false });
    expect(webPreferences).not.toHaveProperty('preload');
  });

  test('offers tools for programmers only outside a release', () => {
    const actions = { switchServer: () => {}, show: () => {}, quit: () => {} };
    const text = (isRelease: boolean) => JSON.stringify(menuTemplate(shellWords('zh-TW'), actions, { isRelease, version: '0.1.0' }));
    expect(text(true)).not.toContain('toggleDevTools');
    expect(text(false)).toContain('toggleDevTools');
    expect(text(true)).toContain('更換伺服器…');
    expect(trayTemplate(shellWords('de'), actions).map(({ label }) => label)).toEqual(['Open window', undefined, 'Quit']);
  });
});

describe('a page', () => {
  test.each(['app://tradepost/index.html', 'app://tradepost/list/customer?x=1#y'])('%s is ours', (address) => {
    expect(isOwnPage(address)).toBe(true);
    expect(mayNavigate(address, true)).toBe(true);
  });

  test.each([
    'app://tradepost.example/index.html',
    'app://x@tradepost/index.html',
    'app://tradepost:80/index.html',
    'http://tradepost/index.html',
    `${server}/index.html`,
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'blob:app://tradepost/1',
    'about:blank',
    '',
  ])('%s is not, and the window does not go there', (address) => {
    expect(isOwnPage(address)).toBe(false);
    expect(mayNavigate(address, true)).toBe(false);
  });

  test('may show a PDF it made itself in a frame, and nothing from elsewhere', () => {
    expect(mayNavigate('blob:app://tradepost/0a1b', false)).toBe(true);
    expect(mayNavigate('blob:http://evil.example/0a1b', false)).toBe(false);
    expect(mayNavigate('https://evil.example/', false)).toBe(false);
  });

  test.each([
    ['app://tradepost/index.html', true],
    ['blob:app://tradepost/1', true],
    ['data:image/png;base64,AA', true],
    [`${server}/api/state`, true],
    ['ws://192.168.1.10:7180/socket.io/', true],
    ['http://192.168.1.10:7181/api/state', false],
    ['https://192.168.1.10:7180/api/state', false],
    ['http://192.168.1.10.evil.example:7180/', false],
    ['wss://evil.example/', false],
    ['file:///etc/passwd', false],
    ['https://example.com/', false],
  ])('loads %s: %s', (address, allowed) => {
    expect(mayRequest(address, server)).toBe(allowed);
  });

  test('reaches no server while none is paired', () => {
    expect(mayRequest(`${server}/api/state`, null)).toBe(false);
    expect(contentSecurityPolicy(null)).toContain("connect-src 'none'");
  });

  test.each(['media', 'geolocation', 'notifications', 'openExternal', 'clipboard-read', 'hid', 'fullscreen'])(
    'may not use %s',
    (permission) => {
      expect(mayUse(permission, 'app://tradepost/index.html')).toBe(false);
    },
  );

  test('may copy, but a foreign frame may not', () => {
    expect(mayUse('clipboard-sanitized-write', 'app://tradepost/index.html')).toBe(true);
    expect(mayUse('clipboard-sanitized-write', 'https://evil.example/')).toBe(false);
  });
});

describe('a link to the outside', () => {
  test.each([
    ['https://example.com/a?b=1', 'https://example.com/a?b=1'],
    ['mailto:li@example.com', 'mailto:li@example.com'],
  ])('%s is opened', (address, opened) => expect(outsideAddress(address)).toBe(opened));

  test.each([
    'http://example.com/',
    'https://user:secret@example.com/',
    'file:///C:/Windows/System32/calc.exe',
    'javascript:alert(1)',
    'ms-settings:',
    'smb://server/share',
    'mailto:',
    '\\\\server\\share',
    `https://example.com/${'a'.repeat(2000)}`,
    'not an address',
  ])('%s is not', (address) => expect(outsideAddress(address)).toBeNull());
});

describe('what a page may load', () => {
  const policy = contentSecurityPolicy(server);

  test('is its own code and calls to the paired server alone', () => {
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain(`connect-src ${server} ws://192.168.1.10:7180;`);
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|\*|https:(?!\/\/)/);
  });

  test('goes with every answer, whatever the kind of file', () => {
    expect(pageHeaders(server, 'text/css')).toMatchObject({
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'Content-Type': 'text/css',
    });
  });
});

describe('an address under our own scheme', () => {
  let folder = '';
  const folders = () => ({ screens: join(folder, 'renderer'), connect: join(folder, 'connect') });
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tradepost-files-'));
    mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true });
    writeFileSync(join(folder, 'secret.json'), '{}');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['app://tradepost/', 'renderer/index.html', 'text/html; charset=utf-8'],
    ['app://tradepost/list/customer', 'renderer/index.html', 'text/html; charset=utf-8'],
    ['app://tradepost/assets/index-a1.js?v=2', 'renderer/assets/index-a1.js', 'text/javascript; charset=utf-8'],
    ['app://tradepost/assets/%E5%95%86.svg', 'renderer/assets/商.svg', 'image/svg+xml'],
    ['app://tradepost/connect/connect.js', 'connect/connect.js', 'text/javascript; charset=utf-8'],
  ])('%s is %s', (address, path, mediaType) => {
    expect(fileFor(address, folders())).toEqual({ path: join(folder, path), mediaType });
  });

  test.each([
    'app://tradepost/../secret.json',
    'app://tradepost/..%2fsecret.json',
    'app://tradepost/%2e%2e/secret.json',
    'app://tradepost/%252e%252e%252fsecret.json',
    'app://tradepost/..%5csecret.json',
    'app://tradepost/connect/..%2f..%2fsecret.json',
    'app://tradepost/C:/secret.json',
    'app://tradepost//etc/../secret.json',
    'app://tradepost/a%00.json',
    'app://tradepost/%E0%A4%A.json',
    'app://tradepost/main.js.map',
    'app://tradepost/program.exe',
    'app://elsewhere/index.html',
    'http://tradepost/index.html',
  ])('%s leads nowhere outside', (address) => {
    const found = fileFor(address, folders());
    expect(found === null || found.path.startsWith(join(folder, 'renderer'))).toBe(true);
    expect(found?.path).not.toBe(join(folder, 'secret.json'));
  });
});

describe('the pages before the screens', () => {
  const wordsOf = (file: string) => readFileSync(new URL(`../../app/main/connect/${file}`, import.meta.url), 'utf8');
  const times = (text: string, word: string): number => text.split(`\n    ${word}:`).length - 1;

  test.each([
    'badAddress',
    'noAnswer',
    'notTradepost',
    'needsCode',
    'wrongCode',
    'noCode',
    'notProven',
    'otherRoot',
    'expired',
    'wrongName',
  ] satisfies ConnectProblem[])('say in three languages what to do about %s', (problem) => {
    expect(times(wordsOf('connect.js'), problem)).toBe(3);
  });

  test.each(['otherRoot', 'expired', 'wrongName'] satisfies Distrust[])(
    'explain in three languages why everything stops: %s',
    (problem) => {
      expect(times(wordsOf('stop.js'), problem)).toBe(3);
    },
  );

  test('offer no way on to a server that is not the one we know', () => {
    const asked = [...wordsOf('stop.js').matchAll(/window\.tradepost\.(\w+)/g)].map((match) => match[1]);
    expect([...new Set(asked)].sort()).toEqual(['forgetServer', 'server', 'useServer']);
    expect(wordsOf('stop.html').match(/<button/g)).toHaveLength(2);
    expect(fileFor('app://tradepost/connect/stop.html', { screens: '/s', connect: '/c' })?.path).toBe('/c/stop.html');
  });
});
