import { clock } from '../../server/clock.ts';
import { propose, type Source } from '../../server/engine/become.ts';
import { load } from '../../server/engine/load.ts';
import { openSources } from '../../server/features/trade/openSources.ts';
import type { Work } from '../../server/work.ts';
import type { OpenSourceRow } from '../../shared/contracts/trade.ts';
import type { RecordInput } from '../../shared/contracts/wire.ts';
import { addDays, dayOf, instantOf } from '../../shared/kernel/days.ts';
import type { AnyRecord, AnyRow, Definition, Value } from '../../shared/kernel/definition.ts';
import { type Field, type Fields, isDerived } from '../../shared/kernel/fields.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { randomFrom } from '../faults/trade.ts';
import type { Office } from '../scenarios/office.ts';
import { withLotRows } from './lotRows.ts';

/** What a random walk through the business did: the last state of every document that was confirmed, and how often what was refused. */
export interface World {
  readonly documents: Map<string, AnyRecord>;
  readonly done: Map<string, number>;
  readonly refused: Map<string, number>;
}

export interface Walk {
  readonly seed: number;
  /** How many things are tried, over all clients. */
  readonly tries: number;
  /** How many people work at once. */
  readonly clients: number;
  /** Ids that links may point to, by type. */
  readonly pool: Readonly<Record<string, readonly number[]>>;
  /** Documents that may be written without a source. */
  readonly roots: readonly string[];
  readonly people: readonly string[];
}

/** People at several desks write, change and take steps at random; whatever is refused is a refusal, everything else a fault. */
export async function walk(office: Office, world: World, plan: Walk): Promise<void> {
  let tried = 0;
  const desk = async (client: number): Promise<void> => {
    const random = randomFrom(plan.seed * 1000 + client);
    while (tried < plan.tries) {
      tried += 1;
      await tryOne(office, world, { plan, random });
    }
  };
  await Promise.all(Array.from({ length: plan.clients }, (_, client) => desk(client)));
}

interface Try {
  readonly plan: Walk;
  readonly random: () => number;
}

async function tryOne(office: Office, world: World, of: Try): Promise<void> {
  const { random } = of;
  const chance = random();
  const act = chance < 0.2 ? writeRoot : chance < 0.65 ? writeFollower : chance < 0.72 ? changeDraft : takeAnyStep;
  try {
    const stored = await act(office, world, of);
    if (!stored) return;
    note(world, stored);
    if (act === writeRoot || act === writeFollower) await bringIntoForce(office, world, { of, record: stored.record });
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    count(world.refused, thrown.code);
  }
}

interface Done {
  readonly record: AnyRecord;
  readonly deed: string;
}

function note(world: World, { record, deed }: Done): void {
  keep(world, record);
  count(world.done, deed);
}

/** Most of what is written is meant: it is handed in, approved and posted at once. */
async function bringIntoForce(office: Office, world: World, { of, record }: { of: Try; record: AnyRecord }): Promise<void> {
  const definition = office.company.catalogue.get(record.type);
  let document = record;
  for (let taken = 0; taken < 3 && of.random() < 0.85; taken += 1) {
    const [name] =
      Object.entries(definition.steps ?? {}).find(
        ([step, { from }]) => forwardSteps.includes(step) && from.includes(document.state ?? ''),
      ) ?? [];
    if (!name) return;
    document = await office.step('admin', document, name, undefined, read);
    note(world, { record: document, deed: `${document.type} ${name}` });
  }
}

/** Whoever enters goods for an earlier day has read which costs that changes. */
const read = ['cost.backDated'];

const forwardSteps = ['post', 'approve', 'issue', 'pay', 'submit'];

function keep(world: World, record: AnyRecord): void {
  const key = `${record.type}:${record.id}`;
  const known = world.documents.get(key);
  if (!known || known.version <= record.version) world.documents.set(key, record);
}

const count = (counts: Map<string, number>, name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);

const pick = <T>(random: () => number, from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];

async function personFor(office: Office, { plan, random }: Try, type: string): Promise<string> {
  const who = pick(random, plan.people) ?? 'admin';
  const actor = await office.actor(who);
  return actor.administrator || actor.reach(type, 'create') !== 'none' ? who : 'admin';
}

