import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CaptchaAnswer, captchaOf } from '../../server/access/captcha.ts';
import { hashNewPassword, storePassword } from '../../server/access/changePassword.ts';
import { drawCaptcha, signs } from '../../server/access/drawCaptcha.ts';
import { listSignIns } from '../../server/access/history.ts';
import { lockedAccounts } from '../../server/access/lockOut.ts';
import { hashPassword } from '../../server/access/passwords.ts';
import { signIn } from '../../server/access/signIn.ts';
import { clock } from '../../server/clock.ts';
import { unlockPerson } from '../../server/features/safety/unlock.ts';
import { changeSettings, readSettings } from '../../server/features/settings/companySettings.ts';
import { instantOf } from '../../shared/kernel/days.ts';
import type { Value } from '../../shared/kernel/definition.ts';
import { stores } from '../stores/stores.ts';
import { type Office, openOffice, refusalOf } from './office.ts';

const right = '苹果tree-7441';
const lan = '192.168.1.20';
const minuteMs = 60_000;

describe.each(stores)('what a company sets about coming in, on $name', (kind) => {
  let office: Office;
  let anne = 0;
  let chief = 0;
  let devices = 0;
  /** A device of its own for each try, so that the waits between tries do not come before the lock. */
  const enter = (password = right, more: { login?: string; address?: string; device?: string; captcha?: CaptchaAnswer } = {}) => {
    devices += 1;
    return signIn(office.company, { login: 'anne', password, device: `device ${devices}`, address: lan, ...more });
  };
  const codeOf = async (promise: Promise<unknown>) => (await refusalOf(promise)).code;
  const set = (values: Record<string, Value>) =>
    office.as(chief, async (work) => changeSettings(work, (await readSettings(work)).version, values));
  const newest = async () => (await office.company.store.read((tx) => listSignIns(tx, { limit: 1 }))).rows[0];
  const locked = () => office.company.store.read((tx) => lockedAccounts(tx, clock.now()));

  beforeAll(async () => {
    office = await openOffice(kind);
    const department = await office.add('department', { name: '总公司', kindOfUnit: 'company' });
    anne = await office.addUser('anne', department, []);
    chief = await office.addUser('chief', department, [await office.addPosition({ administrator: true })]);
    const hash = await hashPassword(right);
    for (const user of [anne, chief]) await office.company.store.write((tx) => storePassword(tx, user, hash, false));
  });
  beforeEach(async () => {
    await office.company.store.write((tx) => tx('throttles').delete());
    await set({
      'safety.lockAfter': 0,
      'safety.lockMinutes': 15,
      'safety.captcha': 'never',
      'safety.passwordLength': 8,
      'safety.passwordWords': '',
    });
  });
  afterAll(() => office.close());

  test('nothing is locked until the company says so', async () => {
    for (let tries = 0; tries < 20; tries += 1) expect(await codeOf(enter('wrong-word'))).toBe('access.badPassword');
    await enter();
    expect(await locked()).toEqual([]);
  });

  test('after so many wrong passwords in a row the account is locked everywhere, and open again after its time', async () => {
    await set({ 'safety.lockAfter': 3 });
    for (const login of ['anne', 'nobody']) {
      for (let tries = 0; tries < 3; tries += 1) expect(await codeOf(enter('wrong-word', { login }))).toBe('access.badPassword');
      // Who is unknown hears the same as who is known.
      expect(await refusalOf(enter(right, { login, address: '10.0.0.9' }))).toEqual({ code: 'access.locked', facts: { minutes: 15 } });
    }
    await enter(right, { login: 'chief' });
    expect(await locked()).toMatchObject([{ user: anne, login: 'anne', kind: 'locked', failures: 3 }]);
    office.passMs(14 * minuteMs);
    expect(await refusalOf(enter())).toEqual({ code: 'access.locked', facts: { minutes: 1 } });
    expect((await newest())?.result).toBe('locked');
    office.passMs(minuteMs);
    await enter();
    expect(await locked()).toEqual([]);
  });

  test('a right password begins the count anew', async () => {
    await set({ 'safety.lockAfter': 3 });
    for (let round = 0; round < 3; round += 1) {
      for (let tries = 0; tries < 2; tries += 1) expect(await codeOf(enter('wrong-word'))).toBe('access.badPassword');
      await enter();
    }
  });

  test('many tries at the same moment get no further than the count', async () => {
    await set({ 'safety.lockAfter': 4 });
    const codes = await Promise.all(Array.from({ length: 30 }, (_, round) => codeOf(enter(`wrong-${round}`))));
    expect(codes.filter((code) => code === 'access.badPassword')).toHaveLength(4);
  });

  test('an administrator unlocks it, which is on record; the machine of the server is never locked out', async () => {
    await set({ 'safety.lockAfter': 1, 'safety.lockMinutes': 1440 });
    expect(await codeOf(enter('wrong-word'))).toBe('access.badPassword');
    expect(await codeOf(enter())).toBe('access.locked');
    await enter(right, { address: '127.0.0.1' });
    expect(await codeOf(enter('wrong-word'))).toBe('access.badPassword');
    await office.as(chief, (work) => unlockPerson(work, anne));
    await enter();
    const [line] = await office.company.store.read((tx) => tx('audit').where({ action: 'unlock' }).select('type', 'record_id', 'actor'));
    expect(line).toEqual({ type: 'user', record_id: anne, actor: chief });
    expect(await codeOf(office.as(chief, (work) => unlockPerson(work, 987)))).toBe('record.notFound');
  });

  test('an account that only has to wait is told as well', async () => {
    for (let tries = 0; tries < 5; tries += 1) await refusalOf(enter('wrong-word', { device: 'desk' }));
    expect(await codeOf(enter(right, { device: 'desk' }))).toBe('access.throttled');
    expect(await locked()).toMatchObject([{ user: anne, kind: 'throttled' }]);
  });

  test('a picture is asked for always, read once, and not after its time', async () => {
    await set({ 'safety.captcha': 'always' });
    expect(await codeOf(enter())).toBe('captcha.needed');
    const shown = await captchaOf(office.company, 'HK34T');
    await enter(right, { captcha: { id: shown.id, text: ' hk34t ' } });
    expect(await codeOf(enter(right, { captcha: { id: shown.id, text: 'HK34T' } }))).toBe('captcha.wrong');
    expect((await newest())?.result).toBe('captcha');
    const misread = await captchaOf(office.company, 'HK34T');
    expect(await codeOf(enter(right, { captcha: { id: misread.id, text: 'HK34F' } }))).toBe('captcha.wrong');
    expect(await codeOf(enter(right, { captcha: { id: misread.id, text: 'HK34T' } }))).toBe('captcha.wrong');
    const old = await captchaOf(office.company, 'HK34T');
    office.passMs(3 * minuteMs);
    expect(await codeOf(enter(right, { captcha: { id: old.id, text: 'HK34T' } }))).toBe('captcha.wrong');
    expect(await codeOf(enter(right, { captcha: { id: '__proto__', text: 'HK34T' } }))).toBe('captcha.wrong');
  });

  test('however many pictures are asked for, only so many are kept, the newest', async () => {
    await set({ 'safety.captcha': 'always' });
    const first = await captchaOf(office.company, 'HK34T');
    office.passMs(1);
    const at = instantOf(clock.now());
    const others = Array.from({ length: 1_999 }, (_, index) => ({
      key: `captcha:${index}:x`,
      failures: 0,
      at,
      until_at: instantOf(clock.now() + minuteMs),
    }));
    for (let start = 0; start < others.length; start += 500)
      await office.company.store.write((tx) => tx('throttles').insert(others.slice(start, start + 500)));
    const last = await captchaOf(office.company, 'HK34T');
    const kept = await office.company.store.read((tx) => tx('throttles').where('key', 'like', 'captcha:%').count({ count: '*' }));
    expect(Number(kept[0]?.count)).toBe(2_000);
    expect(await codeOf(enter(right, { captcha: { id: first.id, text: 'HK34T' } }))).toBe('captcha.wrong');
    await enter(right, { captcha: { id: last.id, text: 'HK34T' } });
  });

  test('a picture is asked for after a failure of that account, and no more after a success', async () => {
    await set({ 'safety.captcha': 'afterFailure' });
    const desk = { device: 'desk' };
    expect(await codeOf(enter('wrong-word', desk))).toBe('access.badPassword');
    expect(await codeOf(enter(right, desk))).toBe('captcha.needed');
    await enter(right, { login: 'chief' });
    await enter(right, { ...desk, captcha: { id: (await captchaOf(office.company, 'AAAAA')).id, text: 'AAAAA' } });
    await enter(right, desk);
    // Whoever goes through the accounts from one place has to read as well.
    for (const login of ['a', 'b']) expect(await codeOf(enter('wrong-word', { login }))).toBe('access.badPassword');
    expect(await codeOf(enter('wrong-word', { login: 'c' }))).toBe('captcha.needed');
  });

  test('passwords must be as long as the company wants and without its words', async () => {
    await set({ 'safety.passwordLength': 12, 'safety.passwordWords': 'Hongda，远航 2026' });
    expect(await refusalOf(hashNewPassword(office.company, anne, 'short-7441'))).toEqual({ code: 'password.tooShort', facts: { min: 12 } });
    expect(await refusalOf(hashNewPassword(office.company, anne, 'the-HONGDA-tree-7'))).toEqual({
      code: 'password.forbiddenWord',
      facts: { word: 'hongda' },
    });
    expect(await codeOf(hashNewPassword(office.company, anne, '我们的远航之旅-orchard'))).toBe('password.forbiddenWord');
    await hashNewPassword(office.company, anne, '苹果tree-orchard-7441');
    expect(await codeOf(set({ 'safety.passwordLength': 7 }))).toBe('record.invalid');
  });
});

test('a picture holds strokes alone, never the same twice', () => {
  const [one, other] = [drawCaptcha(signs.slice(0, 5).join('')), drawCaptcha(signs.slice(0, 5).join(''))];
  expect(one).toMatch(/^<svg [^>]+><rect [^>]+\/><g [^>]+>(<path d="[MQ\d. -]+" stroke-width="[\d.]+"\/>)+<\/g><\/svg>$/);
  expect(one).not.toBe(other);
});
