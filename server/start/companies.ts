import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Logger } from 'pino';
import type { Catalogue } from '../../shared/kernel/catalogue.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { clock } from '../clock.ts';
import { openStore } from '../database/openStore.ts';
import { flushFolder } from '../files.ts';
import type { Announcement, Company, NewCompany } from '../work.ts';
import { type Entry, entrySchema, folderOf, placeOf, readRegistry, writeRegistry } from './registry.ts';
import { finishRestore, type RestoreOptions, restoreCompany } from './restore.ts';

export interface CompaniesOptions {
  readonly dataFolder: string;
  readonly catalogue: Catalogue;
  readonly log: Logger;
  readonly announce: (company: Company, changes: readonly Announcement[]) => void;
}

/** Stands among the codes being made; no company can be called so. */
const restoring = '*';

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
    await finishRestore(options.dataFolder);
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
    const isTaken =
      this.#beingMade.has(entry.code) || this.#beingMade.has(restoring) || this.#entries.some((known) => known.code === entry.code);
    if (isTaken) throw new Refusal('company.exists', { code: entry.code });
    this.#beingMade.add(entry.code);
    try {
      return await this.#make(entry, fill);
    } finally {
      this.#beingMade.delete(entry.code);
    }
  }

  /**
   * Restores a company into a data folder that has none, and opens it. Refuses 'setup.done' where there is one, 'company.exists' while
   * one is being made, and like restoreCompany.
   */
  async restoreFirst(file: string, of: Pick<RestoreOptions, 'passphrase' | 'progress'>): Promise<void> {
    const { dataFolder, catalogue } = this.#options;
    if (this.#entries.length > 0) throw new Refusal('setup.done');
    const [making] = this.#beingMade;
    if (making !== undefined) throw new Refusal('company.exists', { code: making });
    this.#beingMade.add(restoring);
    try {
      await restoreCompany(file, { ...of, dataFolder, catalogue });
      for (const entry of readRegistry(dataFolder)) {
        await this.#openOne(entry);
        this.#entries.push(entry);
      }
    } finally {
      this.#beingMade.delete(restoring);
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
    writeRegistry(this.#options.dataFolder, this.#entries);
    return { company, filled };
  }

  /** What an interrupted set-up left behind is kept, but out of the way. */
  #putAside(code: string): void {
    const folder = folderOf(this.#options.dataFolder, code);
    if (existsSync(folder)) renameSync(folder, `${folder}.unfinished-${clock.now()}`);
  }

  async close(): Promise<void> {
    for (const company of this.#open.values()) await company.store.close();
    this.#open.clear();
  }

  async #openOne(entry: Entry): Promise<Company> {
    const { dataFolder, catalogue, log, announce } = this.#options;
    const folder = folderOf(dataFolder, entry.code);
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
    // The database makes its rows durable, but not the names of the folders it lies in.
    for (const named of [folder, dirname(folder)]) flushFolder(named);
    this.#open.set(entry.code, company);
    return company;
  }
}
