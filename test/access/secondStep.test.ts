import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOTP, Secret } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { storePassword } from '../../server/access/changePassword.ts';
import { listSignIns } from '../../server/access/history.ts';
import { lockedAccounts } from '../../server/access/lockOut.ts';
import { hashPassword } from '../../server/access/passwords.ts';
import { actorOf, systemActor } from '../../server/access/rights.ts';
import { finishSignIn } from '../../server/access/secondStep/finishSignIn.ts';
import { type Seal, sealOf } from '../../server/access/secondStep/sealing.ts';
import { endSessions, findSession } from '../../server/access/sessions.ts';
import { signIn } from '../../server/access/signIn.ts';
import { clock } from '../../server/clock.ts';
import { look, transact } from '../../server/engine/transact.ts';
import { unlockFromConsole, unlockPerson } from '../../server/features/safety/unlock.ts';
import { listSecondSteps, readRule, resetSecondStep, saveRule } from '../../server/features/secondStep/keeping.ts';
import { ownSecondStep } from '../../server/features/secondStep/own.ts';
import { beginCode, type Changer, confirmCode, renewRecovery, switchCodeOff } from '../../server/features/secondStep/ownCode.ts';
import { changeSettings, readSettings } from '../../server/features/settings/companySettings.ts';
import type { SecondStepRule } from '../../shared/contracts/secondStep.ts';
import { stores } from '../stores/stores.ts';
import { cameIn, type Office, openOffice, refusalOf } from './office.ts';

const right = '苹果tree-7441';
const lan = '192.168.1.20';
const minuteMs = 60_000;
const stepMs = 30_000;

