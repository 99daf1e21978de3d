import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Office, openOffice, stores } from '../scenarios/office.ts';
import { type Doors, openDoors } from '../support/server.ts';

describe.each(stores)('who calls, and by which way, on $name', (kind) => {
  let office: Office;
  let doors: Doors;
  let token: string;
  let admin: string;

  beforeAll(async () => {
    office = await openOffice(kind);
    doors = await openDoors(office);
    [token, admin] = [await doors.enter('wang'), await doors.enter('admin')];
    await office.create('wang', 'customer', { name: '浙江宏远贸易有限公司' });
  });
  afterAll(async () => {
    await doors.close();
    await office.close();
  });

  describe('crooked paths', () => {
    test.each([
      '/api/..;/session',
      '/api/%2e%2e/api/session',
      '/api/./session',
      '//api/session',
      '/API/session',
      '/api/Session',
      '/api/session/',
      '/api/session.',
      '/api//session',
      '/api/session;x=1',
      '/api/session%00',
      '/api/session%2f',
      '/api%2fsession',
      '\\api\\session',
      '/api/session/..',
      '/api/records/customer%2f1',
      '/api/%E0%A4%A',
      '/api/records/%ff/1',
    ])('%s opens nothing', async (path) => {
      for (const authorization of [undefined, `Bearer ${admin}`]) {
        const { status, text } = await doors.raw({ path, headers: authorization ? { authorization } : {} });
        expect([path, status >= 400 && status < 500, text.includes('"user"')]).toEqual([path, true, false]);
      }
    });

    test.each(['0', '-1', '1.5', '1e3x', 'abc', '99999999999999999999', '0x10', '0x1', '1e0', '%201', '+1', '01', '%00', 'NaN', "1'"])(
      '%s is nobody’s id',
      async (id) => {
        expect(await doors.call('GET', `/api/records/customer/${id}`, { token })).toMatchObject({
          status: 404,
          body: { code: 'record.notFound' },
        });
        expect((await doors.call('DELETE', `/api/records/customer/${id}?version=1`, { token })).status).toBeGreaterThanOrEqual(403);
      },
    );

    test('the method cannot be changed on the way', async () => {
      const asked = await doors.call('POST', '/api/session', { token, headers: { 'x-http-method-override': 'GET' } });
      expect(asked.status).toBe(404);
    });
  });

  describe('callers from elsewhere', () => {
    test.each([
      'evil.example',
      'tradepost.local.evil.example',
      '127.0.0.1.evil.example',
      'evil.example:80',
      'localhost.',
      'local host',
      '@localhost',
    ])('the name %s is not ours', async (host) => {
      const { status, text } = await doors.raw({ path: '/api/state', headers: { host } });
      expect([400, 421]).toContain(status);
      if (text) expect(JSON.parse(text)).toMatchObject({ code: 'access.badHost' });
    });

    test.each(['localhost', 'LOCALHOST:80', '127.0.0.1', '192.168.3.4:7180', '[::1]:7180', 'tradepost.local'])(
      'the name %s is',
      async (host) => {
        expect((await doors.raw({ path: '/api/state', headers: { host } })).status).toBe(200);
      },
    );

    test.each(['http://evil.example', 'null', 'http://127.0.0.1:1', 'app://other', 'file://', 'chrome-extension://abc'])(
      'a page of %s is sent away',
      async (origin) => {
        expect(await doors.call('GET', '/api/state', { headers: { origin } })).toMatchObject({
          status: 403,
          body: { code: 'access.badOrigin' },
        });
        expect((await doors.call('GET', '/api/session', { token, headers: { origin } })).status).toBe(403);
      },
    );

    test('our own pages and the desktop client are let in', async () => {
      for (const origin of [doors.url, 'app://tradepost'])
        expect((await doors.call('GET', '/api/session', { token, headers: { origin } })).status).toBe(200);
    });

    test('no proxy is believed about who is calling', async () => {
      const wrong = { company: 'test', login: 'wang', password: 'not-the-word' };
      await doors.call('POST', '/api/sign-in', {
        body: wrong,
        headers: { 'x-forwarded-for': '10.9.8.7', forwarded: 'for=10.9.8.7', 'x-real-ip': '10.9.8.7' },
      });
      const row = await office.company.store.read((tx) => tx('sign_ins').orderBy('id', 'desc').first('address'));
      expect(row).toEqual({ address: '127.0.0.1' });
    });

    test('answers may not be framed, kept or guessed at', async () => {
      const { headers } = await doors.call('GET', '/api/session', { token });
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('access-control-allow-origin')).toBeNull();
    });

    test('a company that stands cannot be set up again', async () => {
      const again = {
        company: { name: '另一家' },
        administrator: { login: 'root', name: 'root', password: 'correct horse battery' },
        language: 'zh-CN',
        timeZone: 'Asia/Shanghai',
        currency: 'CNY',
        taxRate: 0,
        content: 'empty',
      };
      expect(await doors.call('POST', '/api/setup', { body: again })).toMatchObject({ status: 404, body: { code: 'setup.done' } });
    });
  });
});
