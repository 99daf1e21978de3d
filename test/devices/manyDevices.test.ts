import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import { storeSettings } from '../../server/engine/settings.ts';
import { approveSeen } from '../../server/features/devices/keepDevices.ts';
import type { DeviceAnswer, DeviceCheckAnswer, DeviceLine, DevicesAnswer } from '../../shared/contracts/devices.ts';
import type { HandOutsAnswer } from '../../shared/contracts/handOuts.ts';
import { instantOf } from '../../shared/kernel/days.ts';
import { expectProven, type Office, openOffice, stores } from '../scenarios/office.ts';
import { type Doors, openDoors } from '../support/server.ts';

const count = 2_000;
const waiting = 7;
const states = ['seen', 'approved', 'blocked'] as const;

describe.each(stores)('very many devices, on $name', (kind) => {
  let office: Office;
  let doors: Doors;
  let admin: string;
  const ask = async (query = ''): Promise<DevicesAnswer> =>
    (await doors.call('GET', `/api/devices${query}`, { token: admin })).body as unknown as DevicesAnswer;
  const standing = async (): Promise<DeviceCheckAnswer> =>
    (await doors.call('GET', '/api/device-check', { token: admin })).body as unknown as DeviceCheckAnswer;
  const found = async (text: string, more = '') => (await ask(`?text=${encodeURIComponent(text)}${more}`)).rows.map(({ name }) => name);
  const allPages = async (query = ''): Promise<DeviceLine[]> => {
    const rows: DeviceLine[] = [];
    for (let next: string | null | undefined; next !== null; ) {
      const page: DevicesAnswer = await ask(`?${query}${next ? `&after=${next}` : ''}`);
      rows.push(...page.rows);
      next = page.next;
    }
    return rows;
  };
  const workbook = async (query = '') => {
    const book = new ExcelJS.Workbook();
    const path = `/api/devices/workbook?language=zh-CN${query}`;
    await book.xlsx.load(await (await fetch(doors.url + path, { headers: { authorization: `Bearer ${admin}` } })).arrayBuffer());
    return book.worksheets[0];
  };

  beforeAll(async () => {
    office = await openOffice(kind);
    doors = await openDoors(office);
    admin = await doors.enter('admin');
    const [wang, li] = [await office.id('users', { login: 'wang' }), await office.id('users', { login: 'li' })];
    const now = clock.now();
    const rows = Array.from({ length: count }, (_, at) => ({
      ...{ key_hash: `key ${at}`, public_key: '', name: `PC-${String(at).padStart(4, '0')}`, user: at % 2 === 0 ? wang : li },
      ...{ state: at < waiting ? 'waiting' : states[at % 3], code: at < waiting ? `C${at}XY` : null, address: `10.0.${at % 200}.9` },
      // Seven at a time were seen in the same moment.
      ...{ first_seen_at: instantOf(now), last_seen_at: instantOf(now - Math.floor(at / 7) * 60_000), version: 1 },
    }));
    await office.company.store.write(async (tx) => {
      for (let at = 0; at < rows.length; at += 100) await tx('devices').insert(rows.slice(at, at + 100));
    });
  });
  afterAll(async () => {
    await doors.close();
    await office.close();
  });

  test('come a small page at a time, those that wait first, and no device is left out or told twice', async () => {
    const first = await ask();
    expect(first.rows).toHaveLength(100);
    expect(first.rows.map(({ state }) => state).lastIndexOf('waiting')).toBe(waiting - 1);
    const all = await allPages();
    expect(new Set(all.map(({ id }) => id)).size).toBe(count);
    expect(all).toHaveLength(count);
    const others = all.slice(waiting).map(({ lastSeenAt }) => lastSeenAt);
    expect(others).toEqual(others.toSorted().reverse());
    const blocked = await allPages('state=blocked');
    expect(blocked).toHaveLength(all.filter(({ state }) => state === 'blocked').length);
    expect((await allPages('state=waiting')).map(({ code }) => code).sort()).toEqual(
      Array.from({ length: waiting }, (_, at) => `C${at}XY`),
    );
    expect((await doors.call('GET', '/api/devices?after=nonsense', { token: admin })).status).toBe(400);
  });

  test('are found by name, address, code and person, in capitals or not, and within a state', async () => {
    expect(await found('pc-1234')).toEqual(['PC-1234']);
    expect(await found('c3xy')).toEqual(['PC-0003']);
    expect((await found('10.0.77.')).sort()).toEqual(Array.from({ length: 10 }, (_, at) => `PC-${String(77 + at * 200).padStart(4, '0')}`));
    expect((await found('10.0.77.', '&state=seen')).sort()).toEqual(['PC-0477', 'PC-1077', 'PC-1677']);
    expect(await allPages('text=WANG')).toHaveLength(count / 2);
    expect(await found('%')).toEqual([]);
    // Whoever has a Chinese name is found by its sound.
    const { id } = await office.create('admin', 'user', {
      ...{ login: 'x.zhou', name: '周晓明', department: await office.id('departments', { name: '销售一部' }), employment: 'employed' },
    });
    await office.company.store.write((tx) => tx('devices').where({ name: 'PC-1999' }).update({ user: id }));
    expect(await found('zxm')).toEqual(['PC-1999']);
  });

  test('a change answers with the one device, and moves the mark that windows ask for', async () => {
    const [line] = (await ask('?text=PC-0001')).rows;
    const before = await standing();
    expect(before).toMatchObject({ mode: 'never', waiting });
    const limits = { addresses: null, users: [await office.id('users', { login: 'li' })], positions: null };
    const path = `/api/devices/${line?.id}/approved`;
    const changed = (await doors.call('PUT', path, { token: admin, body: { version: line?.version, name: '前台', limits } })).body;
    expect(changed as unknown as DeviceAnswer).toMatchObject({
      row: { id: line?.id, name: '前台', state: 'approved', version: 2 },
      names: { user: { [Number(limits.users[0])]: 'li' } },
    });
    const after = await standing();
    expect(after).toMatchObject({ waiting: waiting - 1 });
    expect(after.mark).not.toBe(before.mark);
    expect((await standing()).mark).toBe(after.mark);
    expect((await doors.call('DELETE', `/api/devices/${line?.id}?version=2`, { token: admin })).body).toEqual({});
    expect((await standing()).mark).not.toBe(after.mark);
  });

  test('as many as would be approved with those seen lately are counted, and so many are', async () => {
    const { approvable } = await standing();
    expect(approvable).toBe((await allPages('state=seen')).length);
    const approved = (await allPages('state=approved')).length;
    await office.work('admin', approveSeen);
    expect(await standing()).toMatchObject({ approvable: 0 });
    expect((await allPages('state=approved')).length).toBe(approved + approvable);
  });

  test('all go out as one workbook that carries its mark, counts and stands among what left the house', async () => {
    const rest = (await allPages()).length;
    const sheet = await workbook();
    expect(sheet?.rowCount).toBe(rest + 1);
    expect(sheet?.headerFooter.oddFooter).toContain('管理员');
    expect((await workbook('&state=blocked'))?.rowCount).toBe((await allPages('state=blocked')).length + 1);
    const { rows } = (await doors.call('GET', '/api/hand-outs', { token: admin })).body as unknown as HandOutsAnswer;
    expect(rows[1]).toMatchObject({ kind: 'export', type: 'device', rows: rest, format: 'xlsx' });
  });

  test('are held back by the number of rows a person may take out in a day', async () => {
    const keeper = await office.create('admin', 'position', { name: '设备管理' }, { specialRights: [{ right: 'devices.manage' }] });
    const zhou = await office.id('users', { login: 'zhou' });
    const { version } = (await office.read('admin', 'user', zhou)) as { version: number };
    await office.change('admin', { type: 'user', id: zhou, version }, { parts: { positions: [{ held: keeper.id }] } });
    await office.work('admin', (work) => storeSettings(work, { 'parameter.exportRowsPerDay': 100 }));
    const token = await doors.enter('zhou');
    const refused = await doors.call('GET', '/api/devices/workbook', { token });
    expect(refused.body).toMatchObject({ code: 'export.dayLimit', facts: { used: 0, most: 100 } });
    await expectProven(office);
  });
});
