import type { BlockList } from 'node:net';
import type { Logger } from 'pino';
import type { ClosedCompany } from '../shared/contracts/upgrades.ts';
import type { Catalogue } from '../shared/kernel/catalogue.ts';
import type { DiskPlaces } from './backup/removable.ts';
import type { RestoreDesk } from './backup/restoreDesk.ts';
import type { Practices } from './practice/practices.ts';
import type { Shown } from './tls/keep.ts';
import type { Pairing } from './tls/pairing.ts';
import type { Succession } from './tls/succession.ts';
import type { Health } from './vitals/health.ts';
import type { Metrics } from './vitals/metrics.ts';
import type { Company, NewCompany } from './work.ts';

/** The running server as its doors see it: the companies it keeps, and nothing global besides. */
export interface Server {
  readonly version: string;
  readonly dataFolder: string;
  readonly catalogue: Catalogue;
  readonly log: Logger;
  /** Every company that is open. */
  readonly companies: () => readonly Company[];
  /** Refuses 'company.upgrading', 'company.notUpgraded', 'database.newer' or 'database.missing' for one that nobody can work in now. */
  readonly company: (code: string) => Company | undefined;
  /** Companies that nobody can work in now. */
  readonly closed: () => readonly { readonly code: string; readonly name: string; readonly closed: ClosedCompany }[];
  /** Makes a new company's folder and database, fills it and remembers it. Refuses 'company.exists'. */
  readonly createCompany: <T>(wanted: NewCompany, fill: (company: Company) => Promise<T>) => Promise<{ company: Company; filled: T }>;
  /** What a person must type to set the server up from another machine; shown on the console until there is a company. */
  readonly setupCode: string;
  /** Names by which this server may be called in a Host header besides its addresses. */
  readonly hostNames: readonly string[];
  /** Where companies are copied to practise in. */
  readonly practices: Practices;
  /** What it says of itself to whoever looks after it. */
  readonly health: Health;
  /** Figures for those who watch it by a program; null unless the server was started with them. */
  readonly metrics: Metrics | null;
  /** Where an empty server is given a backup. */
  readonly restoreDesk: RestoreDesk;
  /** Where disks that can be pulled out are looked for. */
  readonly disks: DiskPlaces;
  /** Addresses of proxies that are believed when they say for whom they ask; none unless the server was started with some. */
  readonly trustedProxies?: BlockList;
  /** What it shows to whoever connects, and how clients come to trust it; null while it speaks without TLS. */
  readonly tls: {
    readonly shown: () => Shown;
    readonly pairing: Pairing;
    readonly succession: () => Succession | null;
    readonly roots: () => readonly string[];
  } | null;
}
