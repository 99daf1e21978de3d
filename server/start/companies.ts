import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Catalogue } from '../../shared/kernel/catalogue.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { clock } from '../clock.ts';
import { openStore } from '../database/openStore.ts';
import type { StorePlace } from '../database/store.ts';
import { writeFileSafely } from '../files.ts';
import type { Announcement, Company, NewCompany } from '../work.ts';

const entrySchema = z.strictObject({
  code: z.string().regex(/^[a-z0-9-]{1,30}$/),
  name: z.string().min(1).max(200),
  timeZone: z.string().max(60),
  engine: z.union([z.strictObject({ kind: z.literal('sqlite') }), z.strictObject({ kind: z.literal('postgres'), url: z.string() })]),
});
const registrySchema = z.strictObject({ companies: z.array(entrySchema).max(200) });
type Entry = z.infer<typeof entrySchema>;

export interface CompaniesOptions {
  readonly dataFolder: string;
  readonly catalogue: Catalogue;
  readonly log: Logger;
  readonly announce: (company: Company, changes: readonly Announcement[]) => void;
}

/** The companies (账套) of this server: each has a folder with its own database, files and backups; the registry names them. */
export class Companies {
  readonly #options: CompaniesOptions;
  readonly #open = new Map<string, Company>();
  readonly #beingMade = new Set<string>();
  #entries: Entry[] = [];

  private constructor(options: CompaniesOptions) {
    this.#options = options;
  }

  /** Opens every company of the data folder and brings its database up to date. */
  static async open(options: CompaniesOptions): Promise<Companies> {
    const companies = new Companies(options);
    mkdirSync(join(options.dataFolder, 'companies'), { recursive: true, mode: 0o700 });
    companies.#entries = readRegistry(options.dataFolder);
    try {
      for (const entry of companies.#entries) await companies.#openOne(entry);
    } catch (refused) {
      await companies.close();
      throw refused;
    }
    return companies;
  }

  list(): readonly Company[] {
    return [...this.#open.values()];
  }

  find(code: string): Company | undefined {
    return this.#open.get(code);
  }

  /** Refuses 'company.exists' when the code is taken or being taken. The registry names the company only when it is filled. */
  async create<T>(wanted: NewCompany, fill: (company: Company) => Promise<T>): Promise<{ company: Company; filled: T }> {
    const entry = entrySchema.parse(wanted);
    const isTaken = this.#beingMade.has(entry.code) || this.#entries.some((known) => known.code === entry.code);
    if (isTaken) throw new Refusal('company.exists', { code: entry.code });
    this.#beingMade.add(entry.code);
    try {
      return await this.#make(entry, fill);
    } finally {
      this.#beingMade.delete(entry.code);
    }
  }

  async #make<T>(entry: Entry, fill: (company: Company) => Promise<T>): Promise<{ company: Company; filled: T }> {
    this.#putAside(entry.code);
    const company = await this.#openOne(entry);
    const filled = await fill(company).catch(async (fault: unknown) => {
      this.#open.delete(entry.code);
      await company.store.close();
      throw fault;
    });
    this.#entries.push(entry);
    writeFileSafely(registryFile(this.#options.dataFolder), JSON.stringify({ companies: this.#entries }, null, 2));
    return { company, filled };
  }

  /** What an interrupted set-up left behind is kept, but out of the way. */
  #putAside(code: string): void {
    const folder = join(this.#options.dataFolder, 'companies', code);
    if (existsSync(folder)) renameSync(folder, `${folder}.unfinished-${clock.now()}`);
  }

  async close(): Promise<void> {
    for (const company of this.#open.values()) await company.store.close();
    this.#open.clear();
  }

  async #openOne(entry: Entry): Promise<Company> {
    const { dataFolder, catalogue, log, announce } = this.#options;
    const folder = join(dataFolder, 'companies', entry.code);
    for (const inner of ['files', 'backups', 'imports']) mkdirSync(join(folder, inner), { recursive: true, mode: 0o700 });
    const store = await openStore(placeOf(entry, folder));
    const company: Company = {
      code: entry.code,
      name: entry.name,
      folder,
      catalogue,
      store,
      timeZone: entry.timeZone,
      announce: (changes) => announce(company, changes),
      report: (fault) => log.error({ company: entry.code, err: fault }, 'fault beside the work'),
    };
    try {
      await store.migrate();
    } catch (fault) {
      await store.close();
      throw fault;
    }
    this.#open.set(entry.code, company);
    return company;
  }
}

const registryFile = (dataFolder: string): string => join(dataFolder, 'companies.json');

function placeOf(entry: Entry, folder: string): StorePlace {
  if (entry.engine.kind === 'sqlite') return { engine: 'sqlite', file: join(folder, 'company.sqlite') };
  return { engine: 'postgres', url: entry.engine.url, schema: `company_${entry.code.replaceAll('-', '_')}` };
}

function readRegistry(dataFolder: string): Entry[] {
  let text: string;
  try {
    text = readFileSync(registryFile(dataFolder), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return registrySchema.parse(JSON.parse(text)).companies;
}
