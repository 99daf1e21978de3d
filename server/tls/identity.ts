import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { Refusal } from '../../shared/kernel/refusal.ts';
import type { Identity } from './issue.ts';

/** Reads key and certificates out of PEM text. Refuses 'certificate.unreadable' {file} when one is missing or damaged. */
export function readIdentity(text: string, file: string): Identity {
  const key = /-----BEGIN (?:EC |RSA )?PRIVATE KEY-----[\s\S]+?-----END (?:EC |RSA )?PRIVATE KEY-----/.exec(text)?.[0];
  const chain = certificatesIn(text);
  try {
    if (key === undefined || chain.length === 0) throw new Error('key or certificate missing');
    createPrivateKey(key);
    for (const certificate of chain) new X509Certificate(certificate);
  } catch {
    throw new Refusal('certificate.unreadable', { file });
  }
  return { key: `${key}\n`, chain };
}

/** The certificates in PEM text, each on its own. */
export const certificatesIn = (text: string): string[] =>
  (text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []).map((one) => `${one}\n`);

export const identityText = ({ key, chain }: Identity): string => key + chain.join('');

/** The certificate a server shows first, and the one at the end that everything hangs on. */
export const leafOf = ({ chain }: Identity): X509Certificate => new X509Certificate(chain[0] ?? '');
export const rootOf = ({ chain }: Identity): X509Certificate => new X509Certificate(chain.at(-1) ?? '');

/** What clients remember of a root: SHA-256 over its public key (SPKI), base64. */
export const spkiHashOf = (certificate: X509Certificate): string =>
  createHash('sha256')
    .update(certificate.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');

/** The names and addresses a certificate speaks for, addresses as Node writes them. */
export const namesIn = ({ subjectAltName }: X509Certificate): string[] =>
  (subjectAltName ?? '').split(', ').flatMap((entry) => /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1] ?? []);

/** True when the certificate speaks for the name or address. */
export const speaksFor = (certificate: X509Certificate, name: string): boolean =>
  (isIP(name) > 0 ? certificate.checkIP(name) : certificate.checkHost(name, { subject: 'never' })) !== undefined;