async function writeRoot(office: Office, _world: World, of: Try): Promise<Done | null> {
  const type = pick(of.random, of.plan.roots);
  if (!type) return null;
  const definition = office.company.catalogue.get(type);
  const who = await personFor(office, of, type);
  const values = filled(definition.fields, of);
  const parts = Object.fromEntries(
    Object.entries(definition.parts)
      .filter(([name, part]) => part.required || (name !== 'lots' && part.entry && !('sourceType' in part.fields)))
      .map(([name, part]) => [name, Array.from({ length: 1 + Math.floor(of.random() * 3) }, () => filled(part.fields, of))]),
  );
  const told = await withLotRows(office, definition, { values, parts }, of.random);
  return { record: await office.create(who, type, values, told), deed: `${type} written` };
}

/** Optional fields that business is made of; everything else that is optional stays empty. */
const alsoFilled = [
  ...['grossPrice', 'price', 'taxRate', 'warehouse', 'unitCost', 'fee', 'roundOff', 'amount', 'toWarehouse'],
  ...['invoiceKind', 'invoiceNumber', 'confirmationNumber', 'orderType', 'account', 'lost', 'lossReason', 'lotNumber'],
];

function filled(fields: Fields, of: Try): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]): [string, Value][] => {
      if (isDerived(field) || field.hidden || name === 'currency' || name === 'exchangeRate') return [];
      if (name === 'day' && of.random() < 0.4) return [[name, earlierDay(of)]];
      const isWanted = (field.required && !('default' in field)) || (alsoFilled.includes(name) && of.random() < 0.7) || field.requiredWhen;
      const value = isWanted ? valueFor(name, field, of) : null;
      return value === null ? [] : [[name, value]];
    }),
  );
}

/** One of the last twenty days. */
const earlierDay = ({ random }: Try, from = 0): string =>
  addDays(dayOf(instantOf(clock.now()), 'Asia/Shanghai'), -from - Math.floor(random() * 20));

function valueFor(name: string, field: Field, { plan, random }: Try): Value {
  const upTo = (most: number): number => 1 + Math.floor(random() * most);
  switch (field.kind) {
    case 'link':
      return pick(random, plan.pool[field.to] ?? []) ?? null;
    case 'dictionary':
      return pick(random, plan.pool[`dictionary.${field.dictionary}`] ?? []) ?? null;
    case 'quantity':
      return upTo(12) * 1_000_000;
    case 'price':
      return upTo(20_000) * 10_000;
    case 'money':
      return name === 'fee' || name === 'roundOff' ? upTo(300) : upTo(200_000);
    case 'rate':
      return pick(random, [0, 30_000, 60_000, 130_000]) ?? 0;
    case 'choice':
      return pick(random, field.choices) ?? null;
    case 'integer':
      return upTo(30);
    case 'text':
    case 'note':
      return `文${upTo(1_000_000)}`;
    case 'flag':
      return random() < 0.2;
    case 'day':
      return earlierDay({ plan, random }, -20);
    default:
      return null;
  }
}

/** Something that follows from what is open: some rows of one party, each whole or in part, sometimes more than is there. */
async function writeFollower(office: Office, _world: World, of: Try): Promise<Done | null> {
  const { catalogue } = office.company;
  const targets = new Set(catalogue.definitions.flatMap((definition) => Object.keys(definition.becomes ?? {})));
  const target = catalogue.get(pick(of.random, [...targets]) ?? '');
  const who = await personFor(office, of, target.type);
  const { rows } = await office.look(who, (work) => openSources(work, target, {}));
  const sources = chosenSources(office, target, rows, of.random);
  if (sources.length === 0) return null;
  const proposal = await office.look(who, (work) => propose(work, target, sources));
  const input = await office.look(who, async (work) => sendable(work, target, proposal, of));
  const values = { ...filled(target.fields, of), ...input.values };
  const told = await withLotRows(office, target, { values, parts: input.parts ?? {} }, of.random);
  return { record: await office.create(who, target.type, values, told), deed: `${target.type} from ${sources[0]?.type}` };
}

