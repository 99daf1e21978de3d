import { constants, getPriority, setPriority } from 'node:os';
import { catalogue } from '../../shared/catalogue.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { type Ending, endingOf } from '../apart.ts';
import { openStore } from '../database/openStore.ts';
import type { StorePlace } from '../database/store.ts';
import { offerFeatures } from '../features/offer.ts';
import type { Lock } from './lock.ts';
import type { Manifest } from './manifest.ts';
import { type BackupProof, proveBackup } from './proveBackup.ts';
import { writeBackup } from './writeBackup.ts';

/** What the process is to do: write an archive of a company, then prove it. */
export interface BackupTask {
  readonly place: StorePlace;
  readonly folder: string;
  readonly dataFolder?: string | undefined;
  readonly company: Manifest['company'];
  readonly version: string;
  /** Where the archive is to lie. */
  readonly path: string;
  /** Where the proof may restore it to. */
  readonly scratch: string;
  /** Under which it is written; none leaves it readable. */
  readonly lock: Lock | null;
}

/** What is told of the archive that was made, without the list of its entries. */
export type MadeArchive = Omit<BackupProof, 'manifest'> & { readonly manifest: Omit<Manifest, 'entries'> };

export type BackupSign =
  | { readonly progress: { readonly phase: 'writing' | 'proving'; readonly done: number; readonly all: number } }
  | { readonly ending: Ending<MadeArchive> };

if (!process.send) throw new Error('a backup is made in a process of its own');
const tell = (sign: BackupSign): void => void process.send?.(sign);

standBack();
process.once('message', (task) => void run(task as BackupTask));
// The server has ended: nobody waits for the archive any more.
process.once('disconnect', () => process.exit(1));

async function run(task: BackupTask): Promise<void> {
  tell({ ending: await endingOf(() => backUp(task)) });
}

const quickMs = 4000;

/** A small company's backup is over before anybody notices; in a longer one, people who work go first. */
function standBack(): void {
  const { PRIORITY_BELOW_NORMAL } = constants.priority;
  const watching = setInterval(() => {
    const { user, system } = process.cpuUsage();
    if ((user + system) / 1000 < quickMs) return;
    clearInterval(watching);
    try {
      if (getPriority() < PRIORITY_BELOW_NORMAL) setPriority(PRIORITY_BELOW_NORMAL);
    } catch {
      // A system that does not let us only lets them wait a little longer.
    }
  }, 500);
}

async function backUp({ place, path, scratch, lock, ...source }: BackupTask): Promise<MadeArchive> {
  offerFeatures();
  const store = await openStore(place.engine === 'sqlite' ? { ...place, readOnly: true } : place);
  try {
    await writeBackup({ ...source, store }, path, {
      ...(lock ? { lock } : {}),
      progress: (so) => tell({ progress: { phase: 'writing', ...so } }),
    });
  } finally {
    await store.close();
  }
  const proof = await proveBackup(path, {
    catalogue,
    scratch,
    passphrase: lock?.passphrase,
    progress: (so) => tell({ progress: { phase: 'proving', ...so } }),
  }).catch(asFullDisk);
  const { entries: _entries, ...manifest } = proof.manifest;
  return { manifest, findings: proof.findings, sha256: proof.sha256 };
}

/** No room for the scratch database is no room for the backup. */
function asFullDisk(fault: unknown): never {
  throw fault instanceof Refusal && fault.code === 'database.full' ? new Refusal('backup.diskFull') : fault;
}
