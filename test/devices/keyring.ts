import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { type DeviceProof, deviceWords } from '../../shared/contracts/devices.ts';
import type { Api, Reply } from '../support/server.ts';

/** A device with a key of its own, as a client has it. */
export interface TestDevice {
  readonly machine: string;
  readonly key: string;
  /** What it answers to a challenge, when somebody signs in unless it is told otherwise; parts may be lied about. */
  prove(of: { purpose?: 'signIn' | 'session'; company: string; login: string; server: string; challenge: string }): DeviceProof;
  /** The same key on another machine. */
  copiedTo(machine: string): TestDevice;
}

/** A new device; a browser has no machine. */
export const aDevice = (machine = ''): TestDevice => deviceWith(generateKeyPairSync('ec', { namedCurve: 'P-256' }), machine);

function deviceWith(pair: ReturnType<typeof newPair>, name: string): TestDevice {
  const machine = name === '' ? '' : createHash('sha256').update(name).digest('hex');
  const key = pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  return {
    machine,
    key,
    prove: ({ purpose = 'signIn', company, login, server, challenge }) => {
      const words = deviceWords({ purpose, company, login, server, challenge, machine });
      const signature = sign('sha256', Buffer.from(words), { key: pair.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64');
      return { key, challenge, server, signature, machine };
    },
    copiedTo: (other) => deviceWith(pair, other),
  };
}

const newPair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** Asks for a challenge and answers it. */
export async function proofOf(
  api: Api,
  device: TestDevice,
  of: { purpose?: 'session'; company: string; login: string },
): Promise<DeviceProof> {
  const { body } = await api.call('POST', '/api/devices/challenge', { body: { company: of.company } });
  return device.prove({ ...of, server: `host ${new URL(api.url).host}`, challenge: String(body.challenge) });
}

/** What a device answers that shall prove itself for a session. */
export const sessionProofOf = (api: Api, device: TestDevice, token: string): Promise<DeviceProof> =>
  proofOf(api, device, { purpose: 'session', company: 'test', login: createHash('sha256').update(token).digest('hex') });

/** Lets a session go on at an address: the device shows its key. */
export async function proveAt(api: Api, device: TestDevice, of: { token: string; address: string }): Promise<Reply> {
  const proof = await sessionProofOf(api, device, of.token);
  return api.call('POST', '/api/devices/prove', { token: of.token, body: { proof }, headers: { 'x-forwarded-for': of.address } });
}

export interface Entry {
  readonly company: string;
  readonly login: string;
  readonly password: string;
  readonly address: string;
  readonly name?: string;
  readonly waited?: string;
}

/** Signs in at a device from an address, as this machine's trusted proxy tells it. */
export async function enterWith(api: Api, device: TestDevice | null, of: Entry): Promise<Reply & { readonly challenge: string }> {
  const { company, login, password, address, name, waited } = of;
  const proof = device ? await proofOf(api, device, { company, login }) : undefined;
  const reply = await api.call('POST', '/api/sign-in', {
    headers: { 'x-forwarded-for': address },
    body: { company, login, password, device: name, proof, waited },
  });
  return { ...reply, challenge: proof?.challenge ?? '' };
}
