import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Logger } from 'pino';
import type { PracticeAnswer } from '../../shared/contracts/practice.ts';
import type { ClosedCompany } from '../../shared/contracts/upgrades.ts';
import type { Catalogue } from '../../shared/kernel/catalogue.ts';
import { instantOf } from '../../shared/kernel/days.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { forgetActors } from '../access/rights.ts';
import { refuseWithoutRoom } from '../backup/backUp.ts';
import type { Turn } from '../backup/running.ts';
import { clock } from '../clock.ts';
import { openStore, standingAt } from '../database/openStore.ts';
import { forgetSettings } from '../engine/settings.ts';
import { failpoint } from '../failpoints.ts';
import { flushFolder } from '../files.ts';
import { LivingNeighbours } from '../neighbours/neighbours.ts';
import { copyCompany } from '../practice/copyCompany.ts';
import { linesOf, waiting } from '../upgrade/upgradeCompany.ts';
import { upgradeInTurn } from '../upgrade/upgradeInTurn.ts';
import type { Announcement, Company, NewCompany } from '../work.ts';
import { claim } from './claim.ts';
import { clearPractice, finishPractice, forgetDeed, noteDeed } from './practiceJournal.ts';
import { type Entry, entrySchema, folderOf, makeFolders, placeOf, readRegistry, writeRegistry } from './registry.ts';
import { finishRestore, type RestoreOptions, restoreCompany } from './restore.ts';

export interface CompaniesOptions {
  readonly dataFolder: string;
  readonly catalogue: Catalogue;
  readonly log: Logger;
  readonly announce: (company: Company, changes: readonly Announcement[]) => void;
  /** Shows somebody at the console how an upgrade goes. */
  readonly tell?: (line: string) => void;
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

/** `demo-practice`: it fits where a code fits. */
const practiceCodeOf = (code: string): string => `${code.slice(0, 21)}-practice`;

/** Why a company stays closed although nothing was tried. */
const untouched: readonly string[] = ['database.newer', 'database.missing'];

/** Stands among the codes being made; no company can be called so. */
const restoring = '*';

/** The companies (账套) of this server: each has a folder with its own database, files and backups; the registry names them. */
export class Companies {
  readonly #options: CompaniesOptions;
  readonly #open = new Map<string, Company>();
  readonly #neighbours = new Map<string, LivingNeighbours>();
  readonly #beingMade = new Set<string>();
  readonly #closed = new Map<string, ClosedCompany>();
  readonly #stopper = new AbortController();
  #upgrading: Promise<void> = Promise.resolve();
  #entries: Entry[] = [];

  private constructor(options: CompaniesOptions) {
    this.#options = options;
  }

  /**
   * Opens every company of the data folder. One whose database is older than the program is upgraded while the others are served, see
   * `settled`; one whose database is newer, or has gone, stays closed.
   */
  static async open(options: CompaniesOptions): Promise<Companies> {
    const companies = new Companies(options);
    mkdirSync(join(options.dataFolder, 'companies'), { recursive: true, mode: 0o700 });
    await finishRestore(options.dataFolder);
    await finishPractice(options.dataFolder);
    companies.#entries = readRegistry(options.dataFolder);
    try {
      const older: Entry[] = [];
      for (const entry of companies.#entries) if (!(await companies.#openIfReady(entry))) older.push(entry);
      companies.#upgrading = companies.#upgradeAll(older);
    } catch (refused) {
      await companies.close();
      throw refused;
    }
    return companies;
  }

  list(): readonly Company[] {
    return [...this.#open.values()];
  }

  /** Refuses 'company.upgrading' {company, phase, done, all} while it is being upgraded, 'company.notUpgraded' {company} when that failed, 'database.newer', 'database.missing'. */
  find(code: string): Company | undefined {
    const closed = this.#closed.get(code);
    if (!closed) return this.#open.get(code);
    const { phase, done, all, refusal } = closed;
    if (phase !== 'failed') throw new Refusal('company.upgrading', { company: code, phase, done, all });
    if (refusal && untouched.includes(refusal.code)) throw new Refusal(refusal.code, refusal.facts);
    throw new Refusal('company.notUpgraded', { company: code });
  }

  /** Companies that nobody can work in now. */
  closed(): readonly { readonly code: string; readonly name: string; readonly closed: ClosedCompany }[] {
    return this.#entries.flatMap(({ code, name }) => {
      const closed = this.#closed.get(code);
      return closed ? [{ code, name, closed }] : [];
    });
  }

