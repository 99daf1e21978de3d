import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startPostgres } from '../support/postgres.ts';
import { makeCompany } from './faults/company.ts';
import { type Figure, printFigures } from './faults/figures.ts';
import { killInRounds } from './faults/killedRounds.ts';
import { backUpUnderWork } from './faults/largeBackup.ts';
import { killUnderCrowd } from './faults/restarts.ts';
import { workOverSlowLines } from './faults/slowLine.ts';
import { soak } from './faults/soak.ts';
import { refetchStorm } from './faults/storm.ts';
import { upgradeLarge } from './faults/upgrade.ts';

/**
 * The long form of the faults that the tests tell in short: a server killed again and again while people write, a large company backed
 * up under work and restored, brought up to date by a later release, hours of work, a crowd that fetches everything anew. Prints one table of what was asked and what was
 * found, and fails when a figure is missed. Times depend on the machine; those beside `tar` do not.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'killed,backup,upgrade,soak,storm,restarts,line' },
    engine: { type: 'string', default: 'sqlite,postgres' },
    rounds: { type: 'string', default: '300' },
    writers: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    'size-mb': { type: 'string', default: '5000' },
    documents: { type: 'string', default: '100000' },
    minutes: { type: 'string', default: '480' },
    clients: { type: 'string', default: '50' },
    sockets: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '30' },
    restarts: { type: 'string', default: '20' },
  },
});
const sizes = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]));
const results = fileURLToPath(new URL('../results/', import.meta.url));
mkdirSync(results, { recursive: true });
const folder = mkdtempSync(join(results, 'faults-'));
// What is restored beside lies on the disk that is measured, not in memory.
process.env.TMPDIR = folder;
const figures: Figure[] = [];
const wanted = (part: string): boolean => values.only.split(',').includes(part);
const usual = { orders: 300, attachmentsMb: 0 };

try {
  if (wanted('killed')) for (const engine of values.engine.split(',')) await killed(engine);
  if (wanted('backup')) await backup();
  if (wanted('upgrade')) await upgrade();
  if (wanted('soak'))
    figures.push(...(await soak(await makeCompany(join(folder, 'soak'), usual), { minutes: sizes.minutes!, clients: sizes.clients! })));
  if (wanted('storm')) {
    const data = await makeCompany(join(folder, 'storm'), { ...usual, orders: 10_000 });
    figures.push(...(await refetchStorm(data, { clients: sizes.sockets!, seconds: sizes.seconds! })));
  }
  if (wanted('restarts')) {
    const data = await makeCompany(join(folder, 'restarts'), { ...usual, orders: 10_000 });
    figures.push(...(await killUnderCrowd(data, { clients: sizes.sockets!, restarts: sizes.restarts! })));
  }
  if (wanted('line')) figures.push(...(await workOverSlowLines(await makeCompany(join(folder, 'line'), { ...usual, orders: 10_000 }))));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
printFigures(figures);
process.exit(figures.every(({ isMet }) => isMet) ? 0 : 1);

async function killed(engine: string): Promise<void> {
  console.log(`killed at random on ${engine}, seed ${values.seed}`);
  const postgres = engine === 'postgres' ? await startPostgres(join(results, `postgres-${process.pid}`)) : undefined;
  try {
    const data = await makeCompany(join(folder, `killed-${engine}`), {
      ...usual,
      ...(postgres ? { postgres: await postgres.newDatabase() } : {}),
    });
    const { wrong, figures: found } = await killInRounds(data, { rounds: sizes.rounds!, writers: sizes.writers!, seed: sizes.seed! });
    for (const text of wrong.slice(0, 20)) console.log(`wrong: ${text}`);
    figures.push(...found.map((one) => ({ ...one, name: `${engine}: ${one.name}` })));
  } finally {
    await postgres?.stop();
  }
}

/** A fifth of it is rows, the rest attachments. */
async function backup(): Promise<void> {
  const sizeMb = sizes['size-mb']!;
  // An order with all that belongs to it takes some 8 KB.
  const size = { orders: Math.max(200, sizeMb * 25), attachmentsMb: Math.round(0.8 * sizeMb), writers: 5, quietMs: 10_000 };
  const { findings, figures: found } = await backUpUnderWork(join(folder, 'large'), size);
  for (const text of findings.slice(0, 20)) console.log(`wrong: ${text}`);
  figures.push(...found);
}

async function upgrade(): Promise<void> {
  const { findings, figures: found } = await upgradeLarge(join(folder, 'upgraded'), sizes.documents!);
  for (const text of findings.slice(0, 20)) console.log(`wrong: ${text}`);
  figures.push(...found);
}
