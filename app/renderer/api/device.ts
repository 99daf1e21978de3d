import { type DeviceProof, type DeviceQuestion, deviceWords } from '../../../shared/contracts/devices.ts';
import { bridge } from './bridge.ts';
import { ApiProblem, api } from './http.ts';
import { whenProofDue } from './proofs.ts';

/**
 * Proves to the server which device this is, with a key that never leaves it: the desktop program keeps its own, a browser one that
 * nobody can read out. Undefined where a browser cannot have one: it keeps keys only on pages that came encrypted or from this machine.
 */
export const proveDevice = (of: { company: string; login: string }): Promise<DeviceProof | undefined> =>
  signed({ ...of, purpose: 'signIn' });

/** From now on this device shows its key by itself whenever the server asks for it before a session goes on. */
export const startProving = (): void => whenProofDue(proveSession);

// A computer that slept over the question is asked a new one.
const answersMax = 2;

async function proveSession(token: string): Promise<boolean> {
  for (let answers = 1; ; answers += 1) {
    const proof = await proofForSession(token);
    if (!proof) return false;
    try {
      // The window may be in another session by now: this is about the one that was asked.
      await api.post('/api/devices/prove', { proof }, { headers: { Authorization: `Bearer ${token}` } });
      return true;
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || problem.code !== 'access.deviceUnproven' || answers === answersMax) throw problem;
    }
  }
}

/** What this device answers when it is asked for its key before a session goes on; undefined where it has none. */
export async function proofForSession(token: string): Promise<DeviceProof | undefined> {
  // Told apart by a prefix are tokens of another kind; then comes the company.
  const company = token.replace(/^t[pv]_/, '').split('.')[0] ?? '';
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token));
  const login = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return signed({ company, login, purpose: 'session' });
}

async function signed(of: Omit<DeviceQuestion, 'challenge'>): Promise<DeviceProof | undefined> {
  const sign = bridge()?.signAsDevice ?? (await signerOfBrowser());
  if (!sign) return undefined;
  const { challenge } = await api.post<{ challenge: string }>('/api/devices/challenge', { company: of.company });
  return sign({ ...of, challenge });
}

type Signer = (of: DeviceQuestion) => Promise<DeviceProof>;

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;

async function signerOfBrowser(): Promise<Signer | undefined> {
  if (!window.isSecureContext) return undefined;
  // A window in private mode may keep nothing: then it is nobody we know.
  const pair = await keyPair().catch(() => undefined);
  return pair && ((of) => signInBrowser(pair, of));
}

async function signInBrowser({ publicKey, privateKey }: CryptoKeyPair, of: DeviceQuestion): Promise<DeviceProof> {
  const server = `host ${location.host.toLowerCase()}`;
  const words = new TextEncoder().encode(deviceWords({ ...of, server, machine: '' }));
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, words);
  const key = base64(await crypto.subtle.exportKey('spki', publicKey));
  return { key, challenge: of.challenge, server, signature: base64(signature), machine: '' };
}

const base64 = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes)));

const [place, name] = ['keys', 'device'];

/** The key pair of this browser, made at the first call. Its private half can be used and never read. */
async function keyPair(): Promise<CryptoKeyPair> {
  const base = await opened();
  try {
    const known = await settled<CryptoKeyPair | undefined>(base.transaction(place).objectStore(place).get(name));
    if (known) return known;
    const fresh = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
    // Another window may have been faster: the first one stays.
    const store = base.transaction(place, 'readwrite').objectStore(place);
    await settled(store.add(fresh, name)).catch(() => undefined);
    return await settled<CryptoKeyPair>(base.transaction(place).objectStore(place).get(name));
  } finally {
    base.close();
  }
}

function opened(): Promise<IDBDatabase> {
  const asked = indexedDB.open('tradepost', 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore(place);
  return settled(asked);
}

const settled = <T>(asked: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
