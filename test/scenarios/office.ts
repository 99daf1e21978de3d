import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { actorOf, systemActor } from '../../server/access/rights.ts';
import { createTables } from '../../server/database/openStore.ts';
import type { StoredRecord } from '../../server/database/rows.ts';
import type { Store } from '../../server/database/store.ts';
import { tablesFor } from '../../server/database/tables.ts';
import { readRecord } from '../../server/engine/answers.ts';
import { proveAudit } from '../../server/engine/audit.ts';
import { propose, type Source } from '../../server/engine/become.ts';
import { changeRecord } from '../../server/engine/changeRecord.ts';
import { createRecord } from '../../server/engine/createRecord.ts';
import { takeStep } from '../../server/engine/takeStep.ts';
import { look, transact } from '../../server/engine/transact.ts';
import { proveNumbers } from '../../server/features/numbering/proveNumbers.ts';
import { offerFeatures } from '../../server/features/offer.ts';
import { setUpCompany } from '../../server/features/setup/setUpCompany.ts';
import type { StoredMove } from '../../server/ledger/post.ts';
import { proveLedgers } from '../../server/ledger/prove.ts';
import { proveFlows } from '../../server/ledger/proveFlows.ts';
import type { Actor, Announcement, Company, Work } from '../../server/work.ts';
import { catalogue as shipped } from '../../shared/catalogue.ts';
import type { RecordAnswer, RecordInput } from '../../shared/contracts/wire.ts';
import type { Catalogue } from '../../shared/kernel/catalogue.ts';
import type { Value } from '../../shared/kernel/definition.ts';
import { type StoreKind, stores } from '../stores/stores.ts';

export { stores };

/** A company with people in it, on one engine: scenario tests let them work. */
export interface Office {
  readonly company: Company;
  readonly announced: Announcement[];
  /** The administrator's own actor, and one for each ready-made position. */
  actor(who: string): Promise<Actor>;
  work<T>(who: string, run: (work: Work) => Promise<T>): Promise<T>;
  look<T>(who: string, run: (work: Work) => Promise<T>): Promise<T>;
  create(
    who: string,
    type: string,
    values: Record<string, Value>,
    parts?: RecordInput['parts'],
    confirmed?: string[],
  ): Promise<StoredRecord>;
  change(who: string, record: { type: string; id: number; version: number }, input: RecordInput): Promise<StoredRecord>;
  step(
    who: string,
    record: { type: string; id: number; version: number },
    step: string,
    reason?: string,
    confirmed?: readonly string[],
  ): Promise<StoredRecord>;
  read(who: string, type: string, id: number): Promise<RecordAnswer>;
  /** What the documents become, made and stored. */
  become(
    who: string,
    target: string,
    sources: Source[],
    more?: { values?: Record<string, Value>; rows?: Record<string, Value>; part?: string },
  ): Promise<StoredRecord>;
  /** Ids of people by login, and of start data by name. */
  id(table: string, where: Record<string, Value>): Promise<number>;
  close(): Promise<void>;
}

export const people = ['wang', 'li', 'zhou', 'chen', 'zhao', 'sun'] as const;

/** Everybody's position: two salespeople in two teams, their manager, a clerk, an accountant, the owner. */
const positions: Record<string, string> = {
  wang: 'salesperson',
  li: 'salesperson',
  zhou: 'salesManager',
  chen: 'warehouseClerk',
  zhao: 'accountant',
  sun: 'owner',
};

export async function openOffice(kind: StoreKind, catalogue: Catalogue = shipped): Promise<Office> {
  offerFeatures();
  const folder = mkdtempSync(join(tmpdir(), 'tradepost-office-'));
  for (const inner of ['files', 'imports']) mkdirSync(join(folder, inner));
  // Every story begins in the same office: it is furnished once and copied.
  const like = catalogue === shipped ? kind.openLike : null;
  const store = like ? await like('office', (fresh) => furnish(fresh, catalogue, folder)) : await kind.open();
  if (!like) await furnish(store, catalogue, folder);
  const announced: Announcement[] = [];
  return officeOf(companyWith(store, catalogue, { folder, announced }), announced);
}

const companyWith = (store: Store, catalogue: Catalogue, of: { folder: string; announced: Announcement[] }): Company => ({
  code: 'test',
  name: '远航商贸',
  folder: of.folder,
  catalogue,
  store,
  timeZone: 'Asia/Shanghai',
  announce: (changes) => of.announced.push(...changes),
  report: (fault) => {
    throw fault;
  },
});

/** Brings an empty database to a company with its people in it. */
async function furnish(store: Store, catalogue: Catalogue, folder: string): Promise<void> {
  const company = companyWith(store, catalogue, { folder, announced: [] });
  await store.migrate();
  await fitTables(store, catalogue);
  const setUp = await setUpCompany(company, {
    administrator: { login: 'admin', name: '管理员', password: 'correct horse battery' },
    language: 'zh-CN',
    currency: 'CNY',
    taxRate: 130_000,
  });
  await hire(officeOf(company), setUp.root, setUp.positions);
}

