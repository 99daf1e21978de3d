import ExcelJS from 'exceljs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { storePassword } from '../../server/access/changePassword.ts';
import { hashPassword } from '../../server/access/passwords.ts';
import { endIdleSessions, idleMaxMs, lifeMaxMs } from '../../server/access/sessions.ts';
import { signIn } from '../../server/access/signIn.ts';
import { clock } from '../../server/clock.ts';
import type { SignInLine, SignInsAnswer } from '../../shared/contracts/signIns.ts';
import { startOfDay } from '../../shared/kernel/days.ts';
import { cameIn } from '../access/office.ts';
import { expectProven, type Office, openOffice, stores } from '../scenarios/office.ts';
import { type Doors, heard, openDoors } from '../support/server.ts';

const right = '苹果tree-7441';
const minuteMs = 60_000;

async function readBack(bytes: ArrayBuffer): Promise<string[][]> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes);
  const rows: string[][] = [];
  book.worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1).map(String)));
  return rows;
}

describe.each(stores)('the history of sign-ins on $name', (kind) => {
  let office: Office;
  let doors: Doors;
  let admin: string;
  const user: Record<string, number> = {};
  const realNow = clock.now;
  const enter = (login: string, of: { password?: string; address?: string } = {}) =>
    signIn(office.company, {
      login,
      password: of.password ?? right,
      address: of.address ?? '192.168.1.20',
      device: 'PC-7',
      userAgent: 'Mozilla/5.0 (Windows NT 10.0) Chrome/140',
    }).then(cameIn);
  const history = async (query = '', token = admin): Promise<readonly SignInLine[]> =>
    ((await doors.call('GET', `/api/sign-ins${query}`, { token })).body as unknown as SignInsAnswer).rows;
  const newest = async () => (await history())[0];

  beforeAll(async () => {
    office = await openOffice(kind);
    doors = await openDoors(office);
    const hash = await hashPassword(right);
    for (const login of ['wang', 'li', 'zhou', 'admin']) {
      user[login] = await office.id('users', { login });
      await office.company.store.write((tx) => storePassword(tx, user[login] ?? 0, hash, false));
    }
    admin = await doors.enter('admin');
  });
  afterEach(async () => {
    clock.now = realNow;
    await office.company.store.write((tx) => tx('throttles').delete());
    await expectProven(office);
  });
  afterAll(async () => {
    await doors.close();
    await office.close();
  });

  test('tells of everybody who came in with what and from where, and that they are still there', async () => {
    await enter('wang');
    expect(await newest()).toMatchObject({
      user: user.wang,
      userName: 'wang',
      login: 'wang',
      address: '192.168.1.20',
      device: 'PC-7',
      userAgent: expect.stringContaining('Chrome'),
      result: 'signedIn',
      endedAt: null,
      isOpen: true,
    });
  });

  test('tells why somebody was turned away, though all of them hear the same', async () => {
    await office.company.store.write((tx) => tx('users').where({ login: 'li' }).update({ employment: 'left' }));
    for (const [login, password] of [
      ['wang', 'wrong-word'],
      ['nobody', right],
      ['li', right],
    ] as const)
      await expect(enter(login, { password })).rejects.toMatchObject({ code: 'access.badPassword' });
    await office.company.store.write((tx) => tx('users').where({ login: 'li' }).update({ employment: 'employed' }));
    expect((await history()).slice(0, 3).map(({ login, result }) => [login, result])).toEqual([
      ['li', 'left'],
      ['no…', 'unknown'],
      ['wang', 'refused'],
    ]);
  });

  test('tells how long a session lasted: until the person left, or was last heard of', async () => {
    const { token } = await enter('zhou');
    const endedAt = async () => (await newest())?.endedAt;
    clock.now = () => realNow() + 5 * minuteMs;
    expect((await doors.call('POST', '/api/sign-out', { token })).status).toBe(200);
    expect(await newest()).toMatchObject({ endReason: 'signedOut', endedBy: null, isOpen: false });
    expect(Date.parse((await endedAt()) ?? '') - Date.parse((await newest())?.at ?? '')).toBeGreaterThanOrEqual(5 * minuteMs);

    clock.now = realNow;
    const forgotten = await enter('zhou');
    clock.now = () => realNow() + idleMaxMs + minuteMs;
    await endIdleSessions(office.company, clock.now());
    clock.now = realNow;
    admin = await doors.enter('admin');
    const line = await newest();
    expect(line?.endReason).toBe('idle');
    expect(Date.parse(line?.endedAt ?? '') - Date.parse(line?.at ?? '')).toBeLessThan(minuteMs);

    await enter('zhou');
    await office.company.store.write((tx) => tx('sessions').update({ last_seen_at: '2999-01-01T00:00:00.000Z' }));
    await endIdleSessions(office.company, realNow() + lifeMaxMs + minuteMs);
    admin = await doors.enter('admin');
    expect(await newest()).toMatchObject({ endReason: 'expired' });
    expect((await doors.call('GET', '/api/session', { token: forgotten.token })).status).toBe(401);
  });

  test('a line from before a restore has nothing to do with a session that was given the same number since', async () => {
    const { token, sessionId } = await enter('zhou');
    const old = { at: '2020-01-01T00:00:00.000Z', user: user.zhou, login: 'zhou', result: 'signedIn', session: sessionId };
    await office.company.store.write((tx) => tx('sign_ins').insert(old));
    const lineOfOld = async () => (await history(`?user=${user.zhou}&to=2020-12-31`))[0];
    expect(await lineOfOld()).toMatchObject({ isOpen: false });
    await doors.call('POST', '/api/sign-out', { token });
    expect(await lineOfOld()).toMatchObject({ endedAt: null, endReason: null });
    await office.company.store.write((tx) => tx('sign_ins').where({ at: old.at }).delete());
  });

  test('who is signed out by an administrator is out at once: the socket, the next request, and it is on record who did it', async () => {
    const { token, sessionId } = await enter('wang');
    const socket = doors.socket(token);
    await heard(socket, 'connect');
    const closed = heard<string>(socket, 'disconnect');
    const wang = await doors.enter('wang');
    expect((await doors.call('DELETE', `/api/sessions/${sessionId}`, { token: admin })).status).toBe(200);
    expect(await closed).toBe('io server disconnect');
    expect((await doors.call('GET', '/api/session', { token })).body.code).toBe('access.signedOut');
    expect((await history(`?user=${user.wang}`))[0]).toMatchObject({ endReason: 'revoked', endedBy: '管理员' });
    expect((await doors.call('GET', '/api/audit?deed=kick', { token: admin })).body).toMatchObject({
      rows: [{ action: 'kick', type: 'user', record: user.wang, actor: user.admin }],
    });
    // Nobody without the right ends somebody else's.
    const { rows } = (await doors.call('GET', '/api/sessions?all=1', { token: admin })).body as unknown as {
      rows: { id: number; user: number }[];
    };
    const theirs = rows.find((row) => row.user === user.admin)?.id;
    expect((await doors.call('DELETE', `/api/sessions/${theirs}`, { token: wang })).body.code).toBe('record.notFound');
  });

  test('is narrowed to a person, a subnet, a result and days, and shows everybody else only their own', async () => {
    await enter('wang', { address: '10.8.0.7' });
    await expect(enter('zhou', { address: '10.8.0.9', password: 'wrong-word' })).rejects.toMatchObject({ code: 'access.badPassword' });
    expect((await history('?address=10.8.')).map(({ login }) => login)).toEqual(['zhou', 'wang']);
    expect((await history('?address=10.8.&result=refused')).map(({ login }) => login)).toEqual(['zhou']);
    expect(await history(`?user=${user.zhou}&from=2020-01-01&to=2020-12-31`)).toEqual([]);
    expect((await history(`?user=${user.zhou}&from=2020-01-01&to=2100-12-31`)).length).toBeGreaterThan(0);
    expect((await doors.call('GET', '/api/sign-ins?address=10%25', { token: admin })).status).toBe(400);
    const own = await history('', await doors.enter('wang'));
    expect(new Set(own.map((line) => line.user))).toEqual(new Set([user.wang]));
    expect(await history(`?user=${user.zhou}`, await doors.enter('wang'))).toEqual(own);
  });

  test('goes out as a workbook to those who keep it', async () => {
    const answer = await fetch(`${doors.url}/api/sign-ins/workbook?result=refused&language=zh-CN`, {
      headers: { authorization: `Bearer ${admin}` },
    });
    const rows = await readBack(await answer.arrayBuffer());
    expect(rows[0]).toEqual(expect.arrayContaining(['时间', '用户', '结果', '地址', '设备', '时长（分钟）']));
    expect(rows.length).toBe((await history('?result=refused')).length + 1);
    expect(rows.slice(1).every((row) => row.includes('密码错误'))).toBe(true);
    expect((await doors.call('GET', '/api/sign-ins/workbook', { token: await doors.enter('wang') })).body.code).toBe('access.denied');
    expect((await doors.call('GET', '/api/audit?deed=export', { token: admin })).body).toMatchObject({ rows: [{ type: 'session' }] });
  });
});

test('a day begins at midnight on the clocks of its place, also when they are changed that night', () => {
  expect(startOfDay('2026-11-22', 'Asia/Shanghai')).toBe('2026-11-21T16:00:00.000Z');
  expect(startOfDay('2026-03-30', 'Europe/Berlin')).toBe('2026-03-29T22:00:00.000Z');
  expect(startOfDay('2026-03-29', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z');
  expect(startOfDay('2026-07-01', 'America/St_Johns')).toBe('2026-07-01T02:30:00.000Z');
});
