import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Instant } from '../../shared/kernel/days.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { clock } from '../clock.ts';
import { leafOf, namesIn, rootOf, spkiHashOf } from '../tls/identity.ts';
import { filesIn, write } from '../tls/identityFiles.ts';
import { checkBrought } from '../tls/importCompany.ts';
import { daysLeft, findCertificates, type Shown } from '../tls/keep.ts';
import { namesToCertify } from '../tls/names.ts';
import { newPairingCode } from '../tls/pairing.ts';
import { beginSuccession, findSuccession } from '../tls/succession.ts';
import { findRunning } from './running.ts';

/** What `certificate show` tells: who the server is to those who connect, until when, and under which names. Refuses 'certificate.none'. */
export function describeCertificates(dataFolder: string): string {
  const shown = certificatesOf(dataFolder);
  const [leaf, root] = [leafOf(shown), rootOf(shown)];
  return [
    `来源 · source        ${shown.source === 'own' ? '自签 · own' : '公司证书 · of the company'}`,
    `根证书 · root        ${root.subject.replaceAll('\n', ', ')}`,
    `指纹 · fingerprint   SHA-256 ${root.fingerprint256}`,
    `公钥指纹 · of its key  SHA-256 (SPKI) ${spkiHashOf(root)}`,
    `根有效期 · root until  ${root.validTo}`,
    `有效期 · valid until   ${leaf.validTo}  (${daysLeft(shown, clock.now())} 天 · days)`,
    `名称 · names         ${namesIn(leaf).join(', ')}`,
    ...describeExchange(dataFolder),
  ].join('\n');
}

/** Where the exchange of the root stands; nothing where none is under way. Refuses 'certificate.unreadable' {file}. */
export function describeExchange(dataFolder: string): string[] {
  const found = findSuccession(dataFolder);
  if (found?.phase !== 'handingOut') return [];
  return [
    `根证书更换中，至 · the root is being exchanged until  ${found.told.until}`,
    `新根指纹 · of the next root  SHA-256 ${rootOf(found.successor).fingerprint256}`,
  ];
}

/**
 * Begins to exchange the server's root, over so many days; a running server hands the new one out within a minute. With 0 days, or where
 * the old one has ended, it is exchanged at once. Refuses like beginSuccession.
 */
export const rotateRoot = (dataFolder: string, days: number): { until: Instant; isAtOnce: boolean } =>
  beginSuccession(dataFolder, days, clock.now());

/** Takes over a company's own key and chain; a running server shows them within a minute. Refuses like checkBrought. */
export function importCertificates(dataFolder: string, from: { key: string; chain: string; names: readonly string[] }): void {
  const [key, chain] = [readFileSync(resolve(from.key), 'utf8'), readFileSync(resolve(from.chain), 'utf8')];
  const identity = checkBrought({ key, chain, names: namesToCertify(from.names), now: clock.now() });
  mkdirSync(join(dataFolder, 'tls'), { recursive: true, mode: 0o700 });
  write(filesIn(dataFolder).company, identity);
}

/**
 * Writes the root certificate, without its key, where browsers and computers can take it from; or the `next` one. Refuses
 * 'certificate.none', 'certificate.noSuccessor'.
 */
export function exportRoot(dataFolder: string, file: string, isNext: boolean): void {
  const shown = certificatesOf(dataFolder);
  const found = isNext ? findSuccession(dataFolder) : null;
  if (isNext && found?.phase !== 'handingOut') throw new Refusal('certificate.noSuccessor');
  writeFileSync(resolve(file), rootOf(found?.successor ?? shown).toString(), { mode: 0o644 });
}

/** Makes a code for a client of the running server. Refuses 'certificate.none' when none runs with TLS. */
export async function pairByConsole(dataFolder: string): Promise<{ code: string; until: number }> {
  const running = await findRunning(dataFolder);
  if (!running?.url.startsWith('https:')) throw new Refusal('certificate.none');
  return newPairingCode(dataFolder, clock.now());
}

function certificatesOf(dataFolder: string): Shown {
  const shown = findCertificates(dataFolder);
  if (!shown) throw new Refusal('certificate.none');
  return shown;
}