/** Gives a database what made-up types and made-up fields of known ones need, as a migration of theirs would. */
export async function fitTables(store: Store, catalogue: Catalogue): Promise<void> {
  const fresh = catalogue.definitions.filter((definition) => !shipped.find(definition.type));
  if (fresh.length > 0) await createTables(store, fresh);
  const known = new Map(tablesFor(shipped.definitions).map((table) => [table.name, table]));
  await store.write(async (tx) => {
    for (const table of tablesFor(catalogue.definitions)) {
      const there = known.get(table.name);
      const added = there ? table.columns.filter(({ name }) => !there.columns.some((column) => column.name === name)) : [];
      for (const column of added) await store.dialect.addColumn(tx, table.name, column);
    }
  });
}

async function hire(office: Office, root: number, held: Readonly<Record<string, number>>): Promise<void> {
  const north = await office.create('admin', 'department', { name: '销售一部', parent: root });
  const south = await office.create('admin', 'department', { name: '销售二部', parent: root });
  const place: Record<string, number> = { wang: north.id, li: south.id, zhou: north.id };
  for (const login of people) {
    await office.create(
      'admin',
      'user',
      { login, name: login, department: place[login] ?? root },
      { positions: [{ held: held[positions[login] ?? ''] ?? 0 }] },
    );
  }
}

/** The people's desks in a company that is there. */
export function officeOf(company: Company, announced: Announcement[] = [], folder = company.folder): Office {
  const idOf = async (table: string, where: Record<string, Value>): Promise<number> => {
    const row = (await company.store.read((tx) => tx(table).where(where).first('id'))) as { id: number } | undefined;
    if (!row) throw new Error(`Nothing in ${table} is ${JSON.stringify(where)}`);
    return row.id;
  };
  const actor = async (who: string): Promise<Actor> =>
    who === 'system' ? systemActor(company) : actorOf(company, await idOf('users', { login: who }));
  const work: Office['work'] = async (who, run) => transact(company, await actor(who), run);
  const lookAs: Office['look'] = async (who, run) => look(company, await actor(who), run);
  const definition = (type: string) => company.catalogue.get(type);
  const office: Office = {
    company,
    announced,
    actor,
    work,
    look: lookAs,
    create: (who, type, values, parts, confirmed) =>
      work(who, (inner) =>
        createRecord(inner, definition(type), { values, ...(parts ? { parts } : {}), ...(confirmed ? { confirmed } : {}) }),
      ),
    change: (who, record, input) =>
      work(who, (inner) => changeRecord(inner, definition(record.type), record.id, { version: record.version, ...input })),
    step: (who, record, step, reason, confirmed) =>
      work(who, (inner) => takeStep(inner, definition(record.type), record.id, step, { version: record.version, reason, confirmed })),
    read: (who, type, id) => lookAs(who, (inner) => readRecord(inner, definition(type), id)),
    become: async (who, target, sources, more = {}) => {
      const proposal = await lookAs(who, (inner) => propose(inner, definition(target), sources));
      const input = await lookAs(who, async (inner) => writable(inner, target, proposal));
      const parts = Object.fromEntries(
        Object.entries(input.parts ?? {}).map(([part, rows]) => [
          part,
          rows.map((row) => ({ ...row, ...(more.part && more.part !== part ? {} : more.rows) })),
        ]),
      );
      return work(who, (inner) => createRecord(inner, definition(target), { values: { ...input.values, ...more.values }, parts }));
    },
    id: idOf,
    close: async () => {
      await company.store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return office;
}

/** The proposal without what only the server writes, as the form would send it. */
function writable(
  work: Work,
  type: string,
  proposal: { values: Record<string, Value>; parts: Record<string, Record<string, Value>[]> },
): RecordInput {
  const may = (path: string): boolean => work.actor.fieldAccess(type, path) === 'write';
  const values = Object.fromEntries(Object.entries(proposal.values).filter(([name]) => may(name)));
  const parts = Object.fromEntries(
    Object.entries(proposal.parts).map(([part, rows]) => [
      part,
      rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'id' && may(`${part}.${name}`)))),
    ]),
  );
  return { values, parts };
}

/** What must hold after every story: ledgers, flows, numbers and the audit chain are proven. */
export async function expectProven(office: Office): Promise<void> {
  const findings = await look(office.company, systemActor(office.company), async (work) => [
    ...(await proveLedgers(work)),
    ...(await proveFlows(work)),
    ...(await proveAudit(work)),
    ...(await proveNumbers(work)),
  ]);
  expect(findings).toEqual([]);
}

/** The moves of a document as an accountant reads them: ledger | from -> to | amount in its unit's integers. */
export async function movesOf(office: Office, document: { type: string; id: number }): Promise<string> {
  const rows = (await office.company.store.read((tx) =>
    tx('moves').where({ document_type: document.type, document_id: document.id }).orderBy('id'),
  )) as StoredMove[];
  return rows
    .map((row) => `${row.ledger} | ${row.from_place} -> ${row.to_place} | ${row.amount}${row.mirror_of ? ' | mirror' : ''}`)
    .join('\n');
}