/** Where two parts of a document must agree, as much is taken for the one as for the other; else some rows of one kind. */
function chosenSources(office: Office, target: Definition, rows: readonly OpenSourceRow[], random: () => number): Source[] {
  const partOf = (row: OpenSourceRow): string => office.company.catalogue.get(row.type).becomes?.[target.type]?.into.part ?? '';
  const first = pick(random, rows);
  if (!first) return [];
  const isTogether = (row: OpenSourceRow): boolean => row.customer === first.customer && row.supplier === first.supplier;
  const others = rows.filter((row) => isTogether(row) && partOf(row) !== partOf(first));
  const other = pick(random, others);
  if (other) {
    const amount = Math.max(1, Math.floor(Math.min(first.open ?? 1, other.open ?? 1) * (random() < 0.5 ? 1 : random())));
    return [first, other].map(({ type, id, row }) => ({ type, id, rows: [{ id: row ?? id, amount }] }));
  }
  const chosen = rows.filter((row) => row.type === first.type && isTogether(row) && random() < 0.5).slice(0, 4);
  return sourcesOf([first, ...chosen], random);
}

function sourcesOf(rows: readonly OpenSourceRow[], random: () => number): Source[] {
  const byDocument = Map.groupBy(new Set(rows), (row) => row.id);
  return [...byDocument.values()].map((group) => {
    const chosen = group.flatMap((row) => {
      const amount = random() < 0.5 ? undefined : Math.max(1, Math.floor((row.open ?? 1) * random()));
      return [{ id: row.row ?? row.id, ...(amount === undefined ? {} : { amount }) }];
    });
    const [{ type, id }] = group as [OpenSourceRow];
    return { type, id, rows: chosen };
  });
}

/** What the form would send: what the person may write, missing links filled in, now and then more than is open. */
function sendable(work: Work, target: Definition, proposal: { values: Record<string, Value>; parts: Record<string, AnyRow[]> }, of: Try) {
  const may = (path: string): boolean => work.actor.fieldAccess(target.type, path) === 'write';
  const values = Object.fromEntries(Object.entries(proposal.values).filter(([name]) => may(name)));
  const parts: RecordInput['parts'] = Object.fromEntries(
    Object.entries(proposal.parts).map(([part, rows]) => {
      const fields = target.parts[part]?.fields ?? {};
      const sent = rows.map((row) => {
        const known = Object.entries(row).filter(([name]) => name !== 'id' && may(`${part}.${name}`));
        const missing = Object.entries(fields).filter(
          ([name, field]) => (field.required || name === 'warehouse') && (row[name] ?? null) === null && may(`${part}.${name}`),
        );
        const added = missing.map(([name, field]): [string, Value] => [name, valueFor(name, field, of)]);
        return Object.fromEntries([...known, ...added]);
      });
      return [part, sent];
    }),
  );
  return { values, parts };
}

async function anyDocument(office: Office, world: World, { random }: Try): Promise<AnyRecord | null> {
  const known = pick(random, [...world.documents.values()]);
  if (!known) return null;
  return office.look('admin', (work) => load(work, office.company.catalogue.get(known.type), known.id));
}

async function changeDraft(office: Office, world: World, of: Try): Promise<Done | null> {
  const document = await anyDocument(office, world, of);
  if (!document) return null;
  const definition = office.company.catalogue.get(document.type);
  const [part, rows] = Object.entries(document.parts).find(([, all]) => all.length > 0) ?? [];
  const fields = definition.parts[part ?? '']?.fields ?? {};
  const name = ['quantity', 'amount'].find((field) => fields[field] && !isDerived(fields[field]));
  if (!part || !rows || !name) return null;
  const sent = rows.map((row) => ({ id: row.id, [name]: Math.max(1, Math.floor(Number(row[name]) * (0.5 + of.random()))) }));
  return { record: await office.change('admin', document, { parts: { [part]: sent } }), deed: `${document.type} changed` };
}

async function takeAnyStep(office: Office, world: World, of: Try): Promise<Done | null> {
  const document = await anyDocument(office, world, of);
  if (!document) return null;
  const definition = office.company.catalogue.get(document.type);
  const steps = Object.entries(definition.steps ?? {}).filter(([, step]) => !step.automatic && step.from.includes(document.state ?? ''));
  const forward = steps.filter(([, step]) => step.posts !== undefined || step.feeds);
  const [name] = pick(of.random, of.random() < 0.6 && forward.length > 0 ? forward : steps) ?? [];
  if (!name) return null;
  const stale = of.random() < 0.03 ? { ...document, version: document.version + 1 } : document;
  const record = await office.step('admin', stale, name, '随机', read);
  return { record, deed: `${document.type} ${name}` };
}
