import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { clock } from '../clock.ts';
import { leafOf, namesIn, rootOf, spkiHashOf } from '../tls/identity.ts';
import { checkBrought } from '../tls/importCompany.ts';
import { daysLeft, filesIn, findCertificates, type Shown, write } from '../tls/keep.ts';
import { namesToCertify } from '../tls/names.ts';
import { newPairingCode } from '../tls/pairing.ts';
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
  ].join('\n');
}

/** Takes over a company's own key and chain; a running server shows them within a minute. Refuses like checkBrought. */
export function importCertificates(dataFolder: string, from: { key: string; chain: string; names: readonly string[] }): void {
  const [key, chain] = [readFileSync(resolve(from.key), 'utf8'), readFileSync(resolve(from.chain), 'utf8')];
  const identity = checkBrought({ key, chain, names: namesToCertify(from.names), now: clock.now() });
  mkdirSync(join(dataFolder, 'tls'), { recursive: true, mode: 0o700 });
  write(filesIn(dataFolder).company, identity);
}

/** Writes the root certificate, without its key, where browsers and computers can take it from. Refuses 'certificate.none'. */
export function exportRoot(dataFolder: string, file: string): void {
  writeFileSync(resolve(file), rootOf(certificatesOf(dataFolder)).toString(), { mode: 0o644 });
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