describe.each(stores)('the second step at signing in, on $name', (kind) => {
  let office: Office;
  let seal: Seal;
  let anne = 0;
  let chief = 0;
  let salesPosition = 0;
  const folder = mkdtempSync(join(tmpdir(), 'tradepost-steps-'));
  const enter = (of: { login?: string; password?: string; address?: string } = {}) =>
    signIn(office.company, { login: 'anne', password: right, device: 'desk', address: lan, userAgent: 'Chrome', ...of });
  /** The ticket of somebody whose password was right. */
  const begun = async (of: Parameters<typeof enter>[0] = {}): Promise<string> => {
    const admission = await enter(of);
    if (!('second' in admission)) throw new Error('no second step was asked for');
    return admission.second.ticket;
  };
  const finish = (ticket: string, code: string, of: { address?: string; seal?: Seal } = {}) =>
    finishSignIn(office.company, of.seal ?? seal, { ticket, address: of.address ?? lan, proof: { code } });
  const codeOf = async (promise: Promise<unknown>) => (await refusalOf(promise)).code;
  const newest = async () => (await office.company.store.read((tx) => listSignIns(tx, { limit: 1 }))).rows[0];
  const changer = async (userId: number, sessionId?: number): Promise<Changer> => ({
    company: office.company,
    actor: await actorOf(office.company, userId),
    seal,
    sessionId,
    address: lan,
  });
  /** The code that an app shows so many steps from now. */
  const shown = (secret: string, steps = 0) =>
    HOTP.generate({ secret: Secret.fromBase32(secret.replaceAll(' ', '')), counter: Math.floor(clock.now() / stepMs) + steps });
  /** Switches codes on for a person and lets a step pass, so that the next code is a fresh one. */
  const switchOn = async (userId = anne, password = right) => {
    const person = await changer(userId);
    const { ticket, secret } = await beginCode(person, { password });
    const recovery = await confirmCode(person, { ticket, code: shown(secret) });
    office.passMs(stepMs);
    return { secret, recovery };
  };
  const setRule = (rule: SecondStepRule) =>
    office.as(chief, async (work) => saveRule(work, { ...rule, version: (await readRule(work)).version }));
  const forget = () =>
    office.company.store.write(async (tx) => {
      for (const table of ['throttles', 'code_secrets', 'recovery_codes', 'security_keys', 'tickets']) await tx(table).delete();
    });
  const everything = () =>
    office.company.store.read(async (tx) =>
      JSON.stringify(
        await Promise.all(
          ['audit', 'settings', 'sign_ins', 'tickets', 'code_secrets', 'recovery_codes', 'idempotency_keys'].map((table) =>
            tx(table).select(),
          ),
        ),
      ),
    );

  beforeAll(async () => {
    office = await openOffice(kind);
    seal = sealOf(folder);
    const department = await office.add('department', { name: '总公司', kindOfUnit: 'company' });
    salesPosition = await office.addPosition({ name: '销售' });
    anne = await office.addUser('anne', department, [salesPosition]);
    chief = await office.addUser('chief', department, [await office.addPosition({ administrator: true })]);
    const hash = await hashPassword(right);
    for (const user of [anne, chief]) await office.company.store.write((tx) => storePassword(tx, user, hash, false));
  });
  beforeEach(async () => {
    await forget();
    await setRule({ mode: 'whoHas', positions: [] });
    await office.as(chief, async (work) =>
      changeSettings(work, (await readSettings(work)).version, { 'safety.lockAfter': 0, 'safety.lockMinutes': 15 }),
    );
  });
  afterAll(async () => {
    await office.close();
    rmSync(folder, { recursive: true });
  });

  test('is asked of whoever has switched it on, and of nobody else', async () => {
    cameIn(await enter());
    const { secret } = await switchOn();
    const ticket = await begun();
    expect((await newest())?.result).toBe('secondStep');
    const { token, userId } = await finish(ticket, shown(secret));
    expect(userId).toBe(anne);
    expect(await findSession(office.company, token, clock.now())).toMatchObject({ user: anne, device: 'desk', address: lan });
    expect(await newest()).toMatchObject({ login: 'anne', result: 'signedIn', device: 'desk', userAgent: 'Chrome', isOpen: true });
    cameIn(await enter({ login: 'chief' }));
    await setRule({ mode: 'never', positions: [] });
    cameIn(await enter());
  });

  test('says nothing of itself before the password is right', async () => {
    await switchOn();
    const wrong = await refusalOf(enter({ password: 'wrong-word' }));
    expect(wrong).toEqual(await refusalOf(enter({ login: 'nobody', password: 'wrong-word' })));
    expect(wrong.code).toBe('access.badPassword');
  });

  test('takes codes of this moment and one step around it, each once, and no earlier one after a later', async () => {
    const { secret } = await switchOn();
    office.passMs(10 * stepMs);
    for (const steps of [-2, 2]) expect(await codeOf(finish(await begun(), shown(secret, steps)))).toBe('secondStep.wrong');
    expect((await newest())?.result).toBe('secondStepRefused');
    await finish(await begun(), ` ${shown(secret, -1).slice(0, 3)} ${shown(secret, -1).slice(3)} `);
    expect(await codeOf(finish(await begun(), shown(secret, -1)))).toBe('secondStep.used');
    await finish(await begun(), shown(secret, 1));
    expect(await codeOf(finish(await begun(), shown(secret)))).toBe('secondStep.used');
    for (const nonsense of ['', '0', '12345', '1234567', 'x'.repeat(40)])
      expect(await codeOf(finish(await begun(), nonsense))).toMatch(/^(secondStep\.wrong|access\.throttled)$/);
  });

  test('takes each recovery code once, however it is typed, and says how many are left', async () => {
    const { recovery } = await switchOn();
    expect(new Set(recovery).size).toBe(10);
    const [first = '', second = ''] = recovery;
    await finish(await begun(), first.toLowerCase().replaceAll('-', ' '));
    expect(await codeOf(finish(await begun(), first))).toBe('secondStep.wrong');
    await finish(await begun(), second);
    const left = await office.lookAs(anne, (work) => ownSecondStep(work, seal.mark));
    expect(left).toMatchObject({ recoveryLeft: 8, isSealedElsewhere: false, codeSince: expect.any(String) });
    const again = await renewRecovery(await changer(anne), { password: right, code: recovery[2] ?? '' });
    expect(await codeOf(finish(await begun(), recovery[3] ?? ''))).toBe('secondStep.wrong');
    await finish(await begun(), again[0] ?? '');
  });

  test('leads on by a ticket that is good once, for five minutes, five tries and the address it was given to', async () => {
    const { secret } = await switchOn();
    const spent = await begun();
    await finish(spent, shown(secret));
    office.passMs(stepMs);
    expect(await codeOf(finish(spent, shown(secret)))).toBe('secondStep.over');
    const elsewhere = await begun();
    expect(await codeOf(finish(elsewhere, shown(secret), { address: '192.168.1.21' }))).toBe('secondStep.over');
    await finish(elsewhere, shown(secret));
    const old = await begun();
    office.passMs(5 * minuteMs);
    expect(await codeOf(finish(old, shown(secret)))).toBe('secondStep.over');
    expect(await codeOf(finish('main.made-up', shown(secret)))).toBe('secondStep.over');
    const tried = await begun();
    for (let tries = 0; tries < 5; tries += 1) {
      expect(await codeOf(finish(tried, '000000'))).toBe('secondStep.wrong');
    }
    office.passMs(minuteMs);
    expect(await codeOf(finish(tried, shown(secret)))).toBe('secondStep.over');
  });

  test('lets one of two in who come with the same code at the same moment', async () => {
    const { secret } = await switchOn();
    const tickets = [await begun(), await begun()];
    const results = await Promise.allSettled([...tickets, tickets[0] ?? ''].map((ticket) => finish(ticket, shown(secret))));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('ends at the door with everything else when the person leaves or gets another password', async () => {
    const { secret } = await switchOn();
    const ticket = await begun();
    await office.company.store.write((tx) => endSessions(tx, { users: [anne] }, 'left', clock.now()));
    expect(await codeOf(finish(ticket, shown(secret)))).toBe('secondStep.over');
  });

  test('makes wrong codes wait longer and longer, also with the right password in between and from other devices', async () => {
    const { secret } = await switchOn();
    let waits = 0;
    for (let tries = 0; tries < 12; tries += 1) {
      const address = `10.0.0.${tries}`;
      if ((await codeOf(finish(await begun({ address }), '000000', { address }))) === 'access.throttled') waits += 1;
    }
    expect(waits).toBe(7);
    expect(await office.company.store.read((tx) => lockedAccounts(tx, clock.now()))).toMatchObject([{ user: anne, kind: 'throttled' }]);
    office.passMs(minuteMs);
    await finish(await begun(), shown(secret));
  });

  test('is locked after as many wrong codes as passwords are, for everybody until its time or an administrator', async () => {
    const { secret } = await switchOn();
    await office.as(chief, async (work) => changeSettings(work, (await readSettings(work)).version, { 'safety.lockAfter': 3 }));
    for (let tries = 0; tries < 3; tries += 1) expect(await codeOf(finish(await begun(), '000000'))).toBe('secondStep.wrong');
    expect(await refusalOf(finish(await begun(), shown(secret)))).toEqual({ code: 'access.locked', facts: { minutes: 15 } });
    expect((await newest())?.result).toBe('locked');
    expect(await office.company.store.read((tx) => lockedAccounts(tx, clock.now()))).toMatchObject([{ user: anne, kind: 'locked' }]);
    await office.as(chief, (work) => unlockPerson(work, anne));
    await finish(await begun(), shown(secret));
  });

  test('is set up before anything else by holders of the positions that must have it, when they next sign in', async () => {
    const before = cameIn(await enter());
    await setRule({ mode: 'required', positions: [salesPosition] });
    expect((await findSession(office.company, before.token, clock.now()))?.second_step_due).toBe(0);
    expect((await findSession(office.company, cameIn(await enter({ login: 'chief' })).token, clock.now()))?.second_step_due).toBe(0);
    const { token, sessionId } = cameIn(await enter());
    expect((await findSession(office.company, token, clock.now()))?.second_step_due).toBe(1);
    // The password was just typed: it is not asked for again.
    const person = await changer(anne, sessionId);
    const { ticket, secret } = await beginCode(person, {});
    await confirmCode(person, { ticket, code: shown(secret) });
    expect((await findSession(office.company, token, clock.now()))?.second_step_due).toBe(0);
    expect(await findSession(office.company, before.token, clock.now())).toBeNull();
    office.passMs(stepMs);
    expect(await codeOf(switchCodeOff(person, { password: right, code: shown(secret) }))).toBe('secondStep.required');
    await begun();
    expect(await codeOf(setRule({ mode: 'required', positions: [] }))).toBe('secondStep.noPosition');
  });

  test('is changed only by somebody who proves who they are, and the other sessions end with it', async () => {
    const other = cameIn(await enter());
    const person = await changer(anne, cameIn(await enter()).sessionId);
    expect(await codeOf(beginCode(person, { password: 'wrong-word' }))).toBe('password.wrong');
    const { ticket, secret } = await beginCode(person, { password: right });
    expect(await codeOf(confirmCode(person, { ticket, code: '000000' }))).toBe('secondStep.wrong');
    expect(await codeOf(confirmCode({ ...person, address: '10.9.9.9' }, { ticket, code: shown(secret) }))).toBe('secondStep.over');
    expect(await findSession(office.company, other.token, clock.now())).not.toBeNull();
    await confirmCode(person, { ticket, code: shown(secret) });
    expect(await findSession(office.company, other.token, clock.now())).toBeNull();
    expect((await office.company.store.read((tx) => listSignIns(tx, { user: anne }))).rows.map((row) => row.endReason)).toContain(
      'secondStepChanged',
    );
    // The code that switched it on has done its service; another phone needs a code of this one.
    expect(await codeOf(beginCode(person, { password: right, code: shown(secret) }))).toBe('secondStep.used');
    expect(await codeOf(beginCode(person, { password: right }))).toBe('secondStep.wrong');
    office.passMs(stepMs);
    expect(await codeOf(switchCodeOff(person, { password: 'wrong-word', code: shown(secret) }))).toBe('password.wrong');
    await switchCodeOff(person, { password: right, code: shown(secret) });
    cameIn(await enter());
    expect(await office.lookAs(anne, (work) => ownSecondStep(work, seal.mark))).toMatchObject({ codeSince: null, recoveryLeft: 0 });
  });

  test('is reset by an administrator or the console for somebody who has lost it, which is on record', async () => {
    await switchOn();
    const waiting = await begun();
    const keeper = await office.addUser('keeper', 1, [await office.addPosition({ special: ['users.manage'] })]);
    await switchOn(chief);
    expect(await codeOf(office.as(keeper, (work) => resetSecondStep(work, chief)))).toBe('access.administratorsOnly');
    const { rows: lines } = await office.lookAs(keeper, (work) => listSecondSteps(work, seal.mark));
    expect(lines.map(({ login, codeSince, recoveryLeft }) => [login, codeSince !== null, recoveryLeft])).toEqual([
      ['anne', true, 10],
      ['chief', true, 10],
      ['keeper', false, 0],
    ]);
    await office.as(keeper, (work) => resetSecondStep(work, anne));
    expect(await codeOf(finish(waiting, '000000'))).toBe('secondStep.over');
    cameIn(await enter());
    expect(await codeOf(office.as(keeper, (work) => resetSecondStep(work, 987)))).toBe('record.notFound');
    const freed = await transact(office.company, systemActor(office.company), (work) => unlockFromConsole(work, 'chief', true));
    expect(freed).toEqual({ rules: false, devices: false, locks: 0, secondStep: true });
    cameIn(await enter({ login: 'chief' }));
    const audit = await office.company.store.read((tx) => tx('audit').where({ action: 'secondStep' }).orderBy('seq', 'desc').limit(2));
    expect(audit).toMatchObject([
      { record_id: chief, actor: 0, changes: expect.stringContaining('reset') },
      { record_id: anne, actor: keeper, changes: expect.stringContaining('reset') },
    ]);
  });

  test('fails closed on a server without its key, says so, and works again after a reset', async () => {
    const { secret, recovery } = await switchOn();
    const newHome = mkdtempSync(join(tmpdir(), 'tradepost-steps-'));
    try {
      const elsewhere = sealOf(newHome);
      for (const code of [shown(secret), recovery[0] ?? ''])
        expect(await codeOf(finish(await begun(), code, { seal: elsewhere }))).toBe('secondStep.sealedElsewhere');
      const { rows: lines } = await look(office.company, systemActor(office.company), (work) => listSecondSteps(work, elsewhere.mark));
      expect(lines.find(({ user }) => user === anne)).toMatchObject({ isSealedElsewhere: true });
      await office.as(chief, (work) => resetSecondStep(work, anne));
      cameIn(await enter());
    } finally {
      rmSync(newHome, { recursive: true });
    }
  });

  test('keeps its secrets from everybody: sealed in the database, in no answer, no audit line, no ticket', async () => {
    const { secret, recovery } = await switchOn();
    await finish(await begun(), shown(secret));
    const kept = await everything();
    const bytes = Secret.fromBase32(secret.replaceAll(' ', ''));
    const texts = [secret, secret.replaceAll(' ', ''), bytes.hex, Buffer.from(bytes.bytes).toString('base64url'), ...recovery];
    for (const text of [...texts, ...recovery.map((code) => code.replaceAll('-', ''))]) expect(kept).not.toContain(text);
    const own = JSON.stringify(await office.lookAs(anne, (work) => ownSecondStep(work, seal.mark)));
    expect(own).not.toContain(secret.slice(0, 4));
    expect(seal.open(chief, seal.close(anne, bytes.bytes))).toBeNull();
  });
});

test('the key of the second steps is made once, for the eyes of the server alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tradepost-seal-'));
  try {
    const [one, two] = [sealOf(folder), sealOf(folder)];
    expect(one.mark).toBe(two.mark);
    expect(Buffer.from(two.open(7, one.close(7, Buffer.from('geheim'))) ?? []).toString()).toBe('geheim');
    const file = join(folder, 'tls', 'second-step.key');
    expect(existsSync(file) && (statSync(file).mode & 0o777) === 0o600).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
