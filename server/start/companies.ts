import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Catalogue } from '../../shared/kernel/catalogue.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { forgetActors } from '../access/rights.ts';
import { clock } from '../clock.ts';
import { openStore } from '../database/openStore.ts';
import { forgetSettings } from '../engine/settings.ts';
import { LivingNeighbours } from '../neighbours/neighbours.ts';
import type { Announcement, Company, NewCompany } from '../work.ts';
import { type Entry, entrySchema, folderOf, placeOf, readRegistry, writeRegistry } from './registry.ts';
import { finishRestore, type RestoreOptions, restoreCompany } from './restore.ts';

export interface CompaniesOptions {
  readonly dataFolder: string;
  readonly catalogue: Catalogue;
  readonly log: Logger;
  readonly announce: (company: Company, changes: readonly Announcement[]) => void;
  /** What is done about what other processes say that keep a company on PostgreSQL. */
  readonly heard?: HeardOfCompanies;
}

export interface HeardOfCompanies {
  readonly changed: (company: Company, changes: readonly Announcement[]) => void;
  readonly ended: (company: Company, sessions: readonly number[]) => void;
  readonly missed: (company: Company) => void;
  /** This process is to do what the company does by itself; one that says nothing here never is. */
  readonly leads?: (company: Company) => void;
}

/** Stands among the codes being made; no company can be called so. */
const restoring = '*';

/** The companies (账套) of this server: each has a folder with its own database, files and backups; the registry names them. */
export class Companies {
  readonly #options: CompaniesOptions;
  readonly #open = new Map<string, Company>();
  readonly #neighbours = new Map<string, LivingNeighbours>();
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

  /**
   * Opens what another process of the same data folder has made meanwhile. One that cannot be opened (on SQLite, which belongs to
   * the process that made it) is told once.
   */
  async openNew(): Promise<void> {
    if (this.#beingMade.size > 0) return;
    for (const entry of readRegistry(this.#options.dataFolder)) {
      if (this.#entries.some(({ code }) => code === entry.code)) continue;
      this.#entries.push(entry);
      await this.#openOne(entry).catch((fault: unknown) =>
        this.#options.log.error({ err: fault, company: entry.code }, 'company of another process'),
      );
    }
  }

  /** Refuses 'company.exists' when the code is taken or being taken. The registry names the company only when it is filled. */
  async create<T>(wanted: NewCompany, fill: (company: Company) => Promise<T>): Promise<{ company: Company; filled: T }> {
    const entry = entrySchema.parse(wanted);
    const known = [...this.#entries, ...readRegistry(this.#options.dataFolder)];
    const isTaken = this.#beingMade.has(entry.code) || this.#beingMade.has(restoring) || known.some(({ code }) => code === entry.code);
    if (isTaken) throw new Refusal('company.exists', { code: entry.code });
    this.#beingMade.add(entry.code);
    const giveBack = claim(`${folderOf(this.#options.dataFolder, entry.code)}.making`, entry.code);
    try {
      return await this.#make(entry, fill);
    } finally {
      giveBack();
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
      await this.#closeOne(company);
      throw fault;
    });
    this.#entries.push(entry);
    // Another process may have named one meanwhile.
    const others = readRegistry(this.#options.dataFolder).filter(({ code }) => code !== entry.code);
    writeRegistry(this.#options.dataFolder, [...others, entry]);
    return { company, filled };
  }

  /** What an interrupted set-up left behind is kept, but out of the way. */
  #putAside(code: string): void {
    const folder = folderOf(this.#options.dataFolder, code);
    if (existsSync(folder)) renameSync(folder, `${folder}.unfinished-${clock.now()}`);
  }

  async close(): Promise<void> {
    for (const company of [...this.#open.values()]) await this.#closeOne(company);
  }

  async #closeOne(company: Company): Promise<void> {
    this.#open.delete(company.code);
    await this.#neighbours.get(company.code)?.close();
    this.#neighbours.delete(company.code);
    await company.store.close();
  }

  async #openOne(entry: Entry): Promise<Company> {
    const { dataFolder, catalogue, log, announce } = this.#options;
    const folder = folderOf(dataFolder, entry.code);
    for (const inner of ['files', 'backups', 'imports']) mkdirSync(join(folder, inner), { recursive: true, mode: 0o700 });
    const store = await openStore(placeOf(entry, folder));
    const opened: Company = {
      code: entry.code,
      name: entry.name,
      folder,
      catalogue,
      store,
      timeZone: entry.timeZone,
      announce: (changes) => announce(opened, changes),
      report: (fault) => log.error({ company: entry.code, err: fault }, 'fault beside the work'),
    };
    try {
      await store.migrate();
      await this.#meet(opened);
    } catch (fault) {
      await this.#neighbours.get(entry.code)?.close();
      await store.close();
      throw fault;
    }
    this.#open.set(entry.code, opened);
    return opened;
  }

  /** Finds the other processes that keep the company, and hears what they say from now on. */
  async #meet(company: Company): Promise<void> {
    const { heard } = this.#options;
    const leads = heard?.leads;
    const neighbours = await LivingNeighbours.open(company.store.place, {
      changed: (changes) => heard?.changed(company, changes),
      ended: (sessions) => heard?.ended(company, sessions),
      missed: () => heard?.missed(company),
      rights: () => forgetActors(company),
      settings: () => forgetSettings(company),
      ...(leads ? { leads: () => leads(company) } : {}),
    });
    this.#neighbours.set(company.code, neighbours);
    Object.assign(company, { neighbours });
  }
}

/** A company is made once, whichever process is asked: whoever makes the file first. What a killed one left counts no more after a while. */
function claim(file: string, code: string): () => void {
  const madeAtMs = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (madeAtMs !== undefined && clock.now() - madeAtMs > claimMaxMs) rmSync(file, { force: true });
  try {
    writeFileSync(file, '', { flag: 'wx', mode: 0o600 });
  } catch (fault) {
    throw (fault as NodeJS.ErrnoException).code === 'EEXIST' ? new Refusal('company.exists', { code }) : fault;
  }
  return () => rmSync(file, { force: true });
}

const claimMaxMs = 15 * 60_000;
