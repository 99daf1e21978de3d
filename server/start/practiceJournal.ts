import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { clearPlace } from '../database/openStore.ts';
import { flushFolder, writeFileSafely } from '../files.ts';
import { type Entry, entrySchema, folderOf, placeOf, readRegistry, writeRegistry } from './registry.ts';

const journalSchema = z.strictObject({ deed: z.enum(['making', 'removing']), entry: entrySchema });
type Journal = z.infer<typeof journalSchema>;

const journalFile = (dataFolder: string): string => join(dataFolder, 'practice.json');

/** Written before anything is done with a practice company, so that the next start can end or undo it. */
export const noteDeed = (dataFolder: string, journal: Journal): void => writeFileSafely(journalFile(dataFolder), JSON.stringify(journal));

export function forgetDeed(dataFolder: string): void {
  rmSync(journalFile(dataFolder), { force: true });
  flushFolder(dataFolder);
}

/** Removes all that is there of a practice company. */
export async function clearPractice(dataFolder: string, entry: Entry): Promise<void> {
  if (!entry.practice) throw new Error(`${entry.code} is no practice company`);
  const folder = folderOf(dataFolder, entry.code);
  await clearPlace(placeOf(entry, folder));
  rmSync(folder, { recursive: true, force: true });
}

/** Undoes a copying that was cut off, and ends a removal; every step can be taken twice. Called before a data folder is opened. */
export async function finishPractice(dataFolder: string): Promise<void> {
  if (!existsSync(journalFile(dataFolder))) return;
  const { deed, entry } = journalSchema.parse(JSON.parse(readFileSync(journalFile(dataFolder), 'utf8')));
  const entries = readRegistry(dataFolder);
  const known = entries.find(({ code }) => code === entry.code);
  // What is in the list was copied whole; and a real company of that code is nothing of ours.
  const isOurs = known === undefined || (known.practice !== undefined && deed === 'removing');
  if (isOurs) {
    if (known)
      writeRegistry(
        dataFolder,
        entries.filter((one) => one !== known),
      );
    await clearPractice(dataFolder, entry);
  }
  forgetDeed(dataFolder);
}
