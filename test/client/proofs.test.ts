import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startProving } from '../../app/renderer/api/device.ts';
import { ApiProblem, api, newKey, whenSignedOut } from '../../app/renderer/api/http.ts';
import { openSocket } from '../../app/renderer/api/live.ts';
import { makeSaver, type SaveDoor } from '../../app/renderer/documents/form/saver.ts';
import { addressesIn } from '../../server/access/addressRules.ts';
import { storePassword } from '../../server/access/changePassword.ts';
import { proofLifeMs } from '../../server/access/devices/sessionProofs.ts';
import { hashPassword } from '../../server/access/passwords.ts';
import { clock } from '../../server/clock.ts';
import type { DeviceQuestion } from '../../shared/contracts/devices.ts';
import type { RecordAnswer, SessionAnswer } from '../../shared/contracts/wire.ts';
import { aDevice, enterWith, type TestDevice } from '../devices/keyring.ts';
import { type Office, openOffice, stores } from '../scenarios/office.ts';
import { type Doors, openDoors } from '../support/server.ts';

const password = '苹果tree-7441';
const [lan, vpn] = ['192.168.1.20', '10.8.0.7'];

describe.each(stores)('the client shows the key of its device by itself, with a server on $name', (kind) => {
  let office: Office;
  let doors: Doors;
  let token: string | null = null;
  let signer: TestDevice;
  /** Where this computer is now, and what it has sent from there. */
  let address = lan;
  const sent: string[] = [];
  /** Every request for the session comes from an address of its own. */
  let isRestless = false;
  /** What the notices are answered with is held up on the way until then. */
  let slow: Promise<unknown> = Promise.resolve();
  let beforeProof: () => void = () => undefined;
  let signedOut = 0;
  const { fetch } = globalThis;
  const realNow = clock.now;

  const desktop = {
    get server() {
      return doors.url;
    },
    readToken: () => token,
    keepToken: (kept: string | null) => {
      token = kept;
    },
    signAsDevice: async (question: DeviceQuestion) => signer.prove({ ...question, server: `host ${new URL(doors.url).host}` }),
  };
  const ways = { window: { tradepost: desktop }, sessionStorage: { getItem: () => null } };
  const proofs = () => sent.filter((path) => path === '/api/devices/prove').length;
  const door: SaveDoor = {
    create: (input, idempotencyKey) => api.post<RecordAnswer>('/api/records/customer', input, { idempotencyKey }),
    change: (id, input) => api.patch<RecordAnswer>(`/api/records/customer/${id}`, input),
  };

  beforeAll(async () => {
    office = await openOffice(kind);
    doors = await openDoors(office);
    Object.assign(doors.server, { trustedProxies: addressesIn(['127.0.0.1']) });
    const [user, hash] = [await office.id('users', { login: 'wang' }), await hashPassword(password)];
    await office.company.store.write((tx) => storePassword(tx, user, hash, false));
    Object.assign(globalThis, ways, {
      fetch: async (url: string, request: RequestInit = {}) => {
        const path = new URL(url).pathname;
        sent.push(path);
        if (path === '/api/devices/prove') beforeProof();
        if (path === '/api/session' && isRestless) address = `10.9.0.${sent.length}`;
        const headers = { ...(request.headers as Record<string, string>), 'x-forwarded-for': address };
        const answer = await fetch(url, { ...request, headers });
        if (path === '/api/notices') await slow;
        return answer;
      },
    });
    startProving();
    whenSignedOut(() => {
      signedOut += 1;
      token = null;
    });
  });
  beforeEach(async () => {
    address = lan;
    signer = aDevice('desk');
    const entered = await enterWith(doors, signer, { company: 'test', login: 'wang', password, address });
    token = String(entered.body.token);
    signedOut = 0;
    sent.length = 0;
  });
  afterEach(() => {
    clock.now = realNow;
    beforeProof = () => undefined;
  });
  afterAll(async () => {
    for (const name of Object.keys(ways)) Reflect.deleteProperty(globalThis, name);
    Object.assign(globalThis, { fetch });
    await doors.close();
    await office.close();
  });

  test('once for all that is asked at the same time, and everything is answered', async () => {
    address = vpn;
    const answers = await Promise.all(Array.from({ length: 20 }, () => api.get<SessionAnswer>('/api/session')));
    expect(answers.map(({ user }) => user.login)).toEqual(Array(20).fill('wang'));
    expect([proofs(), signedOut]).toEqual([1, 0]);
    // What comes later asks nothing any more.
    sent.length = 0;
    await api.get('/api/session');
    expect(sent).toEqual(['/api/session']);
  });

  test('not again for an answer that was on the way while it did so', async () => {
    address = vpn;
    const { promise, resolve } = Promise.withResolvers<void>();
    slow = promise;
    const notices = api.get<{ rows: unknown[] }>('/api/notices');
    await api.get('/api/session');
    resolve();
    expect((await notices).rows).toEqual([]);
    expect(proofs()).toBe(1);
  });

  test('again after four hours', async () => {
    clock.now = () => realNow() + proofLifeMs;
    await api.get('/api/session');
    await api.get('/api/session');
    expect([proofs(), signedOut]).toEqual([1, 0]);
  });

  test('when a form is saved: what was filled in arrives once and whole, and stays if there is no key any more', async () => {
    const session = await api.get<SessionAnswer>('/api/session');
    const definition = session.definitions.find(({ type }) => type === 'customer');
    if (!definition) throw new Error('no customers here');
    const saver = makeSaver(door, newKey);
    const form = (name: string) => ({ values: { name, phone: '021-5555' }, parts: {} });
    const save = (name: string) => saver.save({ definition, saved: null, base: { values: {}, parts: {} }, now: form(name), confirmed: [] });
    const stored = (name: string) => office.company.store.read((tx) => tx('customers').where({ name }).pluck('phone'));

    address = vpn;
    const made = await save('新地址保存的客户');
    expect(made.values).toMatchObject({ name: '新地址保存的客户', phone: '021-5555' });
    expect(await stored('新地址保存的客户')).toEqual(['021-5555']);
    expect([proofs(), signedOut]).toEqual([1, 0]);

    // Whose key it is not is signed out, and nothing is stored; the form is sent again by whoever signs in.
    address = lan;
    clock.now = () => realNow() + proofLifeMs;
    const desk = signer;
    signer = aDevice('other');
    await expect(save('换了钥匙的客户')).rejects.toMatchObject({ code: 'access.otherDevice' });
    expect([signedOut, await stored('换了钥匙的客户')]).toEqual([1, []]);
    const entered = await enterWith(doors, desk, { company: 'test', login: 'wang', password, address: lan });
    [signer, token] = [desk, String(entered.body.token)];
    expect((await save('换了钥匙的客户')).values).toMatchObject({ phone: '021-5555' });
    expect(await stored('换了钥匙的客户')).toEqual(['021-5555']);
  });

  test('to another question when it slept over the first one', async () => {
    address = vpn;
    let late = 1;
    beforeProof = () => {
      if (late-- > 0) clock.now = () => realNow() + 61_000;
    };
    expect((await api.get<SessionAnswer>('/api/session')).user.login).toBe('wang');
    expect([proofs(), signedOut]).toEqual([2, 0]);
  });

  test('and says so when it never comes through, without signing anybody out', async () => {
    isRestless = true;
    await expect(api.get('/api/session')).rejects.toMatchObject({ code: 'access.proveAgain' });
    isRestless = false;
    expect([proofs(), signedOut]).toEqual([3, 0]);
    expect((await api.get<SessionAnswer>('/api/session')).user.login).toBe('wang');
  });

  test('with the live connection itself, which may take another way than requests do', async () => {
    // No proxy tells where it comes from: it is this machine, where the key was never shown.
    const socket = openSocket();
    socket.on('changed', () => undefined);
    await expect.poll(() => socket.connected, { timeout: 10_000 }).toBe(true);
    expect([proofs(), signedOut]).toEqual([0, 0]);
    socket.removeAllListeners();
    socket.disconnect();
  });

  test('and where it has none the person is led to the door', async () => {
    address = vpn;
    Object.assign(ways.window, { tradepost: { ...desktop, server: doors.url, signAsDevice: undefined } });
    await expect(api.get('/api/session')).rejects.toBeInstanceOf(ApiProblem);
    Object.assign(ways.window, { tradepost: desktop });
    expect([proofs(), signedOut]).toEqual([0, 1]);
  });
});
