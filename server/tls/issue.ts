import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { instantOf } from '../../shared/kernel/days.ts';
import { bits, type Der, inContext, moment, octets, oid, sequence, set, utf8, whole, yes } from './der.ts';

/** A key and the certificates that speak for it, its own first, each as PEM text. */
export interface Identity {
  readonly key: string;
  readonly chain: readonly string[];
}

const dayMs = 86_400_000;
const rootDays = 3650;
const leafDays = 365;
// Clocks in an office differ; nobody shall be told that a certificate of today is not valid yet.
const slackDays = 1;
const nameLengthMax = 64;

/** A root that signs for this server alone: ECDSA P-256, valid ten years from `now` (ms since 1970). */
export function issueRoot(host: string, now: number): Identity {
  const key = newKey();
  // Nothing that a name in a certificate would have to write in another way.
  const name = `Tradepost ${host.replaceAll(/[^\w.-]/g, '')}`.slice(0, nameLengthMax);
  const extensions = [
    extension(oids.basicConstraints, sequence(yes, whole(Buffer.from([0]))), true),
    extension(oids.keyUsage, bits(Buffer.from([0b0000_0110]), 1), true),
    extension(oids.subjectKeyId, octets(keyId(key.publicKey))),
  ];
  const certificate = issue({ issuer: name, subject: name, publicKey: key.publicKey, days: rootDays, now, extensions }, key.privateKey);
  return { key: key.text, chain: [certificate] };
}

/** A certificate for a server of these names and addresses, valid a year from `now` (ms since 1970), signed by the root. */
export function issueLeaf(root: Identity, names: readonly string[], now: number): Identity {
  const key = newKey();
  const rootKey = createPrivateKey(root.key);
  const rootCertificate = new X509Certificate(root.chain[0] ?? '');
  const extensions = [
    extension(oids.basicConstraints, sequence(), true),
    extension(oids.keyUsage, bits(Buffer.from([0b1000_0000]), 7), true),
    extension(oids.extendedKeyUsage, sequence(oid(oids.serverAuthentication))),
    extension(oids.subjectAltName, sequence(...names.map(altName))),
    extension(oids.subjectKeyId, octets(keyId(key.publicKey))),
    extension(oids.authorityKeyId, sequence(inContext(0, keyId(rootCertificate.publicKey), false))),
  ];
  const issuer = rootCertificate.subject.replace(/^CN=/, '');
  const subject = (names[0] ?? 'Tradepost').slice(0, nameLengthMax);
  const certificate = issue({ issuer, subject, publicKey: key.publicKey, days: leafDays, now, extensions }, rootKey);
  return { key: key.text, chain: [certificate, ...root.chain] };
}

const oids = {
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  commonName: '2.5.4.3',
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuthentication: '1.3.6.1.5.5.7.3.1',
} as const;

function newKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return { privateKey, publicKey, text: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

interface Wanted {
  readonly issuer: string;
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly days: number;
  readonly now: number;
  readonly extensions: readonly Der[];
}

/** Writes and signs a certificate, version 3 (RFC 5280, 4.1); gives it as PEM text. */
function issue({ issuer, subject, publicKey, days, now, extensions }: Wanted, signer: KeyObject): string {
  const algorithm = sequence(oid(oids.ecdsaWithSha256));
  const content = sequence(
    inContext(0, whole(Buffer.from([2]))),
    whole(newSerial()),
    algorithm,
    nameOf(issuer),
    sequence(moment(instantOf(now - slackDays * dayMs)), moment(instantOf(now + days * dayMs))),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    inContext(3, sequence(...extensions)),
  );
  const certificate = sequence(content, algorithm, bits(sign('sha256', content, signer)));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** Positive, never nothing, and not to be guessed. */
function newSerial(): Buffer {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  return serial;
}

const nameOf = (text: string): Der => sequence(set(sequence(oid(oids.commonName), utf8(text))));

const extension = (id: string, value: Der, isCritical = false): Der => sequence(oid(id), ...(isCritical ? [yes] : []), octets(value));

const keyId = (key: KeyObject): Buffer =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest()
    .subarray(0, 20);

function altName(name: string): Der {
  const version = isIP(name);
  if (version === 0) return inContext(2, Buffer.from(name, 'ascii'), false);
  return inContext(7, version === 4 ? Buffer.from(name.split('.').map(Number)) : bytesOfIPv6(name), false);
}

function bytesOfIPv6(address: string): Buffer {
  // The address parser of URLs writes every address in one way, an IPv4 tail as two groups.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (text = ''): number[] => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const [front, back] = [groups(head), groups(tail)];
  const all = [...front, ...new Array<number>(8 - front.length - back.length).fill(0), ...back];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}