  /** Ends when nothing is being upgraded any more. */
  settled(): Promise<void> {
    return this.#upgrading;
  }

  /**
   * Opens what another process of the same data folder has made meanwhile, and closes what it has thrown away. One that cannot be
   * opened (on SQLite, which belongs to the process that made it) is told once.
   */
  async openNew(): Promise<void> {
    // Whoever holds a company on SQLite is the only process that the data folder lets start.
    const engines = this.list().map(({ store }) => store.engine);
    if (this.#beingMade.size > 0 || (engines.length > 0 && !engines.includes('postgres'))) return;
    const named = readRegistry(this.#options.dataFolder);
    for (const company of [...this.#open.values()].filter(({ code }) => !named.some((entry) => entry.code === code))) {
      this.#entries = this.#entries.filter(({ code }) => code !== company.code);
      await this.#closeOne(company);
    }
    for (const entry of named) {
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
  async restoreFirst(file: string, of: Pick<RestoreOptions, 'passphrase' | 'progress' | 'numbers'>): Promise<void> {
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

  /** See Practices. */
  practiceOf(of: string): PracticeAnswer['practice'] {
    const entry = this.#practiceOf(of);
    return entry?.practice ? { code: entry.code, name: entry.name, at: entry.practice.at } : null;
  }

  /** See Practices: the registry names the copy only when it is whole. */
  async makePractice(of: string, turn: Turn): Promise<void> {
    const { dataFolder } = this.#options;
    const [company, source] = [this.find(of), this.#entries.find(({ code }) => code === of)];
    if (!company || !source) throw new Refusal('company.unknown', { code: of });
    if (source.practice) throw new Refusal('practice.ofPractice');
    const there = this.#practiceOf(of);
    if (there) throw new Refusal('practice.exists', { code: there.code });
    const entry: Entry = { ...source, code: practiceCodeOf(of), practice: { of, at: instantOf(clock.now()) } };
    if (this.#beingMade.size > 0 || this.#entries.some(({ code }) => code === entry.code))
      throw new Refusal('company.exists', { code: entry.code });
    this.#beingMade.add(entry.code);
    try {
      this.#putAside(entry.code);
      noteDeed(dataFolder, { deed: 'making', entry });
      await clearPractice(dataFolder, entry);
      await this.#copy(company, entry, turn);
      failpoint('practice-loaded');
      this.#entries.push(entry);
      this.#nameIn(entry);
      failpoint('practice-named');
      await this.#openOne(entry);
    } catch (fault) {
      if (!this.#entries.includes(entry)) await clearPractice(dataFolder, entry);
      throw fault;
    } finally {
      forgetDeed(dataFolder);
      this.#beingMade.delete(entry.code);
    }
  }

  async #copy(company: Company, entry: Entry, turn: Turn): Promise<void> {
    const folder = makeFolders(folderOf(this.#options.dataFolder, entry.code));
    await refuseWithoutRoom(company, folder);
    const { code, name, timeZone } = entry;
    await copyCompany(
      {
        from: { place: company.store.place, folder: company.folder, company: { code: company.code, name, timeZone } },
        to: { place: placeOf(entry, folder), folder, company: { code, name, timeZone } },
      },
      turn,
    );
  }

  /** See Practices. */
  async removePractice(of: string, name: string): Promise<void> {
    const { dataFolder } = this.#options;
    const entry = this.#practiceOf(of);
    if (!entry) throw new Refusal('practice.none');
    if (name.trim() !== entry.name) throw new Refusal('practice.otherName');
    const closed = this.#closed.get(entry.code);
    if (closed && closed.phase !== 'failed') this.find(entry.code);
    noteDeed(dataFolder, { deed: 'removing', entry });
    const company = this.#open.get(entry.code);
    this.#closed.delete(entry.code);
    this.#entries.splice(this.#entries.indexOf(entry), 1);
    writeRegistry(
      dataFolder,
      readRegistry(dataFolder).filter(({ code }) => code !== entry.code),
    );
    failpoint('practice-unnamed');
    if (company) await this.#closeOne(company);
    await clearPractice(dataFolder, entry);
    forgetDeed(dataFolder);
  }

  #practiceOf(of: string): Entry | undefined {
    return this.#entries.find(({ practice }) => practice?.of === of);
  }

  async #make<T>(entry: Entry, fill: (company: Company) => Promise<T>): Promise<{ company: Company; filled: T }> {
    this.#putAside(entry.code);
    const company = await this.#openOne(entry);
    const filled = await fill(company).catch(async (fault: unknown) => {
      await this.#closeOne(company);
      throw fault;
    });
    this.#entries.push(entry);
    this.#nameIn(entry);
    return { company, filled };
  }

  /** Another process may have named one meanwhile. */
  #nameIn(entry: Entry): void {
    const others = readRegistry(this.#options.dataFolder).filter(({ code }) => code !== entry.code);
    writeRegistry(this.#options.dataFolder, [...others, entry]);
  }

  /** What an interrupted set-up left behind is kept, but out of the way. */
  #putAside(code: string): void {
    const folder = folderOf(this.#options.dataFolder, code);
    if (existsSync(folder)) renameSync(folder, `${folder}.unfinished-${clock.now()}`);
  }

  async close(): Promise<void> {
    this.#stopper.abort();
    await this.#upgrading;
    for (const company of [...this.#open.values()]) await this.#closeOne(company);
  }

  async #closeOne(company: Company): Promise<void> {
    this.#open.delete(company.code);
    await this.#neighbours.get(company.code)?.close();
    this.#neighbours.delete(company.code);
    await company.store.close();
  }

  /** Gives false for a company that has to be upgraded first. */
  async #openIfReady(entry: Entry): Promise<boolean> {
    try {
      const place = placeOf(entry, folderOf(this.#options.dataFolder, entry.code));
      const standing = await standingAt(place);
      // A company is named only when it is filled: its disk or its server is not the one it was, and nothing new is begun in its name.
      if (standing === 'empty') throw new Refusal('database.missing', { place: place.engine === 'sqlite' ? place.file : place.schema });
      if (standing === 'older') this.#closed.set(entry.code, waiting);
      else await this.#openOne(entry);
      return standing !== 'older';
    } catch (refusal) {
      // Data of another program, or none, are not ours to touch, and no reason to leave the other companies alone.
      if (!(refusal instanceof Refusal) || !untouched.includes(refusal.code)) throw refusal;
      this.#stayClosed(entry, refusal);
      return true;
    }
  }

  /** One after the other: each needs the disk for itself. */
  async #upgradeAll(entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) {
      if (this.#stopper.signal.aborted) return;
      try {
        await this.#upgrade(entry);
      } catch (fault) {
        if (!this.#stopper.signal.aborted) this.#stayClosed(entry, fault);
      }
    }
  }

  async #upgrade(entry: Entry): Promise<void> {
    const { dataFolder, log, tell } = this.#options;
    const { code, name, timeZone } = entry;
    const folder = makeFolders(folderOf(dataFolder, code));
    const told = linesOf(code, (line) => tell?.(line));
    const archive = await upgradeInTurn(
      { place: placeOf(entry, folder), folder, dataFolder, company: { code, name, timeZone } },
      {
        signal: this.#stopper.signal,
        progress: (so) => {
          told(so);
          this.#closed.set(code, { ...waiting, ...so, statement: so.statement ?? null });
        },
      },
    );
    await this.#openOne(entry);
    this.#closed.delete(code);
    if (archive === null) return;
    log.info({ company: code, archive }, 'upgraded');
    tell?.(`${code}: 升级完成 · upgraded; ${archive}`);
  }

  #stayClosed({ code }: Entry, fault: unknown): void {
    const { log, tell } = this.#options;
    const isExpected = fault instanceof Refusal;
    const refusal = isExpected ? { code: fault.code, facts: fault.facts } : { code: 'fault', facts: {} };
    this.#closed.set(code, { ...waiting, phase: 'failed', refusal });
    log.error({ company: code, ...(isExpected ? refusal : { err: fault }) }, 'the company stays closed');
    const why = isExpected ? `${refusal.code} ${JSON.stringify(refusal.facts)}` : (fault as Error).message;
    tell?.(`${code}: 无法打开，数据未作任何改动 · cannot be opened, nothing was changed: ${why}`);
  }

  async #openOne(entry: Entry): Promise<Company> {
    const { dataFolder, catalogue, log, announce } = this.#options;
    const folder = makeFolders(folderOf(dataFolder, entry.code));
    const store = await openStore(placeOf(entry, folder));
    const opened: Company = {
      code: entry.code,
      name: entry.name,
      folder,
      dataFolder,
      catalogue,
      store,
      timeZone: entry.timeZone,
      ...(entry.practice ? { practice: entry.practice } : {}),
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
    // The database makes its rows durable, but not the names of the folders it lies in.
    for (const named of [folder, dirname(folder)]) flushFolder(named);
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
