import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { StorePlace } from '../database/store.ts';
import { writeFileSafely } from '../files.ts';

export const entrySchema = z.strictObject({
  code: z.string().regex(/^[a-z0-9-]{1,30}$/),
  name: z.string().min(1).max(200),
  timeZone: z.string().max(60),
  engine: z.union([z.strictObject({ kind: z.literal('sqlite') }), z.strictObject({ kind: z.literal('postgres'), url: z.string() })]),
  /** Of a copy to practise in: which company it was copied from, and when. */
  practice: z.strictObject({ of: z.string(), at: z.string() }).optional(),
});
const registrySchema = z.strictObject({ companies: z.array(entrySchema).max(200) });

/** A company as the registry of a data folder names it. */
export type Entry = z.infer<typeof entrySchema>;

const registryFile = (dataFolder: string): string => join(dataFolder, 'companies.json');

/** The companies of a data folder; none in a new one. */
export function readRegistry(dataFolder: string): Entry[] {
  let text: string;
  try {
    text = readFileSync(registryFile(dataFolder), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return registrySchema.parse(JSON.parse(text)).companies;
}

/** Names these companies, all at once. */
export const writeRegistry = (dataFolder: string, companies: readonly Entry[]): void =>
  writeFileSafely(registryFile(dataFolder), JSON.stringify({ companies }, null, 2));

/** Where a company's files lie. */
export const folderOf = (dataFolder: string, code: string): string => join(dataFolder, 'companies', code);

/** Where a company's database lies. */
export function placeOf(entry: Pick<Entry, 'code' | 'engine'>, folder: string): StorePlace {
  if (entry.engine.kind === 'sqlite') return { engine: 'sqlite', file: join(folder, 'company.sqlite') };
  return { engine: 'postgres', url: entry.engine.url, schema: `company_${entry.code.replaceAll('-', '_')}` };
}

/** A company's folder with the folders that belong in it. */
export function makeFolders(folder: string): string {
  for (const inner of ['files', 'backups', 'imports']) mkdirSync(join(folder, inner), { recursive: true, mode: 0o700 });
  return folder;
}
