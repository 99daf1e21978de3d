import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { allSettings, storeSettings } from '../engine/settings.ts';
import { transact } from '../engine/transact.ts';
import { lockSettings } from '../features/settings/companySettings.ts';
import { flushFolder, writeFileSafely } from '../files.ts';
import type { Actor, Company, Work } from '../work.ts';

export const passphraseFileName = 'backup.passphrase';
/** Fewer signs are guessed too easily by whoever has the file at home. */
const lengthMin = 10;
const encryptedKey = 'backup.encrypted';
/** The settings that speak of it. */
export const passphraseSettings = [encryptedKey] as const;

const fileOf = ({ folder }: Pick<Company, 'folder'>): string => join(folder, passphraseFileName);

/** The passphrase under which a company's backups are written; null when they are not encrypted. Refuses 'backup.passphraseLost'. */
export async function passphraseOf(work: Work): Promise<string | null> {
  const kept = readPassphrase(fileOf(work.company));
  // Somebody asked for encrypted backups: they never turn into readable ones unasked.
  if (kept === null && (await isWanted(work))) throw new Refusal('backup.passphraseLost');
  return kept;
}

/** Whether backups are encrypted, and whether the file with the passphrase has gone. */
export async function encryptionOf(work: Work): Promise<'none' | 'on' | 'lost'> {
  if (existsSync(fileOf(work.company))) return 'on';
  return (await isWanted(work)) ? 'lost' : 'none';
}

const isWanted = async (work: Work): Promise<boolean> => (await allSettings(work)).get(encryptedKey)?.value === true;

/**
 * Keeps the passphrase for all backups from now on, in a file that only the server reads, or ends their encryption with ''. That it
 * changed stands in the audit trail, it itself in no log, database or archive. Refuses 'backup.passphraseShort' {min}.
 */
export async function changePassphrase(company: Company, actor: Actor, passphrase: string): Promise<void> {
  const isOn = passphrase !== '';
  if (isOn && [...passphrase].length < lengthMin) throw new Refusal('backup.passphraseShort', { min: lengthMin });
  if (isOn) writeFileSafely(fileOf(company), passphrase);
  await transact(company, actor, async (work) => {
    await lockSettings(work);
    await storeSettings(work, { [encryptedKey]: isOn });
  });
  if (isOn) return;
  rmSync(fileOf(company), { force: true });
  flushFolder(company.folder);
}

/** The passphrase in a file, without the end of its line; null when there is no such file. */
export function readPassphrase(path: string): string | null {
  if (!existsSync(path)) return null;
  return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
}
