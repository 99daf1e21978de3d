import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DeviceKey, machineHash, serverNameOf } from '../../app/main/deviceKey.ts';
import { machineNumber } from '../../app/main/machineNumber.ts';
import type { Safe } from '../../app/main/tokenStore.ts';
import { deviceProofSchema } from '../../shared/contracts/deviceSchemas.ts';
import { deviceWords } from '../../shared/contracts/devices.ts';

const safe: Safe = {
  isEncryptionAvailable: () => true,
  encryptString: (text) => Buffer.from([...Buffer.from(text)].map((byte) => byte ^ 0x5a)),
  decryptString: (bytes) => Buffer.from([...bytes].map((byte) => byte ^ 0x5a)).toString(),
};
const noSafe: Safe = { ...safe, isEncryptionAvailable: () => false };
const question = { purpose: 'signIn', company: 'demo', login: 'wang', challenge: 'A'.repeat(43) } as const;

describe('the key of a computer', () => {
  let folder: string;
  const machine = machineHash('number', 'PC-7');
  const place = (name: string) => join(folder, name);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tradepost-device-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('signs what was asked, for the server it is meant for, and stays the same after a restart', () => {
    const proof = new DeviceKey(place('a'), safe, machine).prove(question, 'root abc');
    expect(deviceProofSchema.parse(proof)).toEqual(proof);
    const key = createPublicKey({ key: Buffer.from(proof.key, 'base64'), type: 'spki', format: 'der' });
    const isSigned = (words: string) =>
      verify('sha256', Buffer.from(words), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(proof.signature, 'base64'));
    expect(isSigned(deviceWords({ ...question, server: 'root abc', machine }))).toBe(true);
    expect(isSigned(deviceWords({ ...question, server: 'root other', machine }))).toBe(false);
    expect(new DeviceKey(place('a'), safe, machine).prove(question, 'root abc').key).toBe(proof.key);
  });

  test('lies encrypted where the computer has a safe, and for its owner alone where it has none', () => {
    new DeviceKey(place('b'), safe, machine).prove(question, 'host a');
    expect(readFileSync(place('b'), 'utf8')).not.toContain('PRIVATE KEY');
    new DeviceKey(place('c'), noSafe, machine).prove(question, 'host a');
    expect(readFileSync(place('c'), 'utf8')).toContain('PRIVATE KEY');
    expect(statSync(place('c')).mode & 0o777).toBe(0o600);
  });

  test('is replaced when it cannot be read', () => {
    const before = new DeviceKey(place('d'), safe, machine).prove(question, 'host a').key;
    writeFileSync(place('d'), '{"isEncrypted":true,"key":"AAAA"}');
    expect(new DeviceKey(place('d'), safe, machine).prove(question, 'host a').key).not.toBe(before);
  });

  test('knows a server by its pinned root, and by its host where there is none', () => {
    expect(serverNameOf('https://192.168.1.10:7180', 'abc=')).toBe('root abc=');
    expect(serverNameOf('http://Office-PC:7180', null)).toBe('host office-pc:7180');
  });

  test('goes with the number of the machine, wherever there is one', () => {
    expect(machineNumber('linux')).toMatch(/^([0-9a-f]{32})?$/);
    expect(machineNumber('win32')).toBe('');
    expect(machineHash('number', 'PC-8')).not.toBe(machine);
  });
});
