import { setTimeout as sleep } from 'node:timers/promises';
import { tableOf } from '../../../server/database/tables.ts';
import { tablesAfter } from '../../../server/database/tablesAfter.ts';
import { catalogue } from '../../../shared/catalogue.ts';
import type { ClosedCompany } from '../../../shared/contracts/upgrades.ts';
import { countsIn } from '../../faults/recorder/afterwards.ts';
import { beside, type DataFolder, findingsIn, startServer } from '../../support/childServer.ts';
import type { Api } from '../../support/server.ts';
import { laterAndLarge } from '../../upgrade/later.ts';
import { makeCompany } from './company.ts';
import { type Figure, figure, round, told } from './figures.ts';

export interface LargeUpgrade {
  /** What was wrong afterwards. */
  readonly findings: readonly string[];
  readonly figures: readonly Figure[];
}

/** Whoever waits has to see that it goes on. */
const quietMaxS = 60;

/**
 * A later release finds a company with so many documents, and some of its steps write all orders and their lines anew: how long does the
 * upgrade of the real server take, from its start to the open door, how often does it tell how far it is, and is everything right then.
 */
export async function upgradeLarge(folder: string, documents: number): Promise<LargeUpgrade> {
  const data = await makeCompany(folder, { orders: Math.ceil(documents / documentsPerOrder), attachmentsMb: 0 });
  const before = await standingOf(data);
  const upgraded = await upgrade(data);
  const after = await standingOf(data);
  const findings = [...(await findingsIn(data)), ...wrongAfter(before, after)];
  return {
    findings,
    figures: [
      told('documents', `${before.documents} (${before.rows} rows in all)`),
      figure('findings after the upgrade', findings.length, 'exactly', 0),
      figure('upgrade, from the start of the program to the open door', upgraded.totalS, 'below', 600, 's'),
      ...upgraded.phases.map(({ phase, seconds, told: count }) => told(`upgrade, ${phase}`, `${round(seconds)} s, told ${count} times`)),
      figure('longest time nothing was told', upgraded.quiet.seconds, 'below', quietMaxS, 's'),
      told('what had been told last then', upgraded.quiet.after),
    ],
  };
}

/** An order of the made-up history with what it became; some are only quotations. */
const documentsPerOrder = 3;

interface Upgraded {
  readonly totalS: number;
  readonly phases: readonly { phase: string; seconds: number; told: number }[];
  readonly quiet: { readonly seconds: number; readonly after: string };
}

async function upgrade(data: DataFolder<unknown>): Promise<Upgraded> {
  const began = performance.now();
  const server = await startServer(data, undefined, [], laterAndLarge);
  const phases = new Map<string, { from: number; until: number; told: number }>();
  let last = { text: '', at: performance.now() };
  let quiet = { ms: 0, after: '' };
  for (;;) {
    const closed = await closedAt(server);
    const now = performance.now();
    if (now - last.at > quiet.ms) quiet = { ms: now - last.at, after: last.text };
    if (closed?.phase === 'failed') throw new Error(`The upgrade failed: ${JSON.stringify(closed.refusal)}`);
    if (!closed) break;
    const text = JSON.stringify(closed);
    if (text !== last.text) {
      const phase = phases.get(closed.phase) ?? { from: last.at, until: now, told: 0 };
      phases.set(closed.phase, { ...phase, until: now, told: phase.told + 1 });
      last = { text, at: now };
    }
    await sleep(20);
  }
  const totalS = (performance.now() - began) / 1000;
  await server.stop();
  return {
    totalS,
    quiet: { seconds: quiet.ms / 1000, after: quiet.after },
    phases: [...phases].map(([phase, { from, until, told: count }]) => ({ phase, seconds: (until - from) / 1000, told: count })),
  };
}

async function closedAt(api: Api): Promise<ClosedCompany | undefined> {
  const { companies } = (await api.call('GET', '/api/state')).body as unknown as { companies: { closed?: ClosedCompany }[] };
  return companies[0]?.closed;
}

interface Standing {
  readonly counts: Readonly<Record<string, number>>;
  readonly documents: number;
  readonly rows: number;
  /** What every ledger says of every place, as one sum each. */
  readonly balances: string;
}

async function standingOf(data: DataFolder<unknown>): Promise<Standing> {
  const counts = await countsIn(
    data.place,
    tablesAfter().map(({ name }) => name),
  );
  const ofDocuments = catalogue.definitions.filter(({ kind }) => kind === 'document').map(tableOf);
  const balances = await beside(data, (store) =>
    store.read((tx) =>
      tx('balances').groupBy('ledger', 'place').orderBy(['ledger', 'place']).select('ledger', 'place').sum({ amount: 'amount' }),
    ),
  );
  return {
    counts,
    documents: ofDocuments.reduce((sum, name) => sum + (counts[name] ?? 0), 0),
    rows: Object.values(counts).reduce((sum, count) => sum + count, 0),
    balances: JSON.stringify(balances),
  };
}

/** The upgrade itself is a line of the audit trail, its archive a backup on record. */
const grown: Readonly<Record<string, number>> = { audit: 1, backups: 1 };
/** What the server writes by itself while it runs. */
const ownTables: readonly string[] = ['migrations', 'job_runs', 'sessions', 'throttles'];

function wrongAfter(before: Standing, after: Standing): string[] {
  const other = Object.entries(before.counts).filter(
    ([name, count]) => !ownTables.includes(name) && after.counts[name] !== count + (grown[name] ?? 0),
  );
  return [
    ...other.map(([name, count]) => `${name} has ${after.counts[name]} rows, it had ${count}`),
    ...(after.balances === before.balances ? [] : ['the balances differ']),
  ];
}
