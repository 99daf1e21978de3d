import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import yazl from 'yazl';
import type { BatchAnswer } from '../../../shared/contracts/settling.ts';
import { customerSide, type Side, supplierSide } from '../../../shared/documents/money/sides.ts';
import type { Day } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import type { Language } from '../../../shared/language/languages.ts';
import { refuseUnlessRight } from '../../access/rights.ts';
import { refuseUnlessMay, restrict } from '../../access/visibility.ts';
import { tableOf } from '../../database/tables.ts';
import { look } from '../../engine/transact.ts';
import type { Actor, Company, Work } from '../../work.ts';
import { placeFor } from '../exchange/export/exportRecords.ts';
import { noteExported } from '../handOuts/noteExport.ts';
import { statementPaper } from '../trade/statementPaper.ts';
import { rightOf, type SideName } from './settleDesk.ts';

export interface BatchQuery {
  readonly side: SideName;
  readonly from: Day;
  readonly to: Day;
  readonly goods?: boolean | undefined;
  readonly language?: Language | undefined;
}

interface Batch extends BatchAnswer {
  readonly company: string;
  readonly user: number;
  readonly path: string;
  readonly stop: AbortController;
  /** Shows it to the other processes no longer. */
  hide: () => void;
}

/**
 * Batches of this process, shown to the others that keep the company: they live as long as somebody looks at them. A restart ends
 * them, and whoever asks afterwards is told so.
 */
const batches = new Map<string, Batch>();
const keptMax = 20;
type BatchShown = Omit<Batch, 'stop' | 'hide'>;
const nameOf = (id: string): string => `statements ${id}`;

/**
 * Begins to draw the statements of everybody with something open or moved in the period; they come as one archive of papers.
 * Refuses 'access.denied', 'settle.nothing' when there is nobody.
 */
export async function startBatch(company: Company, actor: Actor, query: BatchQuery): Promise<BatchAnswer> {
  const parties = await look(company, actor, (work) => partiesOf(work, query));
  if (parties.length === 0) throw new Refusal('settle.nothing');
  const path = await placeFor(company, 'zip');
  const progress = { id: randomUUID(), state: 'running' as const, done: 0, total: parties.length };
  const batch: Batch = { ...progress, company: company.code, user: actor.userId, path, stop: new AbortController(), hide: () => undefined };
  for (const [id, { hide }] of [...batches].slice(0, Math.max(0, batches.size - keptMax + 1))) {
    hide();
    batches.delete(id);
  }
  batches.set(batch.id, batch);
  const shown = company.neighbours?.show(
    nameOf(batch.id),
    () => ({ ...answerOf(batch), company: batch.company, user: batch.user, path: batch.path }),
    () => stop(batch),
  );
  if (shown) batch.hide = shown;
  void run(company, actor, { batch, parties, query });
  return answerOf(batch);
}

/** How far it has come. Refuses 'statement.batchGone' for what a restart ended, and alike for what is not one's own. */
export const batchProgress = (company: Company, actor: Actor, id: string): BatchAnswer => answerOf(own(company, actor, id));

/** Stops it; what was drawn is thrown away. */
export function cancelBatch(company: Company, actor: Actor, id: string): BatchAnswer {
  const found = own(company, actor, id);
  const batch = batches.get(id);
  if (batch) stop(batch);
  else if (found.state === 'running') company.neighbours?.askToStop(nameOf(id));
  return answerOf(batch ?? { ...found, state: found.state === 'running' ? 'cancelled' : found.state });
}

function stop(batch: Batch): void {
  if (batch.state !== 'running') return;
  batch.stop.abort();
  batch.state = 'cancelled';
}

/** The archive, once it is whole. */
export function batchFile(company: Company, actor: Actor, id: string): string {
  const batch = own(company, actor, id);
  if (batch.state !== 'done') throw new Refusal('record.notFound', { id: 0 });
  return batch.path;
}

function own(company: Company, actor: Actor, id: string): BatchShown {
  const batch = batches.get(id) ?? (company.neighbours?.shown(nameOf(id)) as BatchShown | null | undefined);
  if (!batch || batch.company !== company.code || batch.user !== actor.userId) throw new Refusal('statement.batchGone');
  return batch;
}

const answerOf = ({ id, state, done, total }: BatchAnswer): BatchAnswer => ({ id, state, done, total });

const sideOf = (name: SideName): Side => (name === 'customer' ? customerSide : supplierSide);

async function partiesOf(work: Work, query: BatchQuery): Promise<number[]> {
  const side = sideOf(query.side);
  refuseUnlessRight(work.actor, rightOf[query.side]);
  const definition = work.company.catalogue.get(side.party);
  refuseUnlessMay(work, definition, 'export');
  const table = tableOf(definition);
  const moved = work
    .tx('moves')
    .where({ ledger: side.ledger })
    .whereRaw('subject = ??', [`${table}.id`])
    .whereBetween('day', [query.from, query.to])
    .select('subject');
  const held = work
    .tx('balances')
    .where({ ledger: side.ledger })
    .whereRaw('subject = ??', [`${table}.id`])
    .whereNot('amount', 0)
    .select('subject');
  const parties = work.tx(table).whereNull(`${table}.deleted_at`);
  restrict(work, definition, parties, 'export');
  parties.where((where) => where.whereExists(moved).orWhereExists(held));
  return (await parties
    .orderBy([`${table}.name_sort`, `${table}.id`])
    .limit(5000)
    .pluck(`${table}.id`)) as number[];
}

interface Running {
  readonly batch: Batch;
  readonly parties: readonly number[];
  readonly query: BatchQuery;
}

async function run(company: Company, actor: Actor, { batch, parties, query }: Running): Promise<void> {
  const { side: name, language, ...period } = query;
  const side = sideOf(name);
  try {
    const zip = new yazl.ZipFile();
    // A disk that takes no more is told at the end, with everything else that failed.
    const written = finished(zip.outputStream.pipe(createWriteStream(batch.path))).then(
      () => null,
      (fault: unknown) => fault,
    );
    for (const party of parties) {
      if (batch.stop.signal.aborted) break;
      const { bytes, fileName } = await statementPaper(company, actor, { of: { side, party }, language, query: period });
      zip.addBuffer(Buffer.from(bytes), safeName(`${String(batch.done + 1).padStart(4, '0')} ${fileName}`));
      batch.done += 1;
    }
    zip.end();
    const fault = await written;
    if (fault) throw fault;
    if (batch.stop.signal.aborted) return await rm(batch.path, { force: true });
    const changes = { rows: parties.length, format: 'pdf', of: 'statements', query: { ...period } };
    await noteExported(company, actor, { type: side.party, changes });
    batch.state = 'done';
  } catch (fault) {
    // Whatever breaks after it was stopped concerns nobody any more.
    if (batch.stop.signal.aborted) return;
    batch.state = 'failed';
    if (!(fault instanceof Refusal)) company.report(fault);
  }
}

/** Names of companies may hold signs that no folder takes. */
const safeName = (name: string): string => name.replace(/[\\/:*?"<>|]/g, '_');
